import { expect, test } from 'vitest'
import { Absent, Missing } from '../resource.ts'
import type { Text } from './text.ts'
import { areApart } from './zones.ts'

const listed = (at: number, list = 'data.aws_availability_zones.a.names') =>
  new Absent('unresolved', `${list}[${at}] is known only when Terraform runs`, {
    parts: [null],
    from: ['data.aws_availability_zones.a'],
  })
const lettered = (letter: string, region = 'var.region has no value') =>
  new Absent('unresolved', region, { parts: [null, letter] })

test.each<[Text, Text, boolean | 'undecided']>([
  ['eu-west-1a', 'eu-west-1b', true],
  ['eu-west-1a', 'eu-west-1a', false],
  ['eu-west-1a', listed(0), 'undecided'],
  [listed(0), listed(1), true],
  [listed(0), listed(0), false],
  [listed(0), listed(3), 'undecided'],
  [listed(0), listed(1, 'data.aws_availability_zones.b.names'), 'undecided'],
  [lettered('a'), lettered('b'), true],
  [lettered('a'), lettered('b', 'var.other has no value'), 'undecided'],
])('%o and %o', (one, other, expected) => {
  const answer = () => {
    try {
      return areApart(one, other)
    } catch (signal) {
      return signal instanceof Missing ? 'undecided' : signal
    }
  }
  expect(answer()).toBe(expected)
})
