// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import { describe, expect, test } from 'vitest'
import { object, string, unknown } from '../make.ts'
import { toJson } from '../to-json.ts'
import { type Type, Unknown } from '../value.ts'
import { errorOf, hole, json, value } from './test-scope.ts'

const names = {
  arn: unknown('string', 'aws_s3_bucket.logs.arn is known after apply'),
  count: unknown('number', 'var.count has no value'),
  items: unknown(['list', 'string'], 'var.items has no value'),
  tags: unknown(['map', 'string'], 'var.tags has no value'),
  pair: unknown(['tuple', ['string', 'number']], 'var.pair has no value'),
  box: unknown(object([['a', string('')]]).type, 'var.box has no value'),
  any: unknown('dynamic', 'var.any has no value'),
}

/** Text, with `*` for holes. */
function pattern(text: string): string {
  const { parts } = hole(text, { names })
  return parts?.map(part => (typeof part === 'string' ? part : '*')).join('') ?? 'nothing'
}

describe('partly known strings', () => {
  test.each([
    ['format("%s/*", arn)', '*/*'],
    ['format("%v-%d", "x${arn}", 5)', 'x*-5'],
    ['format("%s%05d%%", "a", count)', 'a*%'],
    ['format("%10s|", "x${arn}")', '*|'],
    ['formatlist("%s/*", [arn])[0]', '*/*'],
    ['join("/", [arn, "x", arn])', '*/x/*'],
    ['join(",", ["a"], ["b-${arn}"])', 'a,b-*'],
    ['upper("pre-${arn}-post")', 'PRE-*-POST'],
    ['lower("Pre-${arn}")', 'pre-*'],
    ['split("/", arn)[0]', 'nothing'],
    ['upper(arn)', 'nothing'],
    ['compact(["", "x-${arn}", null])[0]', 'x-*'],
    ['compact([arn, "x"])[0]', 'nothing'],
    ['coalesce(null, "", "x-${arn}", "y")', 'x-*'],
    ['coalesce(null, arn, "y")', 'nothing'],
    ['replace("a/$X/b", "$X", arn)', 'a/*/b'],
    ['replace("a-${arn}-X", "X", "y")', 'a-*-y'],
    ['replace("a-${arn}", "/-/", "")', 'nothing'],
    ['replace("", arn, "x")', 'nothing'],
    ['replace("a-${arn}", "", "x")', 'nothing'],
    // What the hole holds may make an X with what stands beside it.
    ['replace("a_${arn}_b", "_X_", "y")', 'a*b'],
    ['replace("a_${arn}X_b", "_X_", "y")', 'a*b'],
    ['replace("${arn}aba", "aba", "c")', 'nothing'],
    ['trimspace("  a ${arn} b\\n")', 'a * b'],
    ['chomp("  a ${arn}b\\n")', '  a *b'],
  ])('%s', (text, expected) => {
    expect(pattern(text)).toBe(expected)
  })

  test.each([
    ['startswith("pre-${arn}", "pre-")', 'true'],
    ['startswith("pre-${arn}", "zzz")', 'false'],
    ['startswith("pre-${arn}", "pre-a")', undefined],
    // A combining mark may follow the c.
    ['startswith("abc${arn}", "abc")', undefined],
    ['startswith("abc${arn}", "ab")', 'true'],
    ['endswith("${arn}/*", "/*")', 'true'],
    ['endswith("${arn}/*", "/x")', 'false'],
    ['endswith("${arn}/*", "x/*")', undefined],
    ['startswith(arn, "")', 'true'],
  ])('%s is %s', (text, expected) => {
    expect(json(text, { names })).toBe(expected)
  })
})

