import { expect, test } from 'vitest'
import type { Baseline } from './baseline.ts'
import { triage } from './index.ts'
import { parseMutelist } from './mutelist.ts'
import { checkNames } from './names.ts'
import { sampleFinding, sampleResource } from './sample.ts'
import { readSkips } from './skips.ts'

const names = checkNames([{ id: 'rds_instance_storage_encrypted', aliases: ['CKV_AWS_16'] }])
const now = new Date('2026-06-15T12:00:00Z')
const yaml = (more = '') => `Mutelist:
  Accounts:
    '*':
      Checks:
        rds_instance_storage_encrypted:
          Regions: ['*']
          Resources: ['*']
${more}`
const skips = (text: string) => readSkips([{ file: 'main.tf', line: 12, text }], names)
const resource = sampleResource()
const baseline: Baseline = {
  file: 'b.json',
  entries: new Map(
    (['f00d', 'gone', 'gone too'] as const).map(Fingerprint => [
      Fingerprint,
      { Fingerprint, CheckID: 'rds_instance_storage_encrypted', ResourceId: 'a.b', Status: 'FAIL' },
    ]),
  ),
}

test('with nothing to say the finding stays as it is', () => {
  const finding = sampleFinding()
  expect(triage({ names, now }).mark(finding, resource)).toBe(finding)
  expect(triage({ names, now }).warnings()).toEqual([])
})

test('marks what a mutelist mutes, with the reason as written', () => {
  const mutelist = parseMutelist(yaml("          Reason: 'agreed'\n"), 'mutes.yaml')
  const finding = sampleFinding()
  expect(triage({ names, now, mutelist }).mark(finding, resource)).toEqual({
    ...finding,
    Muted: true,
    MuteReason: 'agreed',
    MutedBy: 'mutelist mutes.yaml:5',
  })
})

test('without a reason it says where the mute stands', () => {
  const mutelist = parseMutelist(yaml(), 'mutes.yaml')
  expect(triage({ names, now, mutelist }).mark(sampleFinding(), resource).MuteReason).toBe(
    'mutelist mutes.yaml:5',
  )
})

test('the comment beside the code speaks first, and neither is called unused', () => {
  const mutelist = parseMutelist(yaml("          Reason: 'agreed'\n"), 'mutes.yaml')
  const marks = triage({ names, now, mutelist, skips: skips('# checkov:skip=CKV_AWS_16:here') })
  const marked = marks.mark(sampleFinding(), resource)
  expect([marked.MuteReason, marked.MutedBy]).toEqual(['here', 'inline skip main.tf:12'])
  expect(marks.warnings()).toEqual([])
})

test('counts what does not pass in the pass that asks for it', () => {
  const mutelist = parseMutelist(yaml(), 'mutes.yaml')
  const marks = triage({ names, now, mutelist })
  const tally = new Map<string, number>()
  marks.mark(sampleFinding(), resource, tally)
  marks.mark(sampleFinding({ Status: 'UNKNOWN' }), resource, tally)
  const passed = marks.mark(sampleFinding({ Status: 'PASS' }), resource, tally)
  marks.mark(sampleFinding(), resource)
  expect([...tally]).toEqual([['mutelist mutes.yaml', 2]])
  expect(passed.Muted).toBe(true)
  expect(passed.Status).toBe('PASS')
})

test('tells what the baseline lacks, and what it has for nothing', () => {
  const marks = triage({ names, now, baseline })
  expect(marks.mark(sampleFinding(), resource).New).toBe(false)
  expect(marks.mark(sampleFinding({ Fingerprint: 'other' }), resource).New).toBe(true)
  expect(marks.mark(sampleFinding({ Status: 'PASS' }), resource).New).toBe(null)
  expect(marks.warnings()).toEqual([
    {
      message:
        '2 entries of the baseline occur no more (rds_instance_storage_encrypted of a.b …): batten baseline write',
      file: 'b.json',
    },
  ])
})

test('entries of checks that did not run are not called stale', () => {
  expect(triage({ names, now, baseline, selected: () => false }).warnings()).toEqual([])
})

test('says when tags are needed', () => {
  const mutelist = parseMutelist(yaml("          Tags: ['a=b']\n"), 'mutes.yaml')
  expect(triage({ names, now, mutelist }).needsTags).toBe(true)
  expect(triage({ names, now }).needsTags).toBe(false)
})
