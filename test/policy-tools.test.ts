import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { batten, folder } from './cli.ts'

const policy = `package p

import rego.v1

deny contains sprintf("%s is open", [name]) if {
	some name, bucket in input.resource.aws_s3_bucket
	is_open(bucket)
}

is_open(bucket) if bucket.acl == "public-read"

is_open(bucket) if bucket.acl == "public-read-write"
`
const tests = `package p_test

import rego.v1

import data.p

test_open_is_denied if {
	count(p.deny) == 1 with input as having({"acl": "public-read"})
}

test_private_is_not if {
	count(p.deny) == 0 with input as having({"acl": "private"})
}

having(values) := {"resource": {"aws_s3_bucket": {"it": values}}}
`
const good = { 'policy/p.rego': policy, 'policy/p_test.rego': tests }

function run(args: readonly string[], files: Readonly<Record<string, string>> = good) {
  return batten(['policy', ...args], { cwd: folder(files) })
}

describe('policy test', () => {
  test('passes quietly, and says more when asked', () => {
    expect(run(['test'])).toMatchObject({ code: 0, out: 'PASS: 2/2\n' })
    const { out } = run(['test', 'policy', '-v'])
    expect(out).toMatch(
      /^policy\/p_test\.rego:7: data\.p_test\.test_open_is_denied: PASS \([\d.]+(µs|ms)\)$/m,
    )
    expect(run(['test', '--run', 'private', '-v']).out).toMatch(/PASS: 1\/1/)
  })

  test('a failing test tells its expression with the values in it', () => {
    const failing = `${tests}
test_wrong if {
	x := {"a": [1, 2]}
	n := count(x.a)
	print("n is", n, input.none)
	n + 1 == x.a[0]
}

test_error := x if some x in [1, 2]

todo_test_later if false
`
    const { code, out } = run(['test'], { ...good, 'policy/p_test.rego': failing })
    expect(code).toBe(1)
    expect(out).toBe(`policy/p_test.rego:17: data.p_test.test_wrong: FAIL
  policy/p_test.rego:21: n + 1 == x.a[0]
    n + 1: 3
    n: 2
    x.a[0]: 1
    x: {"a":[1,2]}
  print: n is 2 <undefined>
policy/p_test.rego:24: data.p_test.test_error: ERROR
  policy/p_test.rego:24: eval_conflict_error: complete rules must not produce multiple outputs: rule data.p_test.test_error produced conflicting values
policy/p_test.rego:26: data.p_test.todo_test_later: SKIPPED
--------------------------------------------------------------------------------
PASS: 2/5
FAIL: 1/5
SKIPPED: 1/5
ERROR: 1/5
`)
  })

  test('a parameterised test fails by its cases, also by those that have no result', () => {
    const cases = `package q_test

import rego.v1

test_double[note] if {
	some note, tc in {"one": {"in": 1, "want": 2}, "two": {"in": 2, "want": 5}}
	tc.in * 2 == tc.want
}
`
    const { code, out } = run(['test', '-v'], { 'policy/q_test.rego': cases })
    expect(code).toBe(1)
    expect(
      out.replace(/ \([^)]*\)/, ''),
    ).toContain(`policy/q_test.rego:5: data.q_test.test_double: FAIL
  one: PASS
  two: FAIL
    policy/q_test.rego:7: tc.in * 2 == tc.want
      tc.in * 2: 4
      tc.in: 2
      tc: {"in":2,"want":5}
      tc.want: 5
`)
  })

  test('two tests of one name are two tests', () => {
    const twice = 'package t_test\n\nimport rego.v1\n\ntest_a if true\n\ntest_a if false\n'
    expect(run(['test'], { 'policy/t_test.rego': twice }).out).toContain(
      'data.t_test.test_a#01: FAIL',
    )
  })

  test('coverage tells the lines, and a threshold decides', () => {
    const files = { ...good, 'policy/p.rego': `${policy}\nunused if {\n\tinput.x\n}\n` }
    const { code, out, err } = run(['test', '--threshold', '90'], files)
    expect(out).toContain('policy/p.rego: 71.42% covered, not lines 14–15\ncoverage: 71.42%\n')
    expect([code, err]).toEqual([1, 'batten: 71.42% covered, 90% wanted\n'])
    expect(run(['test', '--threshold', '71'], files).code).toBe(0)
    const json = JSON.parse(run(['test', '--coverage', '--format', 'json'], files).out)
    expect(json.coverage.files['policy/p.rego']).toMatchObject({
      covered: [
        { start: { row: 5 }, end: { row: 7 } },
        { start: { row: 10 }, end: { row: 10 } },
        { start: { row: 12 }, end: { row: 12 } },
      ],
      not_covered: [{ start: { row: 14 }, end: { row: 15 } }],
    })
  })

  test('json and junit', () => {
    const json = JSON.parse(run(['test', '--format', 'json']).out)
    expect(json).toEqual([
      {
        location: { file: 'policy/p_test.rego', row: 7, col: 1 },
        package: 'data.p_test',
        name: 'test_open_is_denied',
        duration: expect.any(Number),
      },
      {
        location: { file: 'policy/p_test.rego', row: 11, col: 1 },
        package: 'data.p_test',
        name: 'test_private_is_not',
        duration: expect.any(Number),
      },
    ])
    const bad = `${tests}\ntest_bad if {\n\tprint("é", 1)\n\t"<&>" == input.x\n}\n`
    const [, , failing] = JSON.parse(
      run(['test', '--format', 'json'], { ...good, 'policy/p_test.rego': bad }).out,
    )
    // As opa's: bytes are base64.
    expect(failing).toMatchObject({ name: 'test_bad', fail: true, output: 'w6kgMQo=' })
    const xml = run(['test', '--format', 'junit'], { ...good, 'policy/p_test.rego': bad }).out
    expect(xml).toContain(
      '<testsuite name="data.p_test" tests="3" failures="1" errors="0" skipped="0"',
    )
    expect(xml).toContain('&#34;&#60;&#38;&#62;&#34; == input.x')
  })

  test('what does not compile is named, all of it, and is 2', () => {
    const { code, err } = run(['test'], {
      'policy/a.rego': 'package a\n\np if {\n',
      'policy/b.rego': 'package b\n\np := 1 +\n',
    })
    expect(code).toBe(2)
    expect(err).toMatch(/^policy\/a\.rego:\d+:\d+: rego_parse_error/m)
    expect(err).toMatch(/^policy\/b\.rego:\d+:\d+: rego_parse_error/m)
  })
})

