import { isFields } from './card.ts'
import type { PolicyFile } from './files.ts'
import type { PolicyProblem } from './rule.ts'
import { readYaml } from './sidecar.ts'

type Tree = { [name: string]: unknown }

/** The `data` document of data files: each hangs at the folder that it lies in. */
export function readData(files: readonly PolicyFile[]): {
  readonly data: object
  readonly problems: readonly PolicyProblem[]
} {
  const root: Tree = Object.create(null)
  const problems: PolicyProblem[] = []
  for (const { name, text, folders } of files) {
    const read = readYaml(name, text)
    problems.push(...read.problems)
    if (read.problems.length > 0 || read.value === null) continue
    if (!isFields(read.value)) {
      problems.push(problem(name, 'a data file is a map of names to values'))
      continue
    }
    const conflict = merge(branch(root, folders), read.value)
    if (conflict !== null) problems.push(problem(name, `another data file has '${conflict}' too`))
  }
  return { data: root, problems }
}

function branch(root: Tree, path: readonly string[]): Tree {
  let at = root
  for (const name of path) {
    const next = Object.hasOwn(at, name) ? at[name] : undefined
    if (isTree(next)) at = next
    else {
      const made: Tree = Object.create(null)
      set(at, name, made)
      at = made
    }
  }
  return at
}

/** Objects are joined; two values of one name are a conflict, which is named. */
function merge(into: Tree, from: { readonly [name: string]: unknown }): string | null {
  for (const [name, value] of Object.entries(from)) {
    const known = Object.hasOwn(into, name) ? into[name] : undefined
    if (known === undefined) set(into, name, value)
    else if (!isTree(known) || !isFields(value)) return name
    else {
      const inner = merge(known, value)
      if (inner !== null) return `${name}.${inner}`
    }
  }
  return null
}

/** `__proto__` is a name like any other. */
function set(into: Tree, name: string, value: unknown): void {
  Object.defineProperty(into, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  })
}

function isTree(value: unknown): value is Tree {
  return isFields(value)
}

function problem(file: string, message: string): PolicyProblem {
  return { file, row: 1, col: 1, code: 'policy_error', message }
}
