// finished: tables of this file
import type { Condition } from '../../vocabulary/policy-document.ts'
import { isInternet } from '../cidr.ts'
import { equals, known, type Text } from '../text.ts'
import { callerKeys, circumstanceKeys, isNobody } from './caller-key.ts'

/** Whether the tests of an Allow keep out callers whom the policy's author does not name. */
export function bindsCaller(tests: readonly Condition[]): boolean {
  return tests.some(test => {
    const operator = parse(test.operator)
    if (operator.passesWithoutKey) return false
    return (allowing.has(operator.base) && namesCallers(test)) || asksForService(test, 'true')
  })
}

/** Whether every stranger meets the tests of a Deny, so that it keeps all of them out. */
export function hitsStrangers(tests: readonly Condition[]): boolean {
  return tests.every(test => {
    const operator = parse(test.operator)
    if (operator.quantifier === 'foranyvalue') return false
    return (denying.has(operator.base) && namesCallers(test)) || asksForService(test, 'false')
  })
}

/** Whether the grant stays as wide as it is: the tests ask who calls, whence and when, not what is done to what. */
export function leavesGrantWide(
  tests: readonly Condition[],
  isHarmless: (test: Condition) => boolean = () => false,
): boolean {
  return tests.every(test => circumstanceKeys.has(known(test.key)) || isHarmless(test))
}

export interface Operator {
  /** Lower case, without what stands around it. */
  readonly base: string
  readonly quantifier: 'foranyvalue' | 'forallvalues' | null
  /** Whether the test holds for a request that does not carry the key. */
  readonly passesWithoutKey: boolean
}

export function parse(operator: Text): Operator {
  const text = known(operator).toLowerCase()
  const quantifier = text.startsWith('foranyvalue:')
    ? 'foranyvalue'
    : text.startsWith('forallvalues:')
      ? 'forallvalues'
      : null
  const base = text.slice(quantifier === null ? 0 : quantifier.length + 1).replace(/ifexists$/, '')
  const passesWithoutKey =
    quantifier === 'forallvalues' || text.endsWith('ifexists') || denying.has(base)
  return { base, quantifier, passesWithoutKey }
}

const wildcarding = new Set(['stringlike', 'arnlike', 'arnequals'])
const allowing = new Set([...wildcarding, 'stringequals', 'stringequalsignorecase', 'ipaddress'])
const denying = new Set([
  'stringnotequals',
  'stringnotequalsignorecase',
  'stringnotlike',
  'arnnotequals',
  'arnnotlike',
  'notipaddress',
])

function namesCallers(test: Condition): boolean {
  const isNarrow = callerKeys.get(known(test.key))
  if (isNarrow === undefined) return false
  const operator = parse(test.operator).base.replace('not', '')
  if (operator === 'ipaddress') return test.values.every(value => !isInternet(known(value)))
  if (test.values.some(value => isNobody(value, known(test.key)))) return false
  // Where `*` is no wildcard, any other value names somebody, whatever it is.
  return !wildcarding.has(operator) || test.values.every(value => isNarrow(value))
}

/** Services of AWS that call on their own behalf. */
function asksForService(test: Condition, wanted: 'true' | 'false'): boolean {
  return (
    equals(test.key, 'aws:principalisawsservice') &&
    parse(test.operator).base === 'bool' &&
    test.values.every(value => equals(value, wanted))
  )
}
