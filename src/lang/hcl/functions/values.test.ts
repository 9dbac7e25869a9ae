import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { string } from '../make.ts'
import { functions } from './index.ts'
import { errorOf, hole, json, value } from './test-scope.ts'

test('all functions of Terraform 1.11 are there, under both names', () => {
  const names = `abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256
    base64sha512 basename bcrypt ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets
    coalesce coalescelist compact concat contains csvdecode dirname distinct element endswith
    ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 fileset
    filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index
    issensitive join jsondecode jsonencode keys length list log lookup lower map matchkeys max md5
    merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace
    reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512
    signum slice sort split startswith strcontains strrev substr sum templatefile templatestring
    textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist tomap tonumber
    toset tostring transpose trim trimprefix trimspace trimsuffix upper urlencode uuid uuidv5 values
    yamldecode yamlencode zipmap`.split(/\s+/)
  const own = ['encode_tfvars', 'decode_tfvars', 'encode_expr'].map(
    name => `provider::terraform::${name}`,
  )
  expect([...functions.keys()].sort()).toEqual(
    [...names, ...names.map(name => `core::${name}`), ...own].sort(),
  )
  expect(json('core::upper("a")')).toBe('"A"')
})

describe('numbers', () => {
  test.each([
    ['ceil(123456789012345678901234567890.1)', '123456789012345678901234567891'],
    ['floor(-0.1)', '-1'],
    ['ceil(-0.1)', '0'],
    ['log(10, 0)', '0'],
    ['max("1e30", 1)', '1000000000000000000000000000000'],
    ['sum(["1", 2])', '3'],
    ['sum([0.1, 0.2])', '0.3'],
    ['parseint("-zZ", 62)', '-2231'],
    ['parseint("123456789012345678901234567890", 10)', '123456789012345678901234567890'],
    ['range(0, 1, 0.25)', '[0,0.25,0.5,0.75]'],
    ['range(3, 3, 0)', '[]'],
    ['length(range(1024))', '1024'],
  ])('%s is %s', (text, expected) => {
    expect(json(text)).toBe(expected)
  })

  test.each([
    'range(1025)',
    'pow(-8, 0.5)',
    'sum([1 / 0, -1 / 0])',
    'parseint("--1", 10)',
    'signum(1e30)',
  ])('%s is an error', text => {
    expect(errorOf(text)).not.toBe('')
  })
})

describe('collections', () => {
  test.each([
    ['element(["a", "b", "c"], -1)', '"c"'],
    ['element(["a", "b", "c"], -3)', '"a"'],
    ['lookup(tomap({ a = "x" }), "b", null)', 'null'],
    ['lookup(tomap({ a = "x" }), "b", 1)', '"1"'],
    ['concat(tolist([1]), tolist(["a"]))', '["1","a"]'],
    ['coalesce(["a"], ["b", "c"])', '["a"]'],
    ['flatten([toset(["b", "a"]), [[["c"]]]])', '["a","b","c"]'],
    ['alltrue([null])', 'false'],
    ['setproduct(tolist(["a"]), toset(["b"]))', '[["a","b"]]'],
    ['contains([{ a = 1 }], { a = 1 })', 'true'],
    ['distinct([null, "~", null])', '[null,"~"]'],
    ['sort(["\\U0001f600", "\\uffee"])', '["\uffee","\u{1f600}"]'],
  ])('%s is %s', (text, expected) => {
    expect(json(text)).toBe(expected)
  })

  test.each([
    ['setproduct(tolist(["a"]), toset(["b"]))', ['set', ['tuple', ['string', 'string']]]],
    ['merge(tomap({ a = 1 }), null, tomap({ b = 2 }))', ['map', 'number']],
    ['concat(tolist([1]), tolist(["a"]))', ['list', 'string']],
    ['one(tolist(["a"]))', 'string'],
    ['one(toset([]))', 'dynamic'],
  ])('%s has type %j', (text, type) => {
    expect(value(text).type).toEqual(type)
  })
})