describe('partly known JSON', () => {
  const policy = 'jsonencode({ Action = "*", Resource = [arn, "b"], Nothing = null })'

  test('keeps what is known', () => {
    const { json: kept, reason } = hole(policy, { names })
    const action = kept?.v instanceof Map ? kept.v.get('Action') : undefined
    expect(action?.v).toBe('*')
    expect(reason).toBe('aws_s3_bucket.logs.arn is known after apply')
  })

  test('is read back as it was written', () => {
    expect(json(`jsondecode(${policy}).Action`, { names })).toBe('"*"')
    expect(value(`jsondecode(${policy}).Nothing`, { names }).type).toBe('dynamic')
    expect(value(`jsondecode(jsonencode(tolist(["a", arn])))`, { names }).type).toEqual([
      'tuple',
      ['string', 'string'],
    ])
    expect(hole(`jsondecode(${policy}).Resource[0]`, { names }).reason).toContain('logs.arn')
  })

  test('is chosen, since it is neither null nor empty', () => {
    expect(json(`jsondecode(coalesce(null, ${policy}, "")).Action`, { names })).toBe('"*"')
  })

  test('is read out of text that has holes', () => {
    const text = `"{\\"Action\\": \\"*\\", \\"Resource\\": [\\"\${arn}/*\\", \${count}], \\"n\\": 1}"`
    expect(json(`jsondecode(${text}).Action`, { names })).toBe('"*"')
    expect(json(`jsondecode(${text}).n`, { names })).toBe('1')
    expect(pattern(`jsondecode(${text}).Resource[0]`)).toBe('*/*')
    expect(value(`jsondecode(${text}).Resource[1]`, { names }).type).toBe('dynamic')
    expect(hole('jsondecode("{${arn}").a', { names }).reason).toContain('logs.arn')
    const inner = `jsondecode("{\\"a\\": \${${policy}}}").a.Action`
    expect(json(inner, { names })).toBe('"*"')
  })

  test('is replaced within its strings', () => {
    const named = 'jsonencode({ Action = "*", Resource = ["a/_ID_/b", arn], _ID_ = 1 })'
    const replaced = `jsondecode(replace(${named}, "_ID_", "logs"))`
    expect(json(`${replaced}.Action`, { names })).toBe('"*"')
    expect(json(`${replaced}.Resource[0]`, { names })).toBe('"a/logs/b"')
    expect(json(`${replaced}.logs`, { names })).toBe('1')
    const open = `jsondecode(replace(replace(${named}, "_I", "I"), "ID_/b", arn))`
    expect(pattern(`${open}.Resource[0]`)).toBe('a/*')
    // What was one text, or was put in as one, still is.
    const role = unknown('string', new Unknown('role.arn is known after apply', { notNull: true }))
    const texts = { names: { ...names, role } }
    const filled = 'jsondecode(replace(jsonencode({ who = role, what = "_ID_" }), "_ID_", arn))'
    expect(hole(`${filled}.who`, texts).parts).toEqual([
      new Unknown('role.arn is known after apply'),
    ])
    expect(hole(`${filled}.what`, texts).parts).toHaveLength(1)
    // With quotes, or with what JSON itself is written with, the structure may change.
    for (const [from, to] of [
      ['\\"*\\"', 'x'],
      ['_ID_', '\\",\\"'],
      ['1', '2'],
      [':', ';'],
    ])
      expect(hole(`replace(${named}, "${from}", "${to}")`, { names }).json).toBeUndefined()
  })

  test('a list that is not known is of no known shape', () => {
    expect(value('jsondecode(jsonencode({ a = items })).a', { names }).type).toBe('dynamic')
  })

  test('what it is made of leaves its marks', () => {
    const marked = { ...names, arn: unknown('string', 'later', { from: ['aws_s3_bucket.logs'] }) }
    expect(value(policy, { names: marked }).marks).toEqual({ from: ['aws_s3_bucket.logs'] })
  })
})

