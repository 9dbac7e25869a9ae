import { RegoError } from '../error.ts'
import type { Literal, Loc } from '../syntax/ast.ts'
import { isGenerated, shownName } from './names.ts'
import { directVariables } from './outputs.ts'

/** What is wrong with literals that could not be placed, by the variables that they lack. */
export function unsafeErrors(
  unsafe: ReadonlyMap<Literal, ReadonlySet<string>>,
): readonly RegoError[] {
  const places = new Map<string, Loc>()
  for (const [{ loc }, names] of unsafe) {
    for (const name of names) {
      const known = places.get(name)
      if (known === undefined || isBefore(loc, known)) places.set(name, loc)
    }
  }
  const visible = [...places].filter(([name]) => !isGenerated(name))
  const targets = assignedNames(unsafe.keys())
  const causes = visible.filter(([name]) => !targets.has(name))
  const named = causes.length > 0 ? causes : visible
  if (named.length > 0) return named.map(([name, loc]) => unsafeError(name, loc))
  const errors: RegoError[] = []
  const seen = new Set<string>()
  for (const [{ loc }, names] of unsafe) {
    const before = seen.size
    for (const name of names) seen.add(name)
    if (seen.size > before) errors.push(error('expression is unsafe', loc))
  }
  return errors
}

/** What `:=` would bind lacks a value only because something else does. */
function assignedNames(literals: Iterable<Literal>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { expr } of literals) {
    const [left] = expr.kind === 'call' && expr.isAssignment === true ? expr.args : []
    if (left !== undefined) for (const name of directVariables(left)) names.add(name)
  }
  return names
}

function isBefore(a: Loc, b: Loc): boolean {
  return a.row < b.row || (a.row === b.row && a.col < b.col)
}

const futureWords: ReadonlySet<string> = new Set(['in', 'every', 'contains', 'if'])

export function unsafeError(name: string, loc: Loc): RegoError {
  const shown = shownName(name)
  const hint = futureWords.has(shown)
    ? ` (hint: \`import future.keywords.${shown}\` to import a future keyword)`
    : ''
  return error(`var ${shown} is unsafe${hint}`, loc)
}

function error(reason: string, loc: Loc): RegoError {
  return new RegoError('rego_unsafe_var_error', reason, loc)
}
