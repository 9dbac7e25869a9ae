import { describe, expect, test } from 'vitest'
import {
  hasPorts,
  isFromPublic,
  opensToInternet,
  type Rule,
  reaches,
  reachesEveryPort,
} from './ports.ts'

const rule = (more: Partial<Rule>): Rule => ({
  protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_blocks: [],
  ipv6_cidr_blocks: [],
  ...more,
})
const open = rule({ cidr_blocks: ['0.0.0.0/0'] })

describe('opensToInternet', () => {
  test.each<[string, Partial<Rule>]>([
    ['IPv4', { cidr_blocks: ['0.0.0.0/0'] }],
    ['IPv6', { ipv6_cidr_blocks: ['::/0'] }],
    ['a half', { cidr_blocks: ['128.0.0.0/1'] }],
    ['among others', { cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] }],
    ['a range', { ...open, from_port: 0, to_port: 1024 }],
    ['all ports', { ...open, from_port: 0, to_port: 65535 }],
    ['all traffic', { ...open, protocol: '-1', from_port: 0, to_port: 0 }],
  ])('%s', (_, more) => expect(opensToInternet([rule(more)], [22])).toBe(true))

  test.each<[string, Partial<Rule>]>([
    ['no source', {}],
    ['a private source', { cidr_blocks: ['10.0.0.0/8'], ipv6_cidr_blocks: ['fd00::/8'] }],
    ['one host', { cidr_blocks: ['8.8.8.8/32'] }],
    ['another port', { ...open, from_port: 23, to_port: 65535 }],
    ['ports up to it', { ...open, from_port: 0, to_port: 21 }],
    ['UDP', { ...open, protocol: 'udp' }],
    ['ICMP, whose numbers are types', { ...open, protocol: 'icmp', from_port: 0, to_port: 255 }],
    ['all of another protocol', { ...open, protocol: '50', from_port: 0, to_port: 0 }],
  ])('not %s', (_, more) => expect(opensToInternet([rule(more)], [22])).toBe(false))

  test('one of several rules and ports', () => {
    expect(opensToInternet([rule({}), open], [3389, 22])).toBe(true)
    expect(opensToInternet([], [22])).toBe(false)
  })
})

test('reaches', () => {
  expect(reaches(rule({ from_port: 20, to_port: 22 }), 20)).toBe(true)
  expect(reaches(rule({ from_port: 20, to_port: 22 }), 23)).toBe(false)
})

test('every port', () => {
  expect(reachesEveryPort(rule({ from_port: 0, to_port: 65535 }))).toBe(true)
  expect(reachesEveryPort(rule({ protocol: 'udp', from_port: 1, to_port: 65535 }))).toBe(true)
  expect(reachesEveryPort(rule({ protocol: '-1' }))).toBe(true)
  expect(reachesEveryPort(rule({ from_port: 0, to_port: 0 }))).toBe(false)
  expect(reachesEveryPort(rule({ protocol: 'icmp', from_port: -1, to_port: -1 }))).toBe(false)
  expect([hasPorts(rule({})), hasPorts(rule({ protocol: 'icmpv6' }))]).toEqual([true, false])
})

test('public sources', () => {
  expect(isFromPublic(rule({ cidr_blocks: ['8.8.8.8/32'] }))).toBe(true)
  expect(isFromPublic(rule({ cidr_blocks: ['192.168.0.0/16'] }))).toBe(false)
  expect(isFromPublic(rule({ cidr_blocks: ['0.0.0.0/0'] }))).toBe(false)
  expect(isFromPublic(rule({ cidr_blocks: ['0.0.0.0/0', '8.8.8.0/24'] }))).toBe(true)
  expect(isFromPublic(rule({ ipv6_cidr_blocks: ['::/0'] }))).toBe(false)
})
