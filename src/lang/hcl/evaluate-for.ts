import type { Expr, Range } from './ast.ts'
import { ConversionError, convert } from './convert.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError } from './hcl-error.ts'
import { isUnknown, number, object, string, tuple, unknown } from './make.ts'
import { asTest, joinMarks, mark } from './marks.ts'
import { extend, type Scope } from './scope.ts'
import { spend, unitsPerTurn } from './spend.ts'
import { kindOf } from './type.ts'
import { isEntries, isItems, type Marks, Unknown, type Value } from './value.ts'

type For = Expr & { readonly kind: 'for' }

export function evaluateFor(expr: For, scope: Scope): Value {
  const over = evaluateExpr(expr.over, scope)
  const pairs = iterate(over, expr.over.range, scope)
  if (pairs instanceof Unknown) return mark(evaluateOpen(expr, pairs, scope), over.marks)
  const state: State = { marks: over.marks, hole: undefined }
  const kept = pairs.filter(pair => isKept(expr, scopeOf(expr, pair, scope), state))
  const result =
    expr.keyExpr === null
      ? tuple(kept.map(pair => evaluateExpr(expr.valueExpr, scopeOf(expr, pair, scope))))
      : collect(expr, expr.keyExpr, kept, scope, state)
  if (state.hole !== undefined) return unknown('dynamic', state.hole.reason, state.marks)
  return mark(result, state.marks)
}

/** What is made of the elements that are known to be in a list of unknown length. */
function evaluateOpen(expr: For, { items, reason }: Unknown, scope: Scope): Value {
  if (items === undefined || expr.keyExpr !== null || expr.test !== null)
    return unknown('dynamic', reason)
  spend(scope, items.length * unitsPerTurn, 'for', expr.range)
  const index = unknown('dynamic', reason)
  const made = items.map(item =>
    isUnknown(item)
      ? unknown('dynamic', item.v.reason, item.marks)
      : evaluateExpr(expr.valueExpr, scopeOf(expr, [index, item], scope)),
  )
  return unknown('dynamic', new Unknown(reason, { items: made }))
}

/** Keys and values in Terraform's order; the reason where the collection is not known. */
export function iterate(
  over: Value,
  range: Range,
  scope: Scope,
): readonly (readonly [Value, Value])[] | Unknown {
  if (over.v === null) {
    throw new HclError(
      'Iteration over null value',
      "A null value cannot be used as the collection in a 'for' expression.",
      range,
    )
  }
  const kind = kindOf(over.type)
  if (kind === 'string' || kind === 'number' || kind === 'bool') {
    throw new HclError(
      'Iteration over non-iterable value',
      `A value of type ${kind} cannot be used as the collection in a 'for' expression.`,
      range,
    )
  }
  if (isUnknown(over)) return over.v
  if (isEntries(over.v)) {
    spend(scope, over.v.size * unitsPerTurn, 'for', range)
    return [...over.v].map(([name, value]) => [string(name), value])
  }
  if (!isItems(over.v)) return []
  spend(scope, over.v.length * unitsPerTurn, 'for', range)
  return over.v.map((value, at) => [kind === 'set' ? value : number(at), value])
}

/** What the keys and tests add to the result as a whole. */
interface State {
  marks: Marks | undefined
  hole: Unknown | undefined
}

export function scopeOf(
  names: { readonly key: string | null; readonly value: string },
  [key, value]: readonly [Value, Value],
  scope: Scope,
): Scope {
  const bound = new Map<string, Value>()
  if (names.key !== null) bound.set(names.key, key)
  bound.set(names.value, value)
  return extend(scope, bound)
}

function isKept(expr: For, scope: Scope, state: State): boolean {
  if (expr.test === null) return true
  const value = evaluateExpr(expr.test, scope)
  const fail = (why: string): HclError =>
    new HclError("Invalid 'for' condition", why, expr.test?.range ?? expr.range)
  if (value.v === null) throw fail("The value of the 'if' clause must not be null.")
  const test = converted(value, 'bool', why => fail(`The 'if' clause value is invalid: ${why}.`))
  state.marks = joinMarks(state.marks, asTest(test.marks))
  if (isUnknown(test)) state.hole ??= test.v
  return test.v === true
}

function collect(
  expr: For,
  keyExpr: Expr,
  pairs: readonly (readonly [Value, Value])[],
  scope: Scope,
  state: State,
): Value {
  const groups = new Map<string, Value[]>()
  for (const pair of pairs) {
    const inner = scopeOf(expr, pair, scope)
    const key = keyOf(evaluateExpr(keyExpr, inner), keyExpr.range)
    const value = evaluateExpr(expr.valueExpr, inner)
    state.marks = joinMarks(state.marks, key.marks)
    if (isUnknown(key)) {
      state.hole ??= key.v
      continue
    }
    const name = String(key.v)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [value])
    else if (expr.group) group.push(value)
    else throw duplicate(name, keyExpr.range)
  }
  return object(
    [...groups].map(([name, values]) => [
      name,
      expr.group ? tuple(values) : (values[0] ?? tuple([])),
    ]),
  )
}

function keyOf(value: Value, range: Range): Value {
  const fail = (why: string): HclError => new HclError('Invalid object key', why, range)
  if (value.v === null) {
    throw fail("Key expression in 'for' expression must not produce a null value.")
  }
  return converted(value, 'string', why =>
    fail(`The key expression produced an invalid result: ${why}.`),
  )
}

function converted(value: Value, type: 'bool' | 'string', fail: (why: string) => HclError): Value {
  try {
    return convert(value, type)
  } catch (error) {
    if (error instanceof ConversionError) throw fail(error.message)
    throw error
  }
}

function duplicate(name: string, range: Range): HclError {
  return new HclError(
    'Duplicate object key',
    `Two different items produced the key "${name}" in this 'for' expression. If duplicates are expected, use the ellipsis (...) after the value expression to enable grouping by key.`,
    range,
  )
}