describe('collections with unknown elements', () => {
  test.each([
    ['length([arn, arn])', '2'],
    ['length(pair)', '2'],
    ['length(box)', '1'],
    ['length(toset([arn]))', '1'],
    ['length(toset([arn, "a"]))', undefined],
    ['length(items)', undefined],
    ['length({ a = arn })', '1'],
    ['keys({ a = arn })', '["a"]'],
    ['keys(box)', '["a"]'],
    ['keys(tags)', undefined],
    ['values({ a = 1, b = arn })[0]', '1'],
    ['merge({ a = 1 }, { b = arn }).a', '1'],
    ['merge({ a = 1 }, tags)', undefined],
    ['lookup({ a = 1, b = arn }, "a", 0)', '1'],
    ['lookup({ a = 1 }, arn, 0)', undefined],
    ['lookup({ a = 1 }, "z", arn)', undefined],
    ['concat(["x"], [arn])[0]', '"x"'],
    ['concat(["x"], items)', undefined],
    ['flatten([[arn], ["x"]])[1]', '"x"'],
    ['flatten([items, ["x"]])', undefined],
    ['flatten([any, ["x"]])', undefined],
    ['contains([arn, "x"], "x")', 'true'],
    ['contains(["y", arn], "x")', undefined],
    ['index(["x", arn], "x")', '0'],
    ['index([arn, "x"], "x")', undefined],
    ['element([arn, "x"], 1)', '"x"'],
    ['slice([arn, "x"], 1, 2)', '["x"]'],
    ['reverse([arn, "x"])[0]', '"x"'],
    ['zipmap(["a", "b"], [arn, "x"]).b', '"x"'],
    ['zipmap([arn], ["x"])', undefined],
    ['length(sort([arn, "a"]))', '2'],
    ['sort([arn, "a"])[0]', undefined],
    ['distinct([arn, "a"])', undefined],
    ['compact([arn, ""])', undefined],
    ['alltrue([false, arn == "x"])', 'false'],
    ['alltrue([true, arn == "x"])', undefined],
    ['anytrue([arn == "x", true])', 'true'],
    ['anytrue([arn == "x", false])', undefined],
    ['sum([1, count])', undefined],
    ['coalesce("x", arn)', '"x"'],
    ['coalesce(null, arn, "x")', undefined],
    ['coalescelist([], ["x"], items)', '["x"]'],
    ['length(setproduct([arn], ["a", "b"]))', '2'],
    ['setunion(["a"], [arn])', undefined],
    ['setintersection(["a"], [arn])', undefined],
    ['setsubtract(["a"], [arn])', undefined],
    ['matchkeys(["v"], [arn], ["a"])', undefined],
    ['matchkeys([arn, "w"], ["a", "b"], ["b"])', '["w"]'],
    ['transpose({ a = [arn] })', undefined],
    ['chunklist(["a", arn], 1)[0]', '["a"]'],
    ['one([arn])', undefined],
    ['issensitive(sensitive(arn))', 'true'],
    ['issensitive(arn)', undefined],
    ['tolist([arn, "x"])[1]', '"x"'],
  ])('%s is %s', (text, expected) => {
    expect(json(text, { names })).toBe(expected)
  })

  test.each<[string, Type]>([
    ['upper(arn)', 'string'],
    ['length(items)', 'number'],
    ['merge({ a = 1 }, tags)', 'dynamic'],
    ['merge(tags, tags)', ['map', 'string']],
    ['lookup(tags, "a", "b")', 'string'],
    ['keys(tags)', ['list', 'string']],
    ['values(tags)', ['list', 'string']],
    ['element(items, 0)', 'string'],
    ['slice(items, 0, 1)[0]', 'string'],
    ['regex("(a)(b)", arn)', ['tuple', ['string', 'string']]],
    ['regexall("a", arn)', ['list', 'string']],
    ['sort(items)', ['list', 'string']],
    ['setunion(["a"], items)', ['set', 'string']],
    ['jsondecode(arn)', 'dynamic'],
    ['tolist(any)', ['list', 'dynamic']],
    ['timestamp()', 'string'],
  ])('%s will be %j', (text, type) => {
    expect(hole(text, { names })).toBeInstanceOf(Unknown)
    expect(value(text, { names }).type).toEqual(type)
  })

  test('an error shows before the value is known', () => {
    expect(errorOf('regex("(", arn)', { names })).toContain('invalid pattern')
    expect(errorOf('merge({}, [1], tags)', { names })).toContain('map or an object')
  })

  test('a set keeps an element that is not known', () => {
    const { v } = value('setunion(["a"], [arn])', { names })
    expect(Array.isArray(v) && v.map(item => toJson(item))).toEqual(['"a"', undefined])
  })

  test.each([
    ['compact(["a", arn, "", null])', ['"a"', undefined]],
    ['concat(["a"], items)', ['"a"', undefined]],
    ['concat(compact([arn, "a"]), ["b"])', [undefined, '"a"', '"b"']],
    ['distinct(["a", arn])', ['"a"', undefined]],
    ['[for x in concat(["a"], items) : "${x}/*"]', ['"a/*"', undefined]],
  ])('%s has some elements for sure', (text, expected) => {
    expect(hole(text, { names }).items?.map(item => toJson(item))).toEqual(expected)
  })
})

describe('marks', () => {
  const secret = { ...string('s'), marks: { sensitive: true } }
  const bucket = { ...string('logs'), marks: { from: ['aws_s3_bucket.logs'] } }
  const marked = { names: { secret, bucket } }

  test.each([
    ['upper(bucket)', { from: ['aws_s3_bucket.logs'] }],
    ['join("-", [bucket, secret])', { sensitive: true, from: ['aws_s3_bucket.logs'] }],
    ['jsonencode({ a = [bucket] })', { from: ['aws_s3_bucket.logs'] }],
    ['concat([bucket], ["x"])[0]', { from: ['aws_s3_bucket.logs'] }],
    ['concat([bucket], ["x"])[1]', undefined],
    ['merge({ a = bucket }, { b = 1 }).a', { from: ['aws_s3_bucket.logs'] }],
    ['merge({ a = bucket }, { b = 1 }).b', undefined],
    ['flatten([[bucket], ["x"]])[1]', undefined],
    ['element([bucket, "x"], 0)', { from: ['aws_s3_bucket.logs'] }],
    ['lookup({ a = bucket }, "a", "")', { from: ['aws_s3_bucket.logs'] }],
    ['values({ a = bucket })[0]', { from: ['aws_s3_bucket.logs'] }],
    ['zipmap(["a"], [bucket]).a', { from: ['aws_s3_bucket.logs'] }],
    ['tolist([bucket])[0]', { from: ['aws_s3_bucket.logs'] }],
    ['coalesce(bucket, "x")', { from: ['aws_s3_bucket.logs'] }],
    ['toset([bucket])', { from: ['aws_s3_bucket.logs'] }],
    ['length([bucket])', undefined],
    ['nonsensitive(secret)', undefined],
    ['nonsensitive(format("%s%s", secret, bucket))', { from: ['aws_s3_bucket.logs'] }],
    ['sensitive(bucket)', { sensitive: true, from: ['aws_s3_bucket.logs'] }],
    ['ephemeralasnull(secret)', { sensitive: true }],
  ])('%s', (text, expected) => {
    expect(value(text, marked).marks).toEqual(expected)
  })
})
