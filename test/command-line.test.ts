import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { batten, bin, findings, folder, start } from './cli.ts'

const open =
  'resource "aws_ebs_volume" "data" {\n  availability_zone = "eu-west-1a"\n  size = 8\n  encrypted = false\n}\n'
const sound = open.replace('false', 'true')
const one = ['--checks', 'ec2_ebs_volume_encryption']

test('help alone exits 0 and names the commands', () => {
  const { code, out } = batten([])
  expect(code).toBe(0)
  expect(out).toContain('iac [PATH…]')
})

test.each([
  'aws',
  'iac',
  'scan',
  'doctor',
  'checks',
  'compliance',
  'baseline',
  'mutes',
  'policy',
  'remediate',
  'sandbox',
])('batten %s --help says how it is used', command => {
  const { code, out, err } = batten([command, '--help'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(new RegExp(`^Usage: batten ${command} `))
})

test('findings exit 1, none 0, --soft-fail 0', () => {
  expect(batten(['iac', folder({ 'a.tf': open }), ...one]).code).toBe(1)
  expect(batten(['iac', folder({ 'a.tf': sound }), ...one]).code).toBe(0)
  expect(batten(['iac', folder({ 'a.tf': open }), ...one, '--soft-fail']).code).toBe(0)
  expect(batten(['iac', folder({ 'a.tf': open }), ...one, '--exit-code-on-fail', '3']).code).toBe(3)
})

test('an unknown flag, command or check is 2 and names the nearest', () => {
  const flag = batten(['iac', '--severty', 'high'])
  expect([flag.code, flag.err]).toEqual([2, expect.stringContaining('--severity')])
  const command = batten(['iacc'])
  expect([command.code, command.err]).toEqual([2, expect.stringContaining("'iac'")])
  const check = batten(['iac', '.', '--checks', 'ec2_ebs_volume_encription'])
  expect([check.code, check.err]).toEqual([2, expect.stringContaining('ec2_ebs_volume_encryption')])
  for (const run of [flag, command, check]) expect(run.err).not.toMatch(/\n\s+at /)
})

test('a missing path is 2, an empty folder 3 and never a PASS', () => {
  const missing = batten(['iac', join(folder({}), 'none')])
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('none')])
  const empty = batten(['iac', folder({})])
  expect([empty.code, empty.err]).toEqual([3, expect.stringContaining('nothing to scan')])
})

test('a path after a variadic flag is a path', () => {
  const top = folder({ 'infra/a.tf': open })
  const { code, list } = findings(['iac', '--severity', 'critical', 'high', 'infra'], { cwd: top })
  expect(code).toBe(1)
  expect(list.map(finding => finding.File)).toContain('infra/a.tf')
})

test('a service is a service, beside a folder of its name', () => {
  const top = folder({ 'ec2/a.tf': open, 'b.tf': open.replace('"data"', '"other"') })
  const beside = findings(['iac', '--services', 'ec2', '--status', 'FAIL'], { cwd: top })
  expect(beside.list.map(finding => finding.File)).toContain('b.tf')
  const within = findings(['iac', '--services', 'ec2', './ec2'], { cwd: top })
  expect(new Set(within.list.map(finding => finding.File))).toEqual(new Set(['ec2/a.tf']))
})

test('a closed pipe is quiet', () => {
  const top = folder({
    'a.tf': Array.from({ length: 400 }, (_, n) => open.replace('data', `d${n}`)).join('\n'),
  })
  const { stderr } = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${bin}" iac "${top}" --format json | head -c 100`],
    {
      encoding: 'utf8',
    },
  )
  expect(stderr).not.toMatch(/EPIPE|\n\s+at /)
})

test('reports that cannot be written exit 3 and leave nothing torn', () => {
  const top = folder({ 'a.tf': sound, occupied: 'a file, not a folder' })
  const { code, err } = batten(
    ['iac', 'a.tf', ...one, '-M', 'json', '--output-directory', 'occupied/reports'],
    { cwd: top },
  )
  expect([code, err]).toEqual([3, expect.stringContaining('cannot write the reports')])
  expect(readdirSync(top).sort()).toEqual(['a.tf', 'occupied'])
})

test('two runs at once into one folder write whole reports', async () => {
  const top = folder({ 'a.tf': open })
  const run = () =>
    new Promise(done =>
      start(['iac', 'a.tf', '-M', 'json', 'csv', '--output-filename', 'r'], { cwd: top }).on(
        'close',
        done,
      ),
    )
  expect(await Promise.all([run(), run()])).toEqual([1, 1])
  expect(JSON.parse(readFileSync(join(top, 'output/r.json'), 'utf8'))).not.toEqual([])
  expect(readdirSync(join(top, 'output')).filter(name => name.endsWith('.tmp'))).toEqual([])
})

test('the bytes of a report do not depend on the time zone or the language', () => {
  const top = folder({ 'a.tf': open })
  const here = batten(['iac', 'a.tf', '--format', 'csv'], {
    cwd: top,
    env: { TZ: 'UTC', LANG: 'C' },
  })
  const there = batten(['iac', 'a.tf', '--format', 'csv'], {
    cwd: top,
    env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8' },
  })
  expect(here.out).toBe(there.out)
})

