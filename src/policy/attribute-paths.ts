import type { Rule, Term } from '../lang/rego/syntax/ast.ts'
import type { Path, Plain, Resource } from '../resource.ts'
import { child } from '../vocabulary/plain.ts'
import { walkRule } from './walk-rule.ts'

/** The attributes that a rule's own body names, in the order of the text: `publicly_accessible` of `db.publicly_accessible`. */
export function attributesIn(rule: Rule): readonly Path[] {
  const found: Path[] = []
  const see = (term: Term): undefined => {
    if (term.kind !== 'ref') return
    const [head, ...rest] = term.path
    if (head?.kind !== 'var' || head.name === 'data') return
    const steps = head.name === 'input' ? afterResource(rest) : rest
    const path = constants(steps)
    const own = path[0] === 'values' ? path.slice(1) : path
    if (own.length > 0) found.push(own)
  }
  walkRule({ ...rule, otherwise: undefined }, see)
  return found
}

/** `input.resource.<type>.<name>` leads to a resource, `input.resources[_]` to its head. */
function afterResource([name, ...rest]: readonly Term[]): readonly Term[] {
  if (name?.kind !== 'scalar') return []
  if (name.value === 'resource') return rest.slice(2)
  return name.value === 'resources' ? rest.slice(1) : []
}

function constants(steps: readonly Term[]): Path {
  const path: (string | number)[] = []
  for (const step of steps) {
    if (step.kind !== 'scalar') break
    if (typeof step.value !== 'string' && typeof step.value !== 'number') break
    path.push(step.value)
  }
  return path
}

/** The last of the attributes that the resource has; what it does not have was not written anywhere. */
export function lastWritten({ origin, attributes }: Resource, paths: readonly Path[]): Path {
  const values: Plain = origin.declared?.values ?? attributes
  const written = paths.map(path => leading(values, path)).filter(path => path.length > 0)
  return written.at(-1) ?? []
}

/** As much of a path as leads somewhere. */
function leading(values: Plain, path: Path): Path {
  let at = values
  for (const [index, step] of path.entries()) {
    at = child(at, step)
    if (at === undefined || at === null) return path.slice(0, index)
  }
  return path
}