describe('policy check', () => {
  test('is quiet about what is right', () => {
    expect(run(['check', 'policy'])).toMatchObject({
      code: 0,
      out: '',
      err: '0 errors, 0 warnings\n',
    })
  })

  test('names a misspelt attribute and the nearest one, through variables and functions', () => {
    const { code, out } = run(['check'], {
      'policy/p.rego': `package p

import rego.v1

deny contains name if {
	some name, bucket in input.resource.aws_s3_bucket
	bucket.versionning[0].enabled
}

deny contains "x" if {
	some sg in input.resource.aws_security_group
	some rule in sg.ingress
	bad(rule)
}

bad(rule) if rule.cidr_block[_] == "0.0.0.0/0"

deny contains "y" if input.resource.aws_s3_bukcet[_]

deny contains "z" if input.resource.aws_security_group[_].ingress[_].from_port == "22"
`,
    })
    expect(code).toBe(1)
    expect(
      out,
    ).toBe(`policy/p.rego:7:2: rego_type_error: undefined ref: bucket.versionning[0].enabled: there is no 'versionning'; did you mean 'versioning'?
policy/p.rego:16:14: rego_type_error: undefined ref: rule.cidr_block[_]: there is no 'cidr_block'; did you mean 'cidr_blocks'?
policy/p.rego:20:22: rego_type_error: match error; left  : number; right : string
warning: policy/p.rego:18:37: unknown_type: no resource type is called 'aws_s3_bukcet'; did you mean 'aws_s3_bucket'?
`)
  })

  test('leaves policies alone that were written for another input', () => {
    const { code, out } = run(['check'], {
      'policy/kubernetes.rego':
        'package k8s\n\ndeny contains "x" if input.review.object.spec.containers[_].image == input.parameters.image\n',
      'policy/plan.rego':
        'package plan\n\ndeny contains r.address if {\n\tsome r in input.resource_changes\n\tr.change.after.acl == "public"\n}\n',
      'policy/authz.rego':
        'package authz\n\nallow if {\n\tinput.resource.owner == input.user.name\n\tinput.action == "read"\n}\n\nmine if input.resource == "x"\n',
      'policy/kubernetes.yaml': 'apiVersion: v1\nkind: Role\nmetadata: { name: x }\nrules: []\n',
      'policy/plan.yaml': 'a: 1\n---\nb: 2\n',
      'policy/p.rego': policy,
    })
    expect([code, out]).toEqual([0, ''])
  })

  test('knows slips of the names at the top, and in the list of resources', () => {
    const { code, out } = run(['check'], {
      'policy/p.rego':
        'package p\n\ndeny contains "x" if input.resourse.aws_s3_bucket[_]\n\ndeny contains "y" if input.acount_tags.environment == "x"\n\ndeny contains "z" if input.resources[_].adress == "x"\n',
    })
    expect(code).toBe(1)
    for (const name of ['resource', 'account_tags', 'address'])
      expect(out).toContain(`did you mean '${name}'?`)
  })

  test('offers what opa takes too for a wildcard under not, and refuses it when strict', () => {
    const files = {
      'policy/p.rego':
        'package p\n\nimport rego.v1\n\ndeny contains name if {\n\tsome name, bucket in input.resource.aws_s3_bucket\n\tnot bucket.versioning[_].enabled == true\n}\n',
    }
    const { code, out } = run(['check'], files)
    expect(code).toBe(0)
    expect(out).toContain(
      'Portable: has_enabled(bucket) if bucket.versioning[_].enabled == true; not has_enabled(bucket)\n',
    )
    const strict = run(['check', '--strict'], files)
    expect([strict.code, strict.out]).toEqual([
      1,
      'policy/p.rego:7:2: rego_unsafe_var_error: var _ is unsafe\n',
    ])
  })

  test('strict finds what nobody uses', () => {
    const { code, out } = run(['check', '--strict'], {
      'policy/p.rego': 'package p\n\nimport data.q\n\np if {\n\tx := 1\n\tinput.y\n}\n',
    })
    expect(code).toBe(1)
    expect(out).toContain('policy/p.rego:3:1: rego_compile_error: import data.q unused')
    expect(out).toContain('policy/p.rego:6:2: rego_compile_error: assigned var x unused')
  })

  test('json', () => {
    const { out } = run(['check', '--format', 'json'], { 'policy/p.rego': 'package p\n\np if x\n' })
    expect(JSON.parse(out)).toEqual({
      errors: [
        {
          file: 'policy/p.rego',
          row: 3,
          col: 6,
          code: 'rego_unsafe_var_error',
          message: 'var x is unsafe',
        },
      ],
      warnings: [],
    })
  })
})

