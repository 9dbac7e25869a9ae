import { expect, test } from 'vitest'
import { policyScan } from './policy-harness.ts'

const main = { 'main.tf': 'resource "aws_s3_bucket" "a" {}\n' }
const found = 'some name, _ in input.resource.aws_s3_bucket'

test('deny, violation and warn, with suffixes, are rules; nothing else is', async () => {
  const names = [
    'deny',
    'deny_open',
    'violation',
    'violation_x',
    'warn',
    'warn_soon',
    'denial',
    'allow',
  ]
  const rules = names.map(name => `${name} contains "${name}" if input.resource.aws_s3_bucket[_]\n`)
  const { findings } = await policyScan({
    ...main,
    'policy/p.rego': `package test\n\nimport rego.v1\n\n${rules.join('\n')}`,
  })
  expect(findings.map(({ CheckID, Severity }) => `${CheckID} ${Severity}`)).toEqual([
    'test.deny MEDIUM',
    'test.deny_open MEDIUM',
    'test.violation MEDIUM',
    'test.violation_x MEDIUM',
    'test.warn LOW',
    'test.warn_soon LOW',
  ])
})

test('warn is a finding for the exit code only where low ones are asked for', async () => {
  const files = {
    ...main,
    'policy/p.rego': `package test\n\nimport rego.v1\n\nwarn contains "w" if ${found}\n`,
  }
  expect((await policyScan(files)).exit).toBe(0)
  expect((await policyScan(files, { failOn: 'high' })).exit).toBe(0)
  expect((await policyScan(files, { failOn: 'low' })).exit).toBe(1)
  expect((await policyScan(files, { failOn: 'informational' })).exit).toBe(1)
  expect((await policyScan(files)).findings).toMatchObject([{ Status: 'FAIL', Severity: 'LOW' }])
})

test('METADATA gives id, title, severity, remediation and frameworks', async () => {
  const { findings, report } = await policyScan({
    ...main,
    'policy/p.rego': `# METADATA
# title: No buckets
# description: Buckets leak.
# related_resources:
#   - ref: https://example.com/buckets
# custom:
#   id: ORG-1
#   severity: HIGH
#   remediation: Remove it.
#   frameworks:
#     org_1.0: ["1.2", 1.3]
#     default: [null]
package test

import rego.v1

deny contains sprintf("%s is a bucket", [name]) if ${found}
`,
  })
  expect(findings).toMatchObject([
    {
      CheckID: 'ORG-1',
      CheckTitle: 'No buckets',
      Severity: 'HIGH',
      StatusExtended: 'a is a bucket',
      Remediation: { Recommendation: 'Remove it.', Url: 'https://example.com/buckets' },
      Compliance: { 'org_1.0': ['1.2', '1.3'] },
    },
  ])
  expect(report.why?.('ORG-1')).toBe('Buckets leak.')
})

test('what is said of a rule goes before what is said of its package, and one id is not for two rules', async () => {
  const { findings } = await policyScan({
    ...main,
    'policy/p.rego': `# METADATA
# title: Package
# custom:
#   id: P
#   severity: low
package test

import rego.v1

# METADATA
# title: Own
# custom:
#   severity: critical
deny contains "d" if ${found}

deny_other contains "o" if ${found}
`,
  })
  expect(
    findings.map(({ CheckID, CheckTitle, Severity }) => [CheckID, CheckTitle, Severity]),
  ).toEqual([
    ['P.deny', 'Own', 'CRITICAL'],
    ['P.deny_other', 'Package', 'LOW'],
  ])
})

test('a sidecar says the same, and its mistakes are said', async () => {
  const policy = `package test\n\nimport rego.v1\n\ndeny contains "d" if ${found}\n\ndeny_two contains "t" if ${found}\n`
  const { findings } = await policyScan({
    ...main,
    'policy/p.rego': policy,
    'policy/p.yaml':
      'severity: high\nrules:\n  deny:\n    id: MINE\n    title: Mine\n  deny_two: { severity: info }\n',
  })
  expect(
    findings.map(({ CheckID, CheckTitle, Severity }) => [CheckID, CheckTitle, Severity]),
  ).toEqual([
    ['MINE', 'Mine', 'HIGH'],
    ['test.deny_two', 'Policy test: two', 'INFORMATIONAL'],
  ])
  const wrong = await policyScan({
    ...main,
    'policy/p.rego': policy,
    'policy/p.yaml': 'title: x\nseverty: high\nrules:\n  deny:\n    severity: worst\n',
  })
  expect(wrong.report.summary.gaps.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^policy\/p\.yaml:2:\d+: policy_error: unknown setting 'severty'/),
    expect.stringMatching(/^policy\/p\.yaml:5:\d+: policy_error: severity 'worst' is none of/),
  ])
})

