import { describe, expect, test } from 'vitest'
import { Absent, Missing } from '../resource.ts'
import { ipv4Prefix, isInternet, isPublic, isWithin } from './cidr.ts'
import type { Text } from './text.ts'

describe('isInternet', () => {
  test.each([
    '0.0.0.0/0',
    '::/0',
    '0:0:0:0:0:0:0:0/0',
    '0000::/0',
    '0/0',
    '10.0.0.0/0',
    '0.0.0.0/00',
    ' 0.0.0.0/0 ',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '0.0.0.0/2',
    '64.0.0.0/3',
    '::/1',
    '2000::/3',
    '3000::/4',
  ])('%s is the internet', cidr => expect(isInternet(cidr)).toBe(true))

  test.each([
    '10.0.0.0/8',
    '192.168.0.0/16',
    '8.8.8.0/24',
    '8.0.0.0/8',
    '224.0.0.0/3',
    '240.0.0.0/4',
    'fc00::/7',
    'fe80::/10',
    '8000::/1',
    '2600::/12',
    '0.0.0.0',
    '::',
    'sg-12345678',
    '',
    '__proto__',
    '0.0.0.0/33',
    '::/129',
    '0x0/0',
  ])('%s is not', cidr => expect(isInternet(cidr)).toBe(false))
})

describe('isPublic', () => {
  test.each(['0.0.0.0/0', '8.8.8.8/32', '8.8.8.8', '2600:1f00::/24', '172.0.0.0/8', '::/0'])(
    '%s holds public addresses',
    cidr => expect(isPublic(cidr)).toBe(true),
  )

  test.each([
    '10.1.2.3/32',
    '172.31.0.0/16',
    '100.64.0.0/10',
    '203.0.113.7/32',
    'fd00::/8',
    '::1/128',
    '2001:db8::/48',
    'pl-123',
  ])('%s does not', cidr => expect(isPublic(cidr)).toBe(false))
})

test('ipv4Prefix', () => {
  expect(['8.8.8.0/24', '8.8.8.8', '0.0.0.0/0', '::/0', 'nothing'].map(ipv4Prefix)).toEqual([
    24,
    32,
    0,
    null,
    null,
  ])
})

test('isWithin', () => {
  expect(isWithin('10.1.0.0/16', '10.0.0.0/8')).toBe(true)
  expect(isWithin('10.1.2.3', '10.1.2.3/32')).toBe(true)
  expect(isWithin('0.0.0.0/0', '0.0.0.0/0')).toBe(true)
  expect(isWithin('10.0.0.0/8', '10.1.0.0/16')).toBe(false)
  expect(isWithin('10.0.0.0/8', '::/0')).toBe(false)
  expect(isWithin('10.0.0.0/8', 'pl-1')).toBe(false)
})

describe('where it is not known', () => {
  const open = (reason: string, parts?: (string | null)[]) =>
    new Absent('unresolved', reason, parts ? { parts } : {})
  const judged = (test: (cidr: Text) => boolean, cidr: Text) => {
    try {
      return test(cidr)
    } catch (signal) {
      return signal instanceof Missing ? 'undecided' : signal
    }
  }

  test.each<[Text, boolean | string, boolean | string]>([
    [open('data.aws_vpc.a.cidr_block is known only when Terraform runs'), false, false],
    [
      open('module.n.data.aws_subnet.a["x"].cidr_block is known only when Terraform runs'),
      false,
      false,
    ],
    [open('aws_subnet.a[0].ipv6_cidr_block is known after apply'), false, false],
    [open('aws_eip.a.public_ip is known after apply', [null, '/32']), false, 'undecided'],
    [open('var.a has no value', ['10.', null, '.0.0/1']), 'undecided', 'undecided'],
    [open('var.cidr_block has no value'), 'undecided', 'undecided'],
    [
      open('data.aws_vpc.a.cidr_block is known only when Terraform runs', [null, '/0']),
      'undecided',
      'undecided',
    ],
  ])('%o', (cidr, internet, isOpen) => {
    expect(judged(isInternet, cidr)).toBe(internet)
    expect(judged(isPublic, cidr)).toBe(isOpen)
  })
})
