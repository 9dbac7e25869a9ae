import { describe, expect, test } from 'vitest'
import { type Check, type CheckInput, check } from '../src/check.ts'
import { decidesNothing, fails, mends, passes } from './check-invariants.ts'

/** The harness finds what an author gets wrong. */
type Volume = 'aws_ebs_volume'

function volume(input: Partial<CheckInput<Volume>>): Check {
  const made = check('aws_ebs_volume', {
    id: 'ec2_volume_made_up',
    title: 'Volumes are good',
    severity: 'low',
    why: 'Bad volumes are bad.',
    fix: 'Set it.',
    pass: it => it.encrypted,
    bad: [],
    ...input,
  })
  return made as unknown as Check
}

const encrypted = volume({})

describe('examples', () => {
  test('are judged', async () => {
    await fails(encrypted, '')
    await passes(encrypted, 'encrypted = true')
    await fails(
      encrypted,
      'resource "aws_ebs_volume" "a" {}\nresource "aws_ebs_volume" "b" {\n encrypted = true\n}',
    )
    await fails(encrypted, { encrypted: false })
    await passes(encrypted, { encrypted: true })
  })

  test.each([
    ['a bad one that passes', () => fails(encrypted, 'encrypted = true')],
    ['a bad one that is unknown', () => fails(encrypted, 'encrypted = var.x')],
    ['a good one that fails', () => passes(encrypted, '')],
    ['a good one that is unknown', () => passes(encrypted, 'encrypted = var.x')],
    ['a good one of another type', () => passes(encrypted, 'resource "aws_vpc" "a" {}')],
    ['one that cannot be parsed', () => fails(encrypted, 'encrypted = ')],
    ['an attribute that is none', () => fails(encrypted, 'encripted = true')],
    ['a block that is none', () => fails(encrypted, 'encryption {\n}')],
    [
      'a field of an object that is none',
      () => fails(encrypted, { encrypted: false, encripted: true }),
    ],
  ])('%s', (_, run) => expect(run()).rejects.toThrow())
})

test('a check that throws', async () => {
  const broken = volume({
    pass: () => {
      throw new Error('no')
    },
  })
  await expect(fails(broken, '')).rejects.toThrow()
  await expect(decidesNothing(broken)).rejects.toThrow()
})

describe('where nothing is known', () => {
  test('a check that reads decides nothing', () => decidesNothing(encrypted))
  test.each([
    ['one that passes by luck', volume({ pass: () => true })],
    ['one that fails whatever comes', volume({ pass: () => false })],
  ])('%s', (_, check) => expect(decidesNothing(check)).rejects.toThrow())
})

describe('set', () => {
  test('mends', () => mends(volume({ bad: [''], set: { encrypted: true } })))
  test.each([
    ['the wrong value', volume({ bad: [''], set: { encrypted: false } })],
    ['the wrong attribute', volume({ bad: [''], set: { size: 1 } })],
  ])('%s', (_, check) => expect(mends(check)).rejects.toThrow())
})

test('the order of elements matters to a check that looks at the first', async () => {
  const first = check('aws_security_group', {
    ...encrypted,
    pass: group => group.ingress.at(0)?.from_port !== 22,
  } as CheckInput<'aws_security_group'>)
  const rule = (port: number) =>
    `ingress {\n from_port = ${port}\n to_port = ${port}\n protocol = "tcp"\n cidr_blocks = ["10.0.0.0/8"]\n}\n`
  await expect(fails(first as unknown as Check, rule(22) + rule(80))).rejects.toThrow('order')
})
