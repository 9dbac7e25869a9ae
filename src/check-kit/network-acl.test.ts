import { expect, test } from 'vitest'
import { admitsInternet, type NumberedRule } from './network-acl.ts'

const allow: NumberedRule = {
  rule_no: 100,
  action: 'allow',
  protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_block: '0.0.0.0/0',
  ipv6_cidr_block: undefined,
}
const all = { protocol: '-1', from_port: 0, to_port: 0 }
const deny: NumberedRule = { ...allow, ...all, rule_no: 50, action: 'deny' }
const { cidr_block: _, ...six } = { ...allow, ipv6_cidr_block: '::/0' }

test('an allow that nothing before it denies', () => {
  expect(admitsInternet([allow], 22)).toBe(true)
  expect(admitsInternet([allow, { ...deny, rule_no: 200 }], 22)).toBe(true)
  expect(admitsInternet([{ ...deny, rule_no: 200 }, allow], 22)).toBe(true)
  expect(admitsInternet([{ ...six, cidr_block: undefined }], 22)).toBe(true)
})

test('an earlier deny that covers it', () => {
  expect(admitsInternet([allow, deny], 22)).toBe(false)
  expect(admitsInternet([deny, allow], 22)).toBe(false)
  expect(admitsInternet([allow, { ...deny, protocol: 'tcp', from_port: 1, to_port: 99 }], 22)).toBe(
    false,
  )
})

test('an earlier deny of something else', () => {
  expect(admitsInternet([allow, { ...deny, cidr_block: '10.0.0.0/8' }], 22)).toBe(true)
  expect(admitsInternet([allow, { ...deny, protocol: 'udp' }], 22)).toBe(true)
  expect(
    admitsInternet([allow, { ...deny, cidr_block: undefined, ipv6_cidr_block: '::/0' }], 22),
  ).toBe(true)
})

test('no rule for the internet, or for the port', () => {
  expect(admitsInternet([], 22)).toBe(false)
  expect(admitsInternet([allow], 3389)).toBe(false)
  expect(admitsInternet([{ ...allow, cidr_block: '10.0.0.0/8' }], 22)).toBe(false)
})

test('every port', () => {
  expect(admitsInternet([allow], 'every')).toBe(false)
  expect(admitsInternet([{ ...allow, ...all }], 'every')).toBe(true)
  expect(
    admitsInternet(
      [
        { ...allow, ...all },
        { ...deny, protocol: 'tcp', to_port: 21 },
      ],
      'every',
    ),
  ).toBe(true)
  expect(admitsInternet([{ ...allow, ...all }, deny], 'every')).toBe(false)
})
