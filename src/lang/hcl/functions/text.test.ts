import { describe, expect, test } from 'vitest'
import { string } from '../make.ts'
import { errorOf, json, value } from './test-scope.ts'

describe('characters', () => {
  test.each([
    ['length(x)', '\u0e19\u0e49\u0e33', '1'],
    ['length(x)', '\u0915\u094d\u0937\u093f', '2'],
    ['length(x)', 'a\r\nb', '3'],
    ['upper(x)', '\u1fb3\u1f80\u0149', '"\u1fbc\u1f88\u0149"'],
    ['lower(x)', '\u0130\u03a3', '"i\u03c3"'],
    ['title(x)', '\u01c6 \u10d0 \u00dfa', '"\u01c5 \u10d0 \u00dfa"'],
    ['title(x)', 'a\u00a0b a\u2019b a_b', '"A\u00a0B A\u2019b A_b"'],
    ['substr(x, -3, 0)', 'hello', '"llo"'],
    ['substr(x, -9, 2)', 'hello', '"he"'],
    ['substr(x, 9, 2)', 'hello', '""'],
    ['chomp(x)', 'a\r\n\n\r', '"a"'],
    ['trim(x, "\u{1f600}a")', 'a\u{1f600}b\u{1f600}', '"b"'],
    ['trim(x, "\u{1f600}")', '\u{1f601}', '"\u{1f601}"'],
    ['split("", x)', '', '[]'],
    ['split(",", x)', '', '[""]'],
    ['replace(x, "", "-")', '\u{1f600}', '"-\u{1f600}-"'],
  ])('%s of %j is %s', (text, x, expected) => {
    expect(json(text, { names: { x: string(x) } })).toBe(expected)
  })
})

describe('patterns', () => {
  test.each([
    ['regexall("a|b*", "abxb")', '["a","b","b"]'],
    ['regexall("\\\\b", "ab cd")', '["","","",""]'],
    ['regexall(".", "\u{1f600}a")', '["\u{1f600}","a"]'],
    ['regexall("", "\u{1f600}")', '["",""]'],
    ['replace("abc", "/x*/", "-")', '"-a-b-c-"'],
    ['replace("baac", "/a*/", "x")', '"xbxcx"'],
    ['replace("a", "/(a)/", "$$1 $1 $2 $ $-")', '"$1 a  $ $-"'],
    ['replace("ab", "/(?P<x>a)(b)/", "$2$x")', '"ba"'],
    ['replace("a.b", "/", "-")', '"a.b"'],
    ['regex("(?s).+", "a\\nb")', '"a\\nb"'],
    ['regex("[[:digit:]]+", "a12")', '"12"'],
    ['regex("(a)|(b)", "b")', '[null,"b"]'],
  ])('%s is %s', (text, expected) => {
    expect(json(text)).toBe(expected)
  })

  test.each([
    'regex("(?<=a)b", "ab")',
    'regex("(a)\\\\1", "aa")',
    'regex("(?P<x>a)(?P<x>b)", "ab")',
    'regex("(?P<x>a)(b)", "ab")',
    'replace("a", "/[/", "")',
  ])('%s is an error', text => {
    expect(errorOf(text)).not.toBe('')
  })
})

describe('format', () => {
  test.each([
    ['format("%v", 1000000)', '1e+06'],
    ['format("%v", 123456)', '123456'],
    ['format("%g", 0.0001)', '0.0001'],
    ['format("%.3g", 1234567)', '1.23e+06'],
    ['format("%.10g", 1234567)', '1234567'],
    ['format("%G", 1e21)', '1E+21'],
    ['format("%e", 0)', '0.000000e+00'],
    ['format("%.0e", 15)', '2e+01'],
    ['format("%.2f", 1.005)', '1.00'],
    ['format("%.2f", 1.015)', '1.02'],
    ['format("%.1f", 0.35)', '0.3'],
    ['format("%.0f", 0.5)', '0'],
    ['format("%.0f", 1.5)', '2'],
    ['format("%.2f", 0.006)', '0.01'],
    ['format("%.1f", 99.96)', '100.0'],
    ['format("%f", -1e21)', '-1000000000000000000000.000000'],
    ['format("%+08.2f|% d|%-6d|%-06d|", 3.14159, 5, 42, 42)', '+0003.14| 5|42    |42    |'],
    ['format("%#b %#o %#X %X", 5, 8, 255, -255)', '0b101 010 0XFF -FF'],
    ['format("%.0d|%.3d|%+.2d", 0, 5, 5)', '|005|+05'],
    [
      'format("%05d %x", 123456789012345678901234567890, 18446744073709551615)',
      '123456789012345678901234567890 ffffffffffffffff',
    ],
    ['format("%-5s|%.2s|%5.1s|", "ab", "abc", "xyz")', 'ab   |ab|    x|'],
    ['format("%q", "a\\"<\\n")', '"a\\"\\u003c\\n"'],
    ['format("%#v %#v %v", "a", tostring(null), { a = [true] })', '"a" null {"a":[true]}'],
    ['format("%[2]s%[1]s%s", "a", "b")', 'bab'],
    ['format("%d", 1e3)', '1000'],
    ['format("%v %s", true, 1.50)', 'true 1.5'],
  ])('%s', (text, expected) => {
    expect(value(text).v).toBe(expected)
  })

  test.each([
    'format("%d", "x")',
    'format("%d", 1.5)',
    'format("%y", 1)',
    'format("%", 1)',
    'format("%5%")',
    'format("%s %s", "a")',
    'format("%s", "a", "b")',
    'format("%s", [])',
    'formatlist("%s", ["a"], "b")',
    'formatlist("%s", tolist(null))',
  ])('%s is an error', text => {
    expect(errorOf(text)).not.toBe('')
  })
})