describe('network', () => {
  test.each([
    ['cidrsubnet("10.0.0.5/8", 0, 0)', '"10.0.0.0/8"'],
    ['cidrsubnet("2001:db8::/56", 8, 255)', '"2001:db8:0:ff::/64"'],
    ['cidrhost("1:0:0:2::/64", 0)', '"1:0:0:2::"'],
    ['cidrhost("1:0:0:2:0:0:3:4/128", 0)', '"1::2:0:0:3:4"'],
    ['cidrhost("::1.2.3.4/128", 0)', '"::102:304"'],
    ['cidrhost("::ffff:1.2.3.4/128", 0)', '"1.2.3.4"'],
    ['cidrhost("10.0.0.0/30", -4)', '"10.0.0.0"'],
    ['cidrsubnets("10.0.0.0/8")', '[]'],
  ])('%s is %s', (text, expected) => {
    expect(json(text)).toBe(expected)
  })

  test.each([
    'cidrhost("1::2::3/64", 0)',
    'cidrhost("1:2:3:4:5:6:7/64", 0)',
    'cidrhost("12345::/64", 0)',
    'cidrhost("10.0.0.256/8", 0)',
    'cidrhost("10.0.0/8", 0)',
    'cidrhost("10.0.0.0/-1", 0)',
    'cidrhost("fe80::1%eth0/64", 0)',
    'cidrsubnets("::/0", 33)',
    'cidrsubnet("10.0.0.0/8", 2, 4)',
  ])('%s is an error', text => {
    expect(errorOf(text)).not.toBe('')
  })
})

describe('time', () => {
  const at = '"2018-01-02T23:12:01.5-08:00"'

  test.each([
    [
      `formatdate("D MMMM YY, EEE H AA aa Z ZZZ ZZZZ ZZZZZ", ${at})`,
      '"2 January 18, Tue 11 PM pm -08:00 -0800 -0800 -08:00"',
    ],
    ['formatdate("ZZZZZ ZZZ Z", "2018-01-02T23:12:01Z")', '"+00:00 UTC Z"'],
    ["formatdate(\"''YYYY''''\", \"0099-01-02T23:12:01Z\")", '"0099\'"'],
    ['timeadd("2018-01-01T00:00:00.9Z", "0.2s")', '"2018-01-01T00:00:01Z"'],
    ['timeadd("2018-01-01T00:00:00Z", "-1.5h30m1us")', '"2017-12-31T21:59:59Z"'],
    ['timeadd("1960-01-01T00:00:00+00:30", "1ns")', '"1960-01-01T00:00:00+00:30"'],
    ['timeadd("2018-01-01T00:00:00Z", "0")', '"2018-01-01T00:00:00Z"'],
    ['timecmp("2018-01-01T00:00:00.000000001Z", "2018-01-01T00:00:00Z")', '1'],
    ['timecmp("2018-01-01T01:00:00+01:00", "2018-01-01T00:00:00Z")', '0'],
  ])('%s is %s', (text, expected) => {
    expect(json(text)).toBe(expected)
  })

  test.each([
    'timeadd("2018-02-29T00:00:00Z", "1h")',
    'timeadd("2018-01-01T24:00:00Z", "1h")',
    'timeadd("2018-01-01T00:00:00Z", "1")',
    'timeadd("2018-01-01T00:00:00Z", "1d")',
    'timeadd("2018-01-01T00:00:00Z", "9999999h")',
    'formatdate("ZZ", "2018-01-01T00:00:00Z")',
    'formatdate("T", "2018-01-01T00:00:00Z")',
  ])('%s is an error', text => {
    expect(errorOf(text)).not.toBe('')
  })
})

describe('what differs from run to run', () => {
  test.each(['uuid()', 'timestamp()', 'plantimestamp()', 'bcrypt("x")', 'bcrypt("x", 5)'])(
    '%s is an unknown string',
    text => {
      expect(value(text).type).toBe('string')
      expect(hole(text).reason).not.toBe('')
    },
  )
})

describe('rsadecrypt', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const bytes = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_PADDING },
    Buffer.from('s\u00e9cret'),
  )
  const names = {
    text: string(bytes.toString('base64')),
    key: string(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()),
    other: string('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'),
  }

  test('reads what the key can read', () => {
    expect(json('rsadecrypt(text, key)', { names })).toBe('"s\u00e9cret"')
    expect(hole('rsadecrypt(text, other)', { names }).reason).toContain('OpenSSH')
  })

  test.each(['rsadecrypt("AAAA", key)', 'rsadecrypt(text, "x")', 'rsadecrypt("%", key)'])(
    '%s is an error',
    text => {
      expect(errorOf(text, { names })).not.toBe('')
    },
  )
})
