import { expect, test } from 'vitest'
import { applyType } from './apply-type.ts'
import { evaluateExpr } from './evaluate.ts'
import { string, tuple, unknown } from './make.ts'
import { openObject } from './open-entries.ts'
import { parseWholeExpression } from './parse-expression.ts'
import type { Scope } from './scope.ts'
import { budgetOf } from './spend.ts'
import { parseType } from './type-constraint.ts'
import { Unknown, type Value } from './value.ts'

const later = (name: string): Value => unknown('dynamic', `x.${name} is known after apply`)
const named = openObject([['name', string('a')]], later)
const tagged = openObject([['tags', tuple([])]], later)
const names: ReadonlyMap<string, Value> = new Map([
  ['named', named],
  ['tagged', tagged],
  ['both', tuple([named, tagged])],
  ['flag', unknown('bool', 'var.flag has no value')],
])
const scope: Scope = {
  budget: budgetOf(1000),
  resolve(root) {
    const value = names.get(root)
    return value && { value, used: 0 }
  },
}
const evaluate = (text: string): Value => evaluateExpr(parseWholeExpression(text), scope)

test.each([
  'named.id',
  '(true ? named : tagged).id',
  '(flag ? named : tagged).id',
  '(true ? both : [])[1].id',
  '[for x in both : x.id][0]',
  '(both[*].id)[0]',
  '(flag ? named : named).id',
  '(true ? named : null).id',
])('%s is known later', text => {
  expect(evaluate(text).v).toBeInstanceOf(Unknown)
})

test.each(['object({ name = string, id = string })', 'object({ id = optional(string, "d") })'])(
  'it fits %s',
  type => {
    const constraint = parseType(parseWholeExpression(type))
    const value = applyType(named, constraint, { start: 0, end: 0 })
    expect(
      evaluateExpr(parseWholeExpression('v.id'), {
        ...scope,
        resolve: () => ({ value, used: 0 }),
      }).v,
    ).toBeInstanceOf(Unknown)
  },
)
