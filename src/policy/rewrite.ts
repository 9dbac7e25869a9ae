import type { Module } from '../lang/rego/index.ts'
import { isWildcard, type Literal, type Rule, type Term } from '../lang/rego/syntax/ast.ts'
import { walkLiteral, walkTerm } from '../lang/rego/syntax/walk.ts'

/**
 * What `opa` takes too in the place of a negation with a variable of its own: a helper that has it. Null where the
 * negation is not found.
 * @example `has_enabled(bucket) if bucket.versioning[_].enabled == true`, then `not has_enabled(bucket)`
 */
export function portableNegation(
  module: Module,
  source: string,
  at: { readonly row: number; readonly col: number },
): { readonly helper: string; readonly negation: string } | null {
  const found = negationAt(module, at)
  if (found === null) return null
  const { literal, rule } = found
  const text = source
    .slice(literal.loc.offset, literal.loc.end)
    .replace(/^not\s+/, '')
    .replace(/\s*\n\s*/g, ' ')
  const globals = new Set([
    'input',
    'data',
    ...module.imports.map(({ alias, path }) => alias ?? path.at(-1) ?? ''),
    ...module.rules.map(nameOf),
  ])
  const elsewhere = variablesOf(rule, literal)
  const args = [...variablesIn(literal)].filter(
    name => !globals.has(name) && !isWildcard(name) && elsewhere.has(name),
  )
  const name = freeName(text, globals)
  const call = args.length > 0 ? `${name}(${args.join(', ')})` : name
  return { helper: `${call} if ${text}`, negation: `not ${call}` }
}

function negationAt(
  { rules }: Module,
  { row, col }: { readonly row: number; readonly col: number },
): { readonly literal: Literal; readonly rule: Rule } | null {
  for (const rule of rules)
    for (let each: Rule | undefined = rule; each !== undefined; each = each.otherwise)
      for (const literal of each.body)
        if (literal.negated && literal.loc.row === row && literal.loc.col === col)
          return { literal, rule: each }
  return null
}

function variablesIn(literal: Literal): ReadonlySet<string> {
  const names = new Set<string>()
  noteLiteral(names, literal)
  return names
}

/** Of a rule without one of its literals. */
function variablesOf({ head, body }: Rule, without: Literal): ReadonlySet<string> {
  const names = new Set<string>()
  for (const term of [...head.ref.slice(1), ...(head.args ?? []), head.key, head.value])
    if (term !== undefined) walkTerm(term, { term: noteIn(names, new Set()) })
  for (const literal of body) if (literal !== without) noteLiteral(names, literal)
  return names
}

function noteLiteral(names: Set<string>, literal: Literal): void {
  const { expr } = literal
  const operators = new Set<Term>(expr.kind === 'call' ? [expr.operator] : [])
  walkLiteral(literal, { term: noteIn(names, operators) })
}

/** Names of functions and operators are none of variables. */
function noteIn(names: Set<string>, operators: Set<Term>) {
  return (term: Term): boolean | undefined => {
    if (operators.has(term)) return true
    if (term.kind === 'call') operators.add(term.operator)
    if (term.kind === 'var') names.add(term.name)
    return undefined
  }
}

function nameOf({ head: { ref } }: Rule): string {
  const [first] = ref
  return first?.kind === 'var' ? first.name : ''
}

/** After the last attribute that the text names. */
function freeName(text: string, taken: ReadonlySet<string>): string {
  const [, word = 'it'] = /.*\.([a-z]\w*)/s.exec(text) ?? []
  for (let n = 1; ; n++) {
    const name = n === 1 ? `has_${word}` : `has_${word}_${n}`
    if (!taken.has(name)) return name
  }
}