describe('policy eval', () => {
  const code = {
    ...good,
    'infra/main.tf':
      'variable "x" {}\nresource "aws_s3_bucket" "a" {\n  acl = "public-read"\n  bucket = var.x\n}\n',
  }

  test('over the input of a scan, with what is not known', () => {
    const { out, err } = run(['eval', 'data.p.deny', '--data', 'policy', '--code', 'infra'], code)
    expect(JSON.parse(out)).toEqual(['a is open'])
    expect(err).toBe('')
    const all = run(['eval', 'input.resource', '--code', 'infra'], code)
    expect(JSON.parse(all.out)).toEqual({ aws_s3_bucket: { a: { acl: 'public-read' } } })
    expect(all.err).toBe('not known: aws_s3_bucket.a bucket: var.x has no value\n')
  })

  test('over an input of its own, with bindings; undefined is 1, a mistake 2', () => {
    const files = { ...good, 'in.yaml': 'a: [1, 2]\n' }
    expect(
      JSON.parse(
        run(['eval', 'x := input.a[i]', '--input', 'in.yaml', '--format', 'json'], files).out,
      ),
    ).toEqual([
      { x: 1, i: 0 },
      { x: 2, i: 1 },
    ])
    expect(run(['eval', 'input.b', '--input', 'in.yaml'], files)).toMatchObject({
      code: 1,
      out: 'undefined\n',
    })
    expect(run(['eval', '1 +'], files)).toMatchObject({ code: 2, out: '' })
  })
})

test('policy new writes a policy that its tests hold', () => {
  const top = folder({})
  const made = batten(['policy', 'new', 'aws.s3.owners', '--type', 'aws_s3_bucket'], { cwd: top })
  expect(made.out).toBe('policy/aws/s3/owners.rego\npolicy/aws/s3/owners_test.rego\n')
  expect(readFileSync(`${top}/policy/aws/s3/owners.rego`, 'utf8')).toContain(
    'package aws.s3.owners\n',
  )
  expect(batten(['policy', 'test', '--threshold', '100'], { cwd: top })).toMatchObject({ code: 0 })
  expect(batten(['policy', 'check', '--strict'], { cwd: top })).toMatchObject({ code: 0 })
  const again = batten(['policy', 'new', 'aws.s3.owners'], { cwd: top })
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')])
  expect(batten(['policy', 'new', 'a-b'], { cwd: top }).code).toBe(2)
})

test('batten policy alone says what there is', () => {
  expect(run([])).toMatchObject({
    code: 2,
    err: expect.stringContaining('test|check|fmt|eval|new'),
  })
  expect(run(['test', '--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('--coverage'),
  })
})
