import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { select } from '../src/engine/select.ts'
import { frameworkCards, requirementsOf } from '../src/frameworks/framework.ts'
import { batten, bin, findings, folder } from './cli.ts'

const open = `
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 8
  encrypted         = false
}
resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.data.id
}
`
const code = () => folder({ 'a.tf': open })
const cis = ['--compliance', 'cis_2.0_aws']

test('--compliance judges what the framework names, and findings say for which requirement', () => {
  const { code: exit, list } = findings(['iac', code(), ...cis])
  expect(exit).toBe(1)
  expect(list.map(({ CheckID, Compliance }) => [CheckID, Compliance])).toEqual([
    ['ec2_ebs_volume_encryption', { 'cis_2.0_aws': ['2.2.1'] }],
  ])
})

test('several frameworks add up, and a name may lack its end', () => {
  const { list } = findings(['iac', code(), '--compliance', 'cis_2.0', 'hipaa'])
  const found = list.find(({ CheckID }) => CheckID === 'ec2_ebs_volume_encryption')
  expect(Object.keys(found?.Compliance ?? {})).toEqual(['cis_2.0_aws', 'hipaa_aws'])
  expect(new Set(list.map(({ CheckID }) => CheckID)).size).toBeGreaterThan(1)
})

test('it narrows with other filters, and nothing left is 2', () => {
  const checks = ['--checks', 'ec2_ebs_public_snapshot']
  const { code: exit, err } = batten(['iac', code(), ...cis, ...checks])
  expect([exit, err]).toEqual([2, expect.stringContaining('no check is selected')])
})

test.each([
  ['cis_2.0_asw', "did you mean 'cis_2.0_aws'?"],
  ['cis', 'it may be cis_1.4_aws'],
  ['__proto__', 'batten compliance list'],
])('an unknown framework is 2: %s', (name, hint) => {
  for (const args of [
    ['iac', code(), '--compliance', name],
    ['compliance', 'show', name],
  ]) {
    const { code: exit, out, err } = batten(args)
    expect([exit, out, err]).toEqual([2, '', expect.stringContaining(hint)])
    expect(err).not.toMatch(/\n\s+at /)
  }
})

test('without --compliance, formats that show requirements have those of all frameworks', () => {
  const { list } = findings(['iac', code(), '--checks', 'ec2_ebs_volume_encryption'])
  const frameworks = Object.keys(list[0]?.Compliance ?? {})
  expect(frameworks).toEqual(expect.arrayContaining(['cis_1.4_aws', 'cis_2.0_aws', 'soc2_aws']))
  const top = code()
  batten(['iac', top, '-M', 'csv', 'html', '--output-filename', 'r', ...cis], { cwd: top })
  for (const file of ['r.csv', 'r.html'])
    expect(readFileSync(join(top, 'output', file), 'utf8')).toContain('cis_2.0_aws')
})

test('a scan whose formats show no requirements has none, and says so in none', () => {
  const { out } = batten(['iac', code(), '--format', 'sarif'])
  expect(out).not.toContain('cis_2.0_aws')
  expect(batten(['iac', code(), '--format', 'sarif', ...cis]).out).toContain('cis_2.0_aws')
})

test('compliance list and show, for people and programs', () => {
  const list = JSON.parse(batten(['compliance', 'list', '--format', 'json']).out)
  expect(list).toContainEqual({
    id: 'cis_2.0_aws',
    name: 'CIS AWS Foundations Benchmark 2.0',
    provider: 'aws',
    requirements: 64,
  })
  const shown = JSON.parse(batten(['compliance', 'show', 'cis_2.0_aws', '--format', 'json']).out)
  expect(shown.requirements).toHaveLength(64)
  expect(shown.requirements).toContainEqual({
    id: '5.4',
    title: 'Default security groups',
    checks: ['ec2_securitygroup_default_restrict_traffic'],
    notJudgedYet: [],
    manual: null,
  })
  const { out } = batten(['compliance', 'show', 'cis_2.0_aws'])
  expect(out).toContain('by hand: Only people know')
  expect(out).toContain('certifies nothing')
  expect(batten(['compliance']).out).toContain('cis_2.0_aws')
  expect(batten(['compliance', 'show']).code).toBe(2)
  expect(batten(['compliance', 'shwo']).code).toBe(2)
})

test('every framework names checks that exist, and every requirement has an answer', async () => {
  const ids = new Set((await select({})).checks.map(check => check.id))
  const cards = await frameworkCards()
  expect(cards.length).toBeGreaterThanOrEqual(40)
  for (const card of cards) {
    const file = (await card.load()).default
    const requirements = requirementsOf(file)
    expect(requirements).toHaveLength(card.requirements)
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(card.requirements)
    expect(Object.keys(file.checks).filter(id => !ids.has(id))).toEqual([])
    expect(Object.keys(file.missing).filter(id => ids.has(id))).toEqual([])
    const silent = requirements.filter(
      ({ checks, missing, manual }) => checks.length + missing.length === 0 && manual === null,
    )
    expect(silent.map(({ id }) => `${card.id} ${id}`)).toEqual([])
  }
})

test('every requirement of CIS 2.0 has words of ours', async () => {
  const card = (await frameworkCards()).find(({ id }) => id === 'cis_2.0_aws')
  const file = (await card?.load())?.default
  const requirements = file ? requirementsOf(file) : []
  expect(requirements.filter(({ title }) => title === null)).toEqual([])
  expect(requirements.map(({ id }) => id).slice(0, 11)).toEqual(
    '1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 1.10 1.11'.split(' '),
  )
})

test('a scan that shows no requirements loads no framework', () => {
  const dist = folder({ 'package.json': '{"type":"module"}' })
  cpSync(dirname(bin), dist, { recursive: true })
  const chunks = readdirSync(dist).filter(name => name.includes('_aws.generated'))
  expect(chunks.length).toBeGreaterThanOrEqual(40)
  chunks.push(...readdirSync(dist).filter(name => name.startsWith('by-check.generated')))
  for (const chunk of chunks) rmSync(join(dist, chunk))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(dist, 'batten.js'), 'iac', code(), ...args]).status
  expect(run('--format', 'sarif')).toBe(1)
  expect(run('--format', 'sarif', ...cis)).toBe(4)
  expect(run('--format', 'json')).toBe(4)
})
