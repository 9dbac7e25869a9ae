import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { batten, findings, folder } from './cli.ts'

const policy = `package aws.s3.owners

import rego.v1

deny contains msg if {
	some name, bucket in input.resource.aws_s3_bucket
	not bucket.tags.owner
	msg := sprintf("bucket '%s' has no owner", [name])
}
`
const metadata = `# METADATA
# title: Buckets have an owner
# description: What nobody owns, nobody mends.
# related_resources:
#   - ref: https://example.com/owners
# custom:
#   id: org_bucket_owner
#   severity: HIGH
#   remediation: Add an owner tag.
#   frameworks:
#     Org_Baseline: ["3.1"]
#     cis_2.0_aws: ["2.1.4"]
`
const sidecar = `title: Buckets have an owner
description: What nobody owns, nobody mends.
url: https://example.com/owners
id: org_bucket_owner
severity: HIGH
remediation: Add an owner tag.
frameworks:
  Org_Baseline: ["3.1"]
  cis_2.0_aws: ["2.1.4"]
`
const infra = {
  'infra/main.tf':
    'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\nresource "aws_s3_bucket" "b" {\n  tags = { owner = "x" }\n}\n',
}
const told = { ...infra, 'policy/owners.rego': metadata + policy }
const beside = { ...infra, 'policy/owners.rego': policy, 'policy/owners.yaml': sidecar }

const scan = ['iac', 'infra', '--policy-dir', 'policy']
const only = [...scan, '--checks', 'org_bucket_owner']

describe.each([
  ['METADATA', told],
  ['a sidecar', beside],
])('what %s says of a policy', (_, files) => {
  test('is in every report', () => {
    const cwd = folder(files)
    const formats = ['json', 'csv', 'html', 'sarif', 'junit', 'markdown']
    const run = batten([...only, '-M', ...formats, '--output-filename', 'r'], { cwd })
    expect(run.code).toBe(1)
    expect(run.out).toContain('Buckets have an owner  org_bucket_owner')
    const read = (ending: string) => readFileSync(`${cwd}/output/r.${ending}`, 'utf8')
    expect(JSON.parse(read('json'))[0]).toMatchObject({
      CheckID: 'org_bucket_owner',
      CheckTitle: 'Buckets have an owner',
      Severity: 'HIGH',
      Remediation: { Recommendation: 'Add an owner tag.', Url: 'https://example.com/owners' },
      Compliance: { Org_Baseline: ['3.1'], 'cis_2.0_aws': ['2.1.4'] },
    })
    const [{ tool, results }] = JSON.parse(read('sarif')).runs
    expect(tool.driver.rules).toMatchObject([
      {
        id: 'org_bucket_owner',
        shortDescription: { text: 'Buckets have an owner' },
        fullDescription: { text: 'What nobody owns, nobody mends.' },
        helpUri: 'https://example.com/owners',
        defaultConfiguration: { level: 'error' },
        properties: { tags: expect.arrayContaining(['Org_Baseline', 'cis_2.0_aws']) },
      },
    ])
    expect(results).toMatchObject([
      { ruleId: 'org_bucket_owner', message: { text: "bucket 'a' has no owner" } },
    ])
    const html = read('html')
    for (const text of [
      'org_bucket_owner',
      'What nobody owns',
      'Add an owner tag.',
      'Org_Baseline',
    ])
      expect(html).toContain(text)
    for (const ending of ['csv', 'junit.xml', 'md'])
      for (const text of ['org_bucket_owner', 'Buckets have an owner', 'Add an owner tag.'])
        expect(read(ending)).toContain(text)
  })
})

describe('a policy with METADATA', () => {
  const files = told

  test('is chosen by its frameworks, also by one that Batten does not know', () => {
    const cwd = folder(files)
    const chosen = (...args: readonly string[]) =>
      findings([...scan, ...args], { cwd }).list.filter(
        ({ CheckID, Status }) => CheckID === 'org_bucket_owner' && Status === 'FAIL',
      ).length
    expect(chosen('--compliance', 'cis_2.0')).toBe(1)
    expect(chosen('--compliance', 'pci_4.0_aws')).toBe(0)
    const own = findings([...scan, '--compliance', 'org_baseline'], { cwd })
    expect(new Set(own.list.map(({ CheckID }) => CheckID))).toEqual(new Set(['org_bucket_owner']))
    const typo = batten([...scan, '--compliance', 'org_baselin'], { cwd })
    expect(typo).toMatchObject({
      code: 2,
      err: expect.stringContaining("did you mean 'org_baseline'?"),
    })
  })

  test('is listed and shown with the checks', () => {
    const cwd = folder({ ...files, '.git/HEAD': '', 'batten.yaml': 'policies: [policy]\n' })
    const list = (...args: readonly string[]) =>
      JSON.parse(batten(['checks', 'list', '--format', 'json', ...args], { cwd }).out)
    const named = { id: 'org_bucket_owner', service: 's3', resourceTypes: ['aws_s3_bucket'] }
    expect(list()).toContainEqual(expect.objectContaining(named))
    expect(list('--severity', 'high')).toContainEqual(expect.objectContaining(named))
    expect(list('--severity', 'low')).not.toContainEqual(expect.objectContaining(named))
    const elsewhere = folder({ 'mine/owners.rego': metadata + policy })
    const shown = batten(['checks', 'show', 'org_bucket_owner', '--policy-dir', 'mine'], {
      cwd: elsewhere,
    })
    expect(shown.out).toContain('What nobody owns, nobody mends.')
    expect(batten(['checks', 'show', 'org_bucket_owner'], { cwd: elsewhere }).code).toBe(2)
  })
})

test('a policy is muted by its id, which the look at the mutelist knows, and kept in a baseline', () => {
  const mutes = `Mutelist:
  Accounts:
    "*":
      Checks:
        org_bucket_owner:
          Regions: ["*"]
          Resources: ["^a$"]
          Description: known
`
  const cwd = folder({ ...told, 'mutes.yaml': mutes })
  const muted = findings([...only, '--mutelist-file', 'mutes.yaml'], { cwd })
  expect(muted.code).toBe(0)
  expect(muted.list).toContainEqual(
    expect.objectContaining({
      Status: 'FAIL',
      Muted: true,
      MuteReason: expect.stringContaining('known'),
    }),
  )
  const look = (...args: readonly string[]) =>
    batten(['mutes', 'check', 'mutes.yaml', ...args], { cwd })
  expect(look('--policy-dir', 'policy')).toMatchObject({ code: 0, out: '' })
  expect(look()).toMatchObject({ code: 1, out: expect.stringContaining('names no check') })
  const baseline = ['baseline', 'write', 'infra', '--policy-dir', 'policy']
  expect(batten([...baseline, '--checks', 'org_bucket_owner'], { cwd }).code).toBe(0)
  const again = findings([...only, '--baseline', '.batten-baseline.json', '--new-only'], { cwd })
  expect([again.code, again.list.filter(({ Status }) => Status === 'FAIL')]).toEqual([0, []])
})
