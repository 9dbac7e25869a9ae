import { expect, test } from 'vitest'
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

test.each([
  [
    '47 a syntax error',
    'package bad\n\ndeny contains "x" if {\n',
    /gap: policy\/bad\.rego:\d+:\d+: rego_parse_error/,
  ],
  [
    '47 an unsafe variable',
    'package bad\n\ndeny contains x if true\n',
    /policy\/bad\.rego:3:\d+: rego_unsafe_var_error/,
  ],
  [
    '48 a rule that needs itself',
    'package bad\n\ndeny contains "x" if count(deny) > 0\n',
    /policy\/bad\.rego:3:\d+: rego_recursion_error/,
  ],
  [
    '49 http.send',
    'package bad\n\ndeny contains "x" if http.send({"method": "get", "url": "http://x"})\n',
    /policy\/bad\.rego:3:\d+: rego_\w+_error: .*http\.send/,
  ],
  [
    '49 opa.runtime',
    'package bad\n\ndeny contains opa.runtime().env.HOME\n',
    /policy\/bad\.rego:3:\d+: rego_\w+_error: .*opa\.runtime/,
  ],
  [
    '49 net.lookup_ip_addr',
    'package bad\n\ndeny contains "x" if net.lookup_ip_addr("x")\n',
    /policy\/bad\.rego:3:\d+: rego_\w+_error: .*net\.lookup_ip_addr/,
  ],
  [
    '47 another policy that the bad one spoils',
    'package bad\n\nimport data.lib\n\ndeny contains "x" if lib.f(1)\n',
    /policy\/bad\.rego:5:\d+: policy_error: needs data\.lib\.f of policy\/lib\.rego, which does not compile/,
  ],
])('%s: that policy only, exit 1 for the others', (name, text, message) => {
  const lib = name.includes('spoils') ? { 'policy/lib.rego': 'package lib\n\nf(x) := y\n' } : {}
  const run = scan({ 'policy/bad.rego': text, ...lib })
  expectAside(run, message)
  expect(run.code).toBe(1)
  expect(scan({ 'policy/bad.rego': text, ...lib }, '--soft-fail').code).toBe(3)
})

test('48 a huge comprehension meets its budget and is UNKNOWN', () => {
  const run = scan({
    'policy/bad.rego':
      'package bad\n\nimport rego.v1\n\nns := numbers.range(1, 100000)\n\ndeny contains "x" if count([1 | some a in ns; some b in ns; a + b == 0]) > 0\n',
  })
  expectAside(run, /gap: bad\.deny: .*eval_budget_error/)
  expect(run.said).toContainEqual(
    expect.stringMatching(/^UNKNOWN bad\.deny could not be evaluated: .*budget/),
  )
})

test('50 a pattern that would take for ever takes no time', () => {
  const run = scan({
    'policy/bad.rego': `package bad\n\nimport rego.v1\n\ndeny contains "x" if regex.match(\`^(a+)+$\`, "${'a'.repeat(40)}b")\n`,
  })
  expect(run.said).toContain('FAIL a denied')
})

test.each([
  ['a number', 'deny contains 1 if input.resource.aws_s3_bucket[_]', /gives a number/],
  [
    'an object without a message',
    'deny contains {"x": 1} if input.resource.aws_s3_bucket[_]',
    /without 'msg'/,
  ],
  [
    'a severity that is none',
    'deny contains {"msg": "m", "severity": "worst"} if input.resource.aws_s3_bucket[_]',
    /severity "worst"/,
  ],
  [
    'two values',
    'deny := "x" if input.resource.aws_s3_bucket[_]\n\ndeny := "y" if input.resource.aws_s3_bucket[_]',
    /eval_conflict_error/,
  ],
])('51 %s is an error and no PASS', (_, rule, message) => {
  const run = scan({ 'policy/bad.rego': `package bad\n\nimport rego.v1\n\n${rule}\n` })
  expectAside(run, message)
  expect(
    run.own.filter(({ CheckID }) => CheckID === 'bad.deny').map(({ Status }) => Status),
  ).not.toContain('PASS')
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

test('54 a rule that breaks leaves the rest of its file alone', () => {
  const run = scan({
    'policy/bad.rego': `package bad

import rego.v1

deny contains {"msg": m} if {
	m := {k: v | k := "x"; some v in [1, 2]}.x
}

deny_other contains "still here" if input.resource.aws_s3_bucket[_]
`,
  })
  expectAside(run, /gap: bad\.deny: .*eval_conflict_error/)
  expect(run.said).toContain('FAIL still here')
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
