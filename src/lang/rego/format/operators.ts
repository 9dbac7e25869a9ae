import type { CallExpr, Term } from '../syntax/ast.ts'

/** Functions that are written between their arguments. */
const symbols: ReadonlyMap<string, string> = new Map([
  ['eq', '='],
  ['assign', ':='],
  ['equal', '=='],
  ['neq', '!='],
  ['lt', '<'],
  ['lte', '<='],
  ['gt', '>'],
  ['gte', '>='],
  ['plus', '+'],
  ['minus', '-'],
  ['mul', '*'],
  ['div', '/'],
  ['rem', '%'],
  ['and', '&'],
  ['or', '|'],
  ['internal.member_2', 'in'],
  ['internal.member_3', 'in'],
])

/** Higher binds closer. */
export function precedence(symbol: string): number {
  return [/^:?=$/, /^in$/, /^[=!<>]/, /^\|$/, /^&$/, /^[+-]$/, /^[*/%]$/].findIndex(it =>
    it.test(symbol),
  )
}

export function infixOf({
  operator,
  args,
}: Pick<CallExpr, 'operator' | 'args'>):
  | { readonly symbol: string; readonly arity: number }
  | undefined {
  const name = nameOf(operator)
  const symbol = symbols.get(name)
  if (symbol === undefined) return undefined
  const arity = name === 'internal.member_3' ? 3 : 2
  return args.length === arity ? { symbol, arity } : undefined
}

export function isInfix(call: Pick<CallExpr, 'operator' | 'args'>): boolean {
  return infixOf(call) !== undefined
}

function nameOf(term: Term): string {
  const path = term.kind === 'ref' ? term.path : [term]
  return path
    .map(part =>
      part.kind === 'var' ? part.name : part.kind === 'scalar' ? String(part.value) : '?',
    )
    .join('.')
}
