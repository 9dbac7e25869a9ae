import { expect, test } from 'vitest'
import { Absent, Missing } from '../resource.ts'
import { both, either, every, isSet, some } from './decide.ts'

const unknown = (): boolean => {
  throw new Missing(new Absent('unresolved', 'var.x has no value'))
}
const yes = () => true
const no = () => false
const run = (test: () => boolean) => test()

test('what is decided wins over what is not, in any order', () => {
  expect([both(unknown, no), both(no, unknown)]).toEqual([false, false])
  expect([either(unknown, yes), either(yes, unknown)]).toEqual([true, true])
  expect([some([unknown, yes], run), every([unknown, no], run)]).toEqual([true, false])
})

test('what nothing decides stays undecided', () => {
  expect(() => both(unknown, yes)).toThrow(Missing)
  expect(() => both(yes, unknown)).toThrow(Missing)
  expect(() => either(no, unknown)).toThrow(Missing)
})

test('known answers', () => {
  expect([both(yes, yes), both(), either(no, yes), either(no, no), either()]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('a mistake of the check is not an absence', () => {
  const broken = () => {
    throw new TypeError('no')
  }
  expect(() => either(broken, yes)).toThrow(TypeError)
})

test('what is created in the same run is set', () => {
  const reading = (reason: string, parts?: (string | null)[]) =>
    isSet(() => {
      throw new Missing(new Absent('unresolved', reason, { parts }))
    })
  expect(reading('aws_kms_key.a.arn is known after apply')).toBe(true)
  expect(reading('var.x has no value', ['arn:', null])).toBe(true)
  expect(() => reading('var.x has no value')).toThrow(Missing)
  expect(() => reading('var.x has no value', [null])).toThrow(Missing)
  expect([isSet(() => 'a'), isSet(() => ''), isSet(() => undefined)]).toEqual([true, false, false])
})
