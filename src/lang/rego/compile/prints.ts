import type { Body, Expr, Literal, Term } from '../syntax/ast.ts'
import { chain, mapBodies } from '../syntax/map.ts'
import { walkExpr, walkRule } from '../syntax/walk.ts'
import { isRenamed, shownName } from './names.ts'
import { type Arity, directVariables, literalVariables, outputsOf } from './outputs.ts'
import { isOperator } from './resolve.ts'
import { type Compilation, report } from './unit.ts'

type Safe = ReadonlySet<string>

interface State {
  readonly context: Pick<Compilation, 'errors'>
  readonly arity: Arity
}

/** `print` says nothing here: its calls are taken out, once their variables are seen to be bound before. */
export function removePrints(context: Compilation, arity: Arity): void {
  const state: State = { context, arity }
  for (const unit of context.units) {
    const { rule, uses } = unit
    if (!uses.prints) continue
    let found = false
    walkRule(rule, {
      body: body => {
        found ||= body.some(isPrint)
      },
    })
    if (!found) continue
    const args = (rule.head.args ?? []).flatMap(arg => [...directVariables(arg)])
    for (const { head, body } of chain(rule)) {
      const globals = new Set(['input', 'data', ...args])
      checkBody(state, body, globals)
      const safe = safeIn(state, body, globals)
      for (const part of [...head.ref, head.key, head.value])
        if (part !== undefined) checkClosures(state, { kind: 'term', term: part }, safe)
    }
    unit.rule = mapBodies(rule, withoutPrints)
  }
}

function withoutPrints(body: Body): Body {
  if (!body.some(isPrint)) return body
  const kept = body.filter(literal => !isPrint(literal))
  const [first] = body
  if (kept.length > 0 || first === undefined) return kept
  const { loc } = first
  const term: Term = { kind: 'scalar', value: true, loc }
  return [{ negated: false, expr: { kind: 'term', term }, with: [], loc }]
}

function isPrint({ expr }: Literal): boolean {
  return isOperator(expr, 'print')
}

function checkBody(state: State, body: Body, globals: Safe): void {
  const inner = safeIn(state, body, globals)
  for (const { expr } of body) checkClosures(state, expr, inner)
  for (const [i, { expr }] of body.entries()) {
    if (expr.kind !== 'call' || !isOperator(expr, 'print')) continue
    const before = body.slice(0, i)
    const safe = safeIn(state, before, globals)
    for (const literal of before)
      for (const name of literalVariables(literal)) if (isRenamed(name)) safe.add(name)
    for (const arg of expr.args)
      for (const name of directVariables(arg))
        if (!safe.has(name))
          report(
            state.context,
            'rego_compile_error',
            `var ${shownName(name)} is undeclared`,
            arg.loc,
          )
  }
}

function checkClosures(state: State, expr: Expr, safe: Safe): void {
  if (expr.kind === 'every') {
    const names = [expr.key, expr.value].flatMap(it => (it === undefined ? [] : [it.name]))
    checkBody(state, expr.body, new Set([...safe, ...names]))
  }
  if (expr.kind === 'body') checkBody(state, expr.body, safe)
  walkExpr('body' in expr ? { ...expr, body: [] } : expr, {
    term: term => {
      if (term.kind !== 'comprehension') return false
      checkBody(state, term.body, safe)
      return true
    },
  })
}

function safeIn(state: State, body: Body, globals: Safe): Set<string> {
  const safe = new Set(globals)
  for (const literal of body)
    for (const name of outputsOf(literal, state.arity, safe)) safe.add(name)
  return safe
}
