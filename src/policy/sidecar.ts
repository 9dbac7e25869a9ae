import type { Document } from 'yaml'
import { yamlPackage } from '../lang/packages.ts'
import { nestsTooDeep } from '../lang/yaml/nesting.ts'
import { nearest } from '../nearest.ts'
import type { Path } from '../resource.ts'
import { type Card, cardsOfSidecar, isFields, settings } from './card.ts'
import type { PolicyFile } from './files.ts'
import type { PolicyProblem } from './rule.ts'

export interface Sidecar {
  readonly whole: Card
  readonly rules: ReadonlyMap<string, Card>
  readonly problems: readonly PolicyProblem[]
}

/**
 * Whether YAML beside a policy speaks of it: what is called so may be anything, such as an example for the policy.
 */
export function isSidecar({ name, text }: Pick<PolicyFile, 'name' | 'text'>): boolean {
  const { value } = readYaml(name, text)
  const keys = isFields(value)
    ? Object.keys(value)
    : [...text.matchAll(/^(\w+):/gm)].map(([, key = '']) => key)
  const own = keys.filter(key => nearest(key, settings, Math.floor(key.length / 3)) !== null)
  return keys.length === 0 || own.length * 2 > keys.length
}

/** What the YAML beside a policy says of its rules. */
export function readSidecar({ name, text }: Pick<PolicyFile, 'name' | 'text'>): Sidecar {
  const { value, placeOf, problems } = readYaml(name, text)
  if (problems.length > 0) return { whole: {}, rules: new Map(), problems }
  const { whole, rules, mistakes } = cardsOfSidecar(value ?? {})
  return {
    whole,
    rules,
    problems: mistakes.map(({ path, message }) => ({ ...placeOf(path), ...wrong, message })),
  }
}

const wrong = { code: 'policy_error' }

/** A YAML or JSON text as plain data, and where its parts stand. */
export function readYaml(
  file: string,
  text: string,
): {
  readonly value: unknown
  readonly placeOf: (path: Path) => { file: string; row: number; col: number }
  readonly problems: readonly PolicyProblem[]
} {
  const { isNode, LineCounter, Parser, parseDocument } = yamlPackage()
  if (nestsTooDeep(new Parser().parse(text))) return tooDeep(file)
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, logLevel: 'silent', uniqueKeys: false })
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { file, row: Math.max(line, 1), col: Math.max(col, 1) }
  }
  const placeOf = (path: Path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return at(node.range[0])
    }
    return at(0)
  }
  const problems = document.errors.map(({ message, pos }) => ({
    ...at(pos[0]),
    ...wrong,
    message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '',
  }))
  for (const { key, offset } of repeatedKeys(document))
    problems.push({ ...at(offset), ...wrong, message: `'${key}' stands twice in one map` })
  if (problems.length > 0) return { value: null, placeOf, problems }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), placeOf, problems }
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { value: null, placeOf, problems: [{ ...at(0), ...wrong, message }] }
  }
}

/** Found by a set for each map: the parser's own way compares each key with all before it. */
function repeatedKeys(
  document: Document,
): readonly { readonly key: string; readonly offset: number }[] {
  const { isScalar, visit } = yamlPackage()
  const repeated: { key: string; offset: number }[] = []
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        if (seen.has(name) && name !== '<<')
          repeated.push({ key: name, offset: key.range?.[0] ?? 0 })
        seen.add(name)
      }
    },
  })
  return repeated
}

function tooDeep(file: string): ReturnType<typeof readYaml> {
  const start = { file, row: 1, col: 1 }
  const problem = { ...start, ...wrong, message: 'nested too deeply' }
  return { value: null, placeOf: () => start, problems: [problem] }
}
