import { describe, expect, test } from 'vitest'
import { batten, findings, folder } from './cli.ts'

const good = `package good

import rego.v1

deny contains sprintf("%s denied", [name]) if some name, _ in input.resource.aws_s3_bucket
`
const code = { 'infra/main.tf': 'resource "aws_s3_bucket" "a" {}\n', 'policy/good.rego': good }

function scan(files: Readonly<Record<string, string | Uint8Array>>, ...args: readonly string[]) {
  const run = findings(
    ['iac', 'infra', '--policy-dir', 'policy', '--severity', 'medium', ...args],
    {
      cwd: folder({ ...code, ...files }),
    },
  )
  const own = run.list.filter(({ CheckID }) => /^(good|bad)\./.test(CheckID))
  return {
    ...run,
    own,
    said: own.map(({ Status, StatusExtended }) => `${Status} ${StatusExtended}`),
  }
}

/** The policy named is reported, the other has run, and nobody sees a stack. */
function expectAside(run: ReturnType<typeof scan>, message: RegExp): void {
  expect(run.err).toMatch(message)
  expect(run.err).not.toMatch(/\n\s+at /)
  expect(run.said).toContain('FAIL a denied')
}

describe('policies that do not compile', () => {
  const bad = {
    'policy/syntax.rego': 'package bad.syntax\n\ndeny contains "x" if {\n',
    'policy/unsafe.rego': 'package bad.unsafe\n\ndeny contains x if true\n',
    'policy/self.rego': 'package bad.self\n\ndeny contains "x" if count(deny) > 0\n',
    'policy/send.rego':
      'package bad.send\n\ndeny contains "x" if http.send({"method": "get", "url": "http://x"})\n',
    'policy/runtime.rego': 'package bad.runtime\n\ndeny contains opa.runtime().env.HOME\n',
    'policy/lookup.rego': 'package bad.lookup\n\ndeny contains "x" if net.lookup_ip_addr("x")\n',
    'policy/lib.rego': 'package lib\n\nf(x) := y\n',
    'policy/spoilt.rego':
      'package bad.spoilt\n\nimport data.lib\n\ndeny contains "x" if lib.f(1)\n',
  }
  const run = scan(bad)

  test.each([
    ['47 a syntax error', /gap: policy\/syntax\.rego:\d+:\d+: rego_parse_error/],
    ['47 an unsafe variable', /policy\/unsafe\.rego:3:\d+: rego_unsafe_var_error/],
    ['48 a rule that needs itself', /policy\/self\.rego:3:\d+: rego_recursion_error/],
    ['49 http.send', /policy\/send\.rego:3:\d+: rego_type_error: .*http\.send/],
    ['49 opa.runtime', /policy\/runtime\.rego:3:\d+: rego_type_error: .*opa\.runtime/],
    ['49 net.lookup_ip_addr', /policy\/lookup\.rego:3:\d+: rego_type_error: .*net\.lookup_ip_addr/],
    [
      '47 another policy that the bad one spoils',
      /policy\/spoilt\.rego:5:\d+: policy_error: needs data\.lib\.f of policy\/lib\.rego, which does not compile/,
    ],
  ])('%s is named', (_, message) => {
    expectAside(run, message)
  })

  test('the others run: 1 for what they find, 3 where that does not count', () => {
    expect(run.said).toEqual(['FAIL a denied'])
    expect(run.code).toBe(1)
    expect(scan(bad, '--soft-fail').code).toBe(3)
    expect(scan(bad, '--soft-fail', '--accept-gap', 'files').code).toBe(0)
  })

  test('whoever asks for one of them hears why it is not there', () => {
    const asked = batten(
      ['iac', 'infra', '--policy-dir', 'policy', '--checks', 'bad.syntax.deny'],
      {
        cwd: folder({ ...code, 'policy/syntax.rego': bad['policy/syntax.rego'] }),
      },
    )
    expect([asked.code, asked.out]).toEqual([2, ''])
    expect(asked.err).toMatch(
      /^batten: unknown check 'bad\.syntax\.deny'.*; a policy does not run: policy\/syntax\.rego:\d+:\d+: rego_parse_error/m,
    )
  })
})