test.each([
  ['contains', `deny contains "m" if ${found}`],
  ['a set before v1', 'deny["m"] { input.resource.aws_s3_bucket[_] }'],
  ['an object whose keys are the messages', `deny[msg] if {\n\t${found}\n\tmsg := "m"\n}`],
  ['an object with details', `deny["m"] := {"severity": "high"} if ${found}`],
  ['an object', `deny contains {"msg": "m"} if ${found}`],
  ['another word for it', `deny contains {"message": "m"} if ${found}`],
  ['one value', 'deny := "m" if input.resource.aws_s3_bucket[_]'],
  ['a list', 'deny := ["m"] if input.resource.aws_s3_bucket[_]'],
])('%s', async (name, rule) => {
  const imports = name === 'a set before v1' ? '' : 'import rego.v1\n\n'
  const text = `package test\n\n${name.startsWith('an object whose') ? 'import future.keywords\n\n' : imports}${rule}\n`
  const { findings } = await policyScan({ ...main, 'policy/p.rego': text })
  expect(findings.map(({ Status, StatusExtended }) => [Status, StatusExtended])).toEqual([
    ['FAIL', 'm'],
  ])
})

test('a rule that is only true denies in the words of its title', async () => {
  const { said } = await policyScan({
    ...main,
    'policy/p.rego':
      '# METADATA\n# title: No buckets at all\npackage test\n\nimport rego.v1\n\ndeny if some b in input.resource.aws_s3_bucket\n',
  })
  expect(said).toEqual(['FAIL aws_s3_bucket.a: S3 Bucket a fails: No buckets at all'])
})

test('policies are chosen by id, service and severity like checks', async () => {
  const files = {
    ...main,
    'policy/p.rego': `package aws.test\n\nimport rego.v1\n\ndeny contains {"msg": "m", "severity": s} if { ${found}; some s in ["high", "low"] }\n`,
  }
  const run = async (select: NonNullable<Parameters<typeof policyScan>[1]>['select']) =>
    (await policyScan(files, { builtin: true, ...(select && { select }) })).findings
      .filter(({ CheckID, Status }) => CheckID === 'aws.test.deny' && Status === 'FAIL')
      .map(({ Severity }) => Severity)
  expect(await run({ checks: ['aws.test.deny'] })).toEqual(['HIGH', 'LOW'])
  expect(await run({ excludedChecks: ['aws.test.deny'] })).toEqual([])
  expect(await run({ severity: ['high'] })).toEqual(['HIGH'])
  expect(await run({ services: ['test'] })).toEqual(['HIGH', 'LOW'])
  expect(await run({ services: ['s3'] })).toEqual([])
})

test('the message is in the fingerprint, lines are not', async () => {
  const policy = `package test\n\nimport rego.v1\n\ndeny contains msg if { ${found}; some msg in ["m", "n"] }\n`
  const run = async (code: string) =>
    (await policyScan({ 'main.tf': code, 'policy/p.rego': policy })).findings.map(
      ({ Fingerprint }) => Fingerprint,
    )
  const before = await run('resource "aws_s3_bucket" "a" {}\n')
  expect(new Set(before).size).toBe(2)
  expect(await run('\n\n# moved\nresource "aws_s3_bucket" "a" {\n}\n')).toEqual(before)
})

test('policies count towards coverage and score, and mutes know their ids', async () => {
  const { report } = await policyScan({
    'main.tf':
      '# batten:skip=test.deny: known\nresource "aws_s3_bucket" "a" {\n  # batten:skip=test.deny known\n}\nresource "aws_s3_bucket" "b" {\n  acl = "x"\n}\n',
    'policy/p.rego':
      'package test\n\nimport rego.v1\n\ndeny contains "m" if {\n\tsome b in input.resource.aws_s3_bucket\n\tnot b.acl\n}\n',
  })
  expect(report.summary.counts).toMatchObject({ pass: 1, fail: 1, muted: 1 })
  expect(report.summary.coverage).toEqual({ planned: 2, decided: 2, percent: 100 })
  expect(report.summary.checks).toBe(1)
})

test('data files and libraries are at hand', async () => {
  const { said } = await policyScan({
    ...main,
    'policy/limits/data.yaml': 'names: [a]\n',
    'policy/lib/names.rego':
      'package lib.names\n\nimport rego.v1\n\nis_bad(name) if name in data.limits.names\n',
    'policy/p.rego': `package test\n\nimport rego.v1\n\nimport data.lib.names\n\ndeny contains name if { ${found}; names.is_bad(name) }\n`,
  })
  expect(said).toEqual(['FAIL aws_s3_bucket.a: a'])
})

test('data.batten helps with tags and types', async () => {
  const { said } = await policyScan({
    'main.tf':
      'provider "aws" {\n  default_tags {\n    tags = { owner = "me" }\n  }\n}\nresource "aws_s3_bucket" "a" {\n  tags = { team = "" }\n}\n',
    'policy/p.rego': `package test

import rego.v1

import data.batten

deny contains sprintf("%s %s of %s misses %v", [batten.provider(r.type), batten.service(r.type), r.name, missing]) if {
	some r in batten.all("aws_s3_bucket")
	missing := batten.missing_tags(r.values, {"owner", "team", "cost"})
	count(missing) > 0
}
`,
  })
  expect(said).toEqual(['FAIL aws_s3_bucket.a: aws s3 of a misses {"cost", "team"}'])
})