test('an interrupt ends with 130, and leaves no torn report', async () => {
  const top = folder({
    'a.tf': Array.from({ length: 3000 }, (_, n) => open.replace('data', `d${n}`)).join('\n'),
  })
  const child = start(['iac', top, '--format', 'json', '-M', 'json', '--output-filename', 'r'], {
    cwd: top,
  })
  const code = await new Promise(done => {
    child.on('close', done)
    // Not before the first bytes: a signal finds a program that has only begun to load without a handler.
    child.stdout.once('data', () => child.kill('SIGINT'))
    child.stdout.resume()
  })
  expect(code).toBe(130)
  expect(readdirSync(join(top, 'output')).sort()).toEqual(['r.json', 'r.summary.json'])
  expect(JSON.parse(readFileSync(join(top, 'output/r.json'), 'utf8')).length).toBeGreaterThan(3000)
})

test('batten.yaml sets what the command line leaves open, and a mistake in it is 2 with its line', () => {
  const top = folder({ 'a.tf': open, 'batten.yaml': 'checks:\n  - ec2_ebs_volume_encryption\n' })
  expect(findings(['iac'], { cwd: top }).list.map(finding => finding.CheckID)).toEqual([
    'ec2_ebs_volume_encryption',
  ])
  const wrong = batten(['iac'], {
    cwd: folder({ 'a.tf': open, 'batten.yaml': 'checks: [x]\nservreity: high\n' }),
  })
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining("batten.yaml:2: unknown setting 'servreity'"),
  ])
})

test('batten scan reads what batten.yaml names, and is 2 without one', () => {
  const top = folder({ 'infra/a.tf': open, 'batten.yaml': 'scan:\n  iac: [infra]\n' })
  expect(batten(['scan', ...one], { cwd: top }).code).toBe(1)
  mkdirSync(join(top, '.git'))
  expect(batten(['scan'], { cwd: folder({}) }).code).toBe(2)
})

test('checks list and show', () => {
  const { out } = batten(['checks', 'list', '--format', 'json'])
  const list = JSON.parse(out) as readonly Record<string, unknown>[]
  expect(list.length).toBeGreaterThanOrEqual(80)
  expect(Object.keys(list[0] ?? {})).toEqual([
    'id',
    'title',
    'provider',
    'service',
    'severity',
    'resourceTypes',
    'aliases',
    'sources',
  ])
  expect(batten(['checks', 'show', 'CKV_AWS_3']).out).toContain('# ec2_ebs_volume_encryption')
})

test('a baseline is made of the reports of earlier scans, too', () => {
  const top = folder({ 'a.tf': 'resource "aws_ebs_volume" "a" {}\n' })
  const scan = (...args: string[]) =>
    batten(['iac', 'a.tf', '--checks', 'ec2_ebs_volume_encryption', ...args], { cwd: top })
  scan('-M', 'json', 'ndjson', '--output-filename', 'now')
  for (const report of ['output/now.json', 'output/now.ndjson']) {
    const { code, err } = batten(['baseline', 'write', report, '--baseline', 'b.json'], {
      cwd: top,
    })
    expect(err).toBe('wrote b.json: 1 findings\n')
    expect(code).toBe(0)
    expect(scan('--baseline', 'b.json', '--new-only').code).toBe(0)
  }
  const mixed = batten(['baseline', 'write', 'output/now.json', 'a.tf'], { cwd: top })
  expect(mixed.code).toBe(2)
  expect(mixed.err).toContain('a.tf is no report')
})

test('a baseline hides what it knows and shows what is new', () => {
  const top = folder({ 'a.tf': open })
  expect(
    batten(['baseline', 'write', 'a.tf', '--baseline', 'b.json', ...one], { cwd: top }).code,
  ).toBe(0)
  expect(
    batten(['iac', 'a.tf', '--baseline', 'b.json', '--new-only', ...one], { cwd: top }).code,
  ).toBe(0)
  const more = folder({
    'a.tf': open + open.replace('data', 'more'),
    'b.json': readFileSync(join(top, 'b.json'), 'utf8'),
  })
  const { code, list } = findings(['iac', 'a.tf', '--baseline', 'b.json', '--new-only', ...one], {
    cwd: more,
  })
  expect(code).toBe(1)
  expect(list.filter(finding => finding.Status === 'FAIL').map(finding => finding.Address)).toEqual(
    ['aws_ebs_volume.more'],
  )
})

test('several files of values are a matrix, each judged', () => {
  const top = folder({
    'a.tf': `variable "on" {\n  type = bool\n}\n${open.replace('false', 'var.on')}`,
    'dev.tfvars': 'on = false\n',
    'prod.tfvars': 'on = true\n',
  })
  const { code, list } = findings(
    ['iac', 'a.tf', ...one, '--var-file', 'dev.tfvars', '--var-file', 'prod.tfvars'],
    { cwd: top },
  )
  expect(code).toBe(1)
  expect(list.map(finding => finding.Status).sort()).toEqual(['FAIL', 'PASS'])
  expect(new Set(list.map(finding => finding.Fingerprint)).size).toBe(2)
})