describe('rules that break while they run', () => {
  const rules = {
    '48 a huge comprehension':
      'ns := numbers.range(1, 100000)\n\ndeny contains "x" if count([1 | some a in ns; some b in ns; a + b == 0]) > 0',
    '48 a range without end': 'deny contains "x" if count(numbers.range(1, 1e12)) > 1',
    '48 a text that grows':
      's(n) := replace(n, "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")\n\ndeny contains "x" if count(s(s(s(s(s(s("a"))))))) > 1',
    '51 a number': 'deny contains 1 if input.resource.aws_s3_bucket[_]',
    '51 null': 'deny contains null if input.resource.aws_s3_bucket[_]',
    '51 a list with a number': 'deny := ["x", 1] if input.resource.aws_s3_bucket[_]',
    '51 an object without a message': 'deny contains {"x": 1} if input.resource.aws_s3_bucket[_]',
    '51 a message that is no text': 'deny contains {"msg": 5} if input.resource.aws_s3_bucket[_]',
    '51 a severity that is none':
      'deny contains {"msg": "m", "severity": "worst"} if input.resource.aws_s3_bucket[_]',
    '51 two values':
      'deny := "x" if input.resource.aws_s3_bucket[_]\n\ndeny := "y" if input.resource.aws_s3_bucket[_]',
    '54 an object of two values for one key':
      'deny contains {"msg": m} if m := {k: v | k := "x"; some v in [1, 2]}.x\n\ndeny_other contains "still here" if input.resource.aws_s3_bucket[_]',
  }
  const names = Object.keys(rules).map((name, at) => [name, `bad.p${at}`] as const)
  const packages = Object.values(rules).map((rule, at) => [
    `policy/p${at}.rego`,
    `package bad.p${at}\n\nimport rego.v1\n\n${rule}\n`,
  ])
  const run = scan(Object.fromEntries(packages))
  const messages: Readonly<Record<string, RegExp>> = {
    '48 a huge comprehension': /eval_budget_error/,
    '48 a range without end': /eval_budget_error/,
    '48 a text that grows': /eval_budget_error/,
    '51 a number': /gives a number/,
    '51 null': /gives null/,
    '51 a list with a number': /gives a number/,
    '51 an object without a message': /without 'msg'/,
    '51 a message that is no text': /without 'msg'/,
    '51 a severity that is none': /severity "worst"/,
    '51 two values': /eval_conflict_error/,
    '54 an object of two values for one key': /eval_conflict_error/,
  }

  test.each(names)('%s is an error, UNKNOWN and no PASS (%s)', (name, home) => {
    const own = run.own.filter(({ CheckID }) => CheckID === `${home}.deny`)
    expect(own.map(({ Status }) => Status)).toContain('UNKNOWN')
    expect(own.map(({ Status }) => Status)).not.toContain('PASS')
    expect(own.map(({ UnknownReason }) => UnknownReason ?? '').join()).toMatch(
      messages[name] ?? /^$/,
    )
    expect(run.err).toContain(`gap: ${home}.deny: `)
  })

  test('and the rest runs, in the same file too', () => {
    expect(run.said).toContain('FAIL a denied')
    expect(run.said).toContain('FAIL still here')
    expect(run.err).not.toMatch(/\n\s+at /)
    expect(run.code).toBe(1)
  })
})

test('50 a pattern that would take for ever takes no time', () => {
  const run = scan({
    'policy/bad.rego': `package bad\n\nimport rego.v1\n\ndeny contains "x" if regex.match(\`^(a+)+$\`, "${'a'.repeat(40)}b")\n`,
  })
  expect(run.said).toEqual(['FAIL a denied'])
  expect(run.err).not.toContain('gap')
})

test('52 two policies of one id are an error that names both', () => {
  const named = (name: string) =>
    `# METADATA\n# custom:\n#   id: bad.mine\npackage ${name}\n\nimport rego.v1\n\ndeny contains "x" if input.resource.aws_s3_bucket[_]\n`
  const run = scan({ 'policy/bad.rego': named('one'), 'policy/worse.rego': named('two') })
  expectAside(
    run,
    /policy\/worse\.rego:8:1: policy_error: the id 'bad\.mine' of two\.deny is also that of one\.deny \(policy\/bad\.rego:8\)/,
  )
})

