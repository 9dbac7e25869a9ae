import { type Body, isWildcard, type Literal, type VarTerm, variable } from '../syntax/ast.ts'
import { walkBody } from '../syntax/walk.ts'
import { fresh, type Names, shownName } from './names.ts'
import { declaredNames } from './resolve.ts'
import { type Compilation, report, reportLesser } from './unit.ts'

type Occurrence = 'argument' | 'seen' | 'assigned' | 'declared'

export interface Declared {
  readonly name: string
  readonly how: Occurrence
  count: number
}

/** What a body has said of each name so far. */
export type Scope = Map<string, Declared>

export interface State {
  readonly context: Pick<Compilation, 'errors' | 'lesser' | 'strict'> & { readonly names: Names }
  readonly scopes: Scope[]
}

export function useName(state: State, term: VarTerm): VarTerm {
  const known = find(state, term.name)
  if (known !== undefined && known.how !== 'seen') {
    known.count++
    return variable(known.name, term.loc)
  }
  const scope = state.scopes.at(-1)
  if (scope !== undefined && !scope.has(term.name))
    scope.set(term.name, { name: term.name, how: 'seen', count: 1 })
  return term
}

/** The innermost declaration; a name only seen does not hide a declaration further out. */
export function find(state: State, name: string): Declared | undefined {
  let seen: Declared | undefined
  for (let i = state.scopes.length - 1; i >= 0; i--) {
    const known = state.scopes[i]?.get(name)
    if (known !== undefined && known.how !== 'seen') return known
    seen ??= known
  }
  return seen
}

export function declare(state: State, name: string, how: Occurrence): string {
  const own = fresh(state.context.names, name)
  state.scopes.at(-1)?.set(name, { name: own, how, count: 1 })
  return own
}

export function declareOnce(
  state: State,
  term: VarTerm,
  how: 'assigned' | 'declared',
  at: { readonly loc: Literal['loc'] },
): VarTerm {
  const known = state.scopes.at(-1)?.get(term.name)
  if (known === undefined) return variable(declare(state, term.name, how), term.loc)
  const name = shownName(term.name)
  const reason =
    known.how === 'argument'
      ? `arg ${name} redeclared`
      : `var ${name} ${known.how === 'seen' ? 'referenced' : known.how} above`
  report(state.context, 'rego_compile_error', reason, at.loc)
  return term
}

/** `some x` without a use is an error; `x := …` without one only under `strict`. */
export function reportUnused(
  state: State,
  body: Body,
  renamed: Body,
  used: ReadonlySet<string>,
): void {
  const scope = state.scopes.at(-1) ?? new Map<string, Declared>()
  let present: ReadonlySet<string> | undefined
  const isPresent = (name: string): boolean => {
    present ??= namesIn(renamed)
    return present.has(name)
  }
  for (const [name, { name: own, how, count }] of scope) {
    if (isWildcard(name) || used.has(name)) continue
    const unused =
      how === 'declared'
        ? !isPresent(own)
        : how === 'assigned' && count <= 1 && state.context.strict
    if (!unused) continue
    const at = body.find(({ expr }) => declaredNames([{ expr } as Literal]).has(name)) ?? body[0]
    if (at === undefined) continue
    const reason = `${how} var ${name} unused`
    reportLesser(state.context, reason, at.loc)
  }
}

function namesIn(body: Body): ReadonlySet<string> {
  const names = new Set<string>()
  walkBody(body, {
    term: term => {
      if (term.kind === 'var') names.add(term.name)
      return undefined
    },
  })
  return names
}
