import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { awsFlags, type FlagValues, scanFlags } from '../src/cli/flags.ts'
import { settings } from '../src/cli/settings.ts'
import { UserError } from '../src/errors.ts'
import { batten, folder } from './cli.ts'

const open = 'resource "aws_ebs_volume" "a" {\n  availability_zone = "a"\n  size = 1\n}\n'
const one = ['--checks', 'ec2_ebs_volume_encryption']

/** A repository with somebody else's batten.yaml, and a folder beside it that is not theirs to reach. */
function repository(config: string): { readonly top: string; readonly beside: string } {
  const all = folder({
    'repo/.git/HEAD': '',
    'repo/a.tf': open,
    'repo/batten.yaml': config,
    'beside/secret.yaml': 'Mutelist:\n  Accounts: {}\n',
    'beside/b.tf': open,
  })
  return { top: join(all, 'repo'), beside: join(all, 'beside') }
}

const read = (top: string, given: FlagValues = {}) => settings(awsAndCode, given, {}, top)
const awsAndCode = [...new Map([...scanFlags, ...awsFlags].map(each => [each.name, each])).values()]

test.each([
  ['profile', 'production'],
  ['role', '[arn:aws:iam::123456789012:role/admin]'],
  ['external-id', 'x'],
  ['send', '[eventbridge]'],
  ['bus', 'arn:aws:events:us-east-1:999999999999:event-bus/theirs'],
])('a batten.yaml that was found may not say %s; one that is named may', async (key, value) => {
  const { top } = repository(`region: [us-east-1]\n${key}: ${value}\n`)
  await expect(read(top)).rejects.toThrow(
    new UserError(`${top}/batten.yaml:2: '${key}' is taken from a file only if --config names it`),
  )
  expect(await read(top, { config: 'batten.yaml' })).toHaveProperty(key)
  // What the command line says counts, whatever a file says.
  expect(await read(top, { [key]: 'mine' })).toMatchObject({ [key]: 'mine' })
})

test.each([
  ['mutelist-file', '../beside/secret.yaml'],
  ['baseline', '../beside/secret.yaml'],
  ['var-file', '[a.tf, ../beside/secret.yaml]'],
  ['output-directory', '../beside'],
  ['output-directory', '../repo-too'],
  ['output-directory', 'link/new'],
  ['output-directory', '/'],
  ['mutelist-file', 'link/secret.yaml'],
])('a batten.yaml that was found reaches nothing outside: %s: %s', async (key, value) => {
  const { top, beside } = repository(`output-formats: [json]\n${key}: ${value}\n`)
  symlinkSync(beside, join(top, 'link'))
  await expect(read(top)).rejects.toThrow(/batten.yaml:2: .* is outside of this repository/)
  expect(await read(top, { config: 'batten.yaml' })).toHaveProperty(key)
})

test('what lies inside is taken', async () => {
  const { top } = repository('output-directory: ..reports\nmutelist-file: a/../mutes.yaml\n')
  expect(await read(top)).toEqual({
    'output-directory': '..reports',
    'mutelist-file': 'a/../mutes.yaml',
  })
})

test('the command line asks before it trusts', () => {
  const { top } = repository('send: [eventbridge]\n')
  const run = batten(['aws', ...one], { cwd: top })
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("'send' is taken from a file")])
})

test('batten scan reads what lies in the repository of a batten.yaml that was found', () => {
  const { top } = repository('scan: { iac: [., ../beside] }\n')
  const run = batten(['scan'], { cwd: top })
  expect([run.code, run.err]).toEqual([
    2,
    expect.stringContaining('batten.yaml:1: ../beside is outside of this repository'),
  ])
})

test.each(['../out', 'a\\b', '.git', 'C:x', 'a\u001b[31m'])('reports are not called %j', name => {
  const { top } = repository(`output-formats: [json]\noutput-filename: ${JSON.stringify(name)}\n`)
  const run = batten(['iac', '.'], { cwd: top })
  expect([run.code, run.err]).toEqual([2, expect.stringContaining('is not a name of files')])
  expect(run.err).not.toContain('\u001b')
})

test('an output folder that is a link out of the tree is not written to, unless it is named', () => {
  const { top, beside } = repository('')
  symlinkSync(beside, join(top, 'output'))
  const run = batten(['iac', '.', ...one, '-M', 'json'], { cwd: top })
  expect([run.code, run.err]).toEqual([2, expect.stringContaining('a link that leads elsewhere')])
  const named = ['--output-directory', 'output', '--output-filename', 'r']
  expect(batten(['iac', 'a.tf', ...one, '-M', 'json', ...named], { cwd: top }).code).toBe(1)
  expect(readdirSync(beside)).toContain('r.json')
})

test('a report takes the place of a link, and what the link leads to stays', () => {
  const { top } = repository('')
  const mine = join(mkdtempSync(join(tmpdir(), 'batten-mine-')), 'mine')
  writeFileSync(mine, 'mine')
  mkdirSync(join(top, 'output'))
  symlinkSync(mine, join(top, 'output', 'r.json'))
  symlinkSync(mine, join(top, 'output', 'r.summary.json'))
  const args = ['iac', 'a.tf', ...one, '-M', 'json', '--output-filename', 'r']
  expect(batten(args, { cwd: top }).code).toBe(1)
  expect(readFileSync(mine, 'utf8')).toBe('mine')
  expect(JSON.parse(readFileSync(join(top, 'output', 'r.json'), 'utf8'))).toHaveLength(1)
})