test("52 the id of one of Batten's checks is taken", () => {
  const run = scan({
    'policy/bad.rego':
      '# METADATA\n# custom:\n#   id: s3_bucket_object_versioning\npackage bad\n\ndeny contains "x" if true\n',
  })
  expectAside(run, /policy_error: the id 's3_bucket_object_versioning' is that of a check/)
})

test('53 what one policy puts in the place of the input, the next does not see', () => {
  const run = scan({
    'policy/bad.rego':
      'package bad\n\nimport rego.v1\n\ndeny contains "x" if {\n\tdata.good.deny with input as {"resource": {"aws_s3_bucket": {"forged": {}}}}\n}\n',
  })
  expect(run.said).toContain('FAIL a denied')
  expect(run.said.join()).not.toContain('forged')
})

test('files that are no policies are said, and those that are', () => {
  const { err } = batten(['iac', 'infra', '--policy-dir', 'policy', '--debug'], {
    cwd: folder({
      ...code,
      'policy/good_test.rego': 'package good\n\ntest_x if true\n',
      'policy/old.rego.bak': 'package x\n',
      'policy/README.md': '# x\n',
      'policy/other.json': '{}\n',
    }),
  })
  expect(err).toContain('policies: 1 file, 1 rule; passed over 3')
  expect(err).toContain('  policy/good.rego\n')
  expect(err).toContain('passed over policy/good_test.rego: holds tests')
  expect(err).toContain('passed over policy/old.rego.bak:')
  expect(err).toContain('passed over policy/other.json:')
  expect(err).not.toContain('README')
})

test('a policy for another tool, and what lies beside it, are said', () => {
  const { err } = scan({
    'policy/bad.rego':
      'package bad\n\ndeny contains r.address if some r in input.resource_changes\n',
    'policy/bad.yaml': 'apiVersion: v1\nkind: Pod\n',
  })
  expect(err).toContain(
    'warning: policy/bad.rego:3: policy bad.deny reads input.resource_changes, where scans give input.resource, input.resources and input.account_tags',
  )
  expect(err).toContain('passed over policy/bad.yaml: says nothing of the policy beside it')
})

test.each([
  ['a folder that is not there', ['--policy-dir', 'none'], 'none: no such folder'],
  ['a folder without a policy', ['--policy-dir', 'infra'], 'infra: no policy here'],
  [
    'a tag without a value',
    ['--policy-dir', 'policy', '--account-tag', 'x'],
    "--account-tag 'x' is not K=V",
  ],
])('%s is exit 2', (_, args, message) => {
  const run = batten(['iac', 'infra', ...args], { cwd: folder(code) })
  expect([run.code, run.err]).toEqual([2, expect.stringContaining(message)])
})

test('a file that is not UTF-8 is named', () => {
  const run = scan({ 'policy/bad.rego': Uint8Array.of(0xff, 0xfe, 0x41) })
  expectAside(run, /policy\/bad\.rego:1:1: policy_error: is not UTF-8/)
})

test('batten.yaml names folders from its own place, and none outside of its repository', () => {
  const inside = folder({
    ...code,
    '.git/HEAD': '',
    'batten.yaml': 'policies: [policy]\naccount-tag: { environment: production }\n',
    'policy/env.rego':
      'package bad\n\nimport rego.v1\n\ndeny contains input.account_tags.environment\n',
  })
  const run = findings(['iac', '.', '--severity', 'medium'], { cwd: `${inside}/infra` })
  const said = run.list.map(({ StatusExtended }) => StatusExtended)
  expect(said).toContain('a denied')
  expect(said).toContain('production')
  const outside = folder({
    'repo/.git/HEAD': '',
    'repo/batten.yaml': 'policies:\n  - ../elsewhere\n',
    'elsewhere/p.rego': good,
  })
  const refused = batten(['iac', '.'], { cwd: `${outside}/repo` })
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringContaining('batten.yaml:1: ../elsewhere is outside of this repository'),
  ])
})

test('a secret in a message is hidden', () => {
  const { out } = scan({
    'infra/db.tf': 'resource "aws_db_instance" "db" {\n  password = "hunter2hunter2"\n}\n',
    'policy/bad.rego':
      'package bad\n\nimport rego.v1\n\ndeny contains sprintf("password %s", [db.password]) if some db in input.resource.aws_db_instance\n',
  })
  expect(out).toContain('password (hidden)')
  expect(out).not.toContain('hunter2')
})
