import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { batten, findings, folder } from './cli.ts'

const top = resolve(import.meta.dirname, '..')

test('the policies to begin with keep their tests, wholly covered, and pass the check', () => {
  const tested = batten(['policy', 'test', 'examples/policy', '--threshold', '100'], { cwd: top })
  expect([tested.code, tested.out]).toEqual([
    0,
    expect.stringMatching(/^PASS: (\d+)\/\1\ncoverage: 100%\n$/),
  ])
  const checked = batten(['policy', 'check', '--strict', 'examples/policy'], { cwd: top })
  expect([checked.code, checked.out]).toEqual([0, ''])
  const laidOut = batten(['policy', 'fmt', '--check', 'examples/policy'], { cwd: top })
  expect([laidOut.code, laidOut.out]).toEqual([0, ''])
})

const real = spawnSync('opa', ['version']).error === undefined

test.skipIf(!real)(
  `they are plain Rego: opa itself tests, checks and lays them out alike${real ? '' : ' (skipped: there is no opa on the PATH)'}`,
  () => {
    const opa = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync('opa', [...args, 'examples/policy'], {
        cwd: top,
        encoding: 'utf8',
      })
      return { status, out: stdout + stderr }
    }
    expect(opa('test')).toEqual({
      status: 0,
      out: expect.stringMatching(/^PASS: (\d+)\/\1\n$/),
    })
    expect(opa('check', '--strict')).toEqual({ status: 0, out: '' })
    expect(opa('fmt', '--list')).toEqual({ status: 0, out: '' })
  },
)

test('a copy elsewhere holds its tests, also with a policy of their own beside them', () => {
  const cwd = folder({})
  cpSync(resolve(top, 'examples/policy'), `${cwd}/policy`, { recursive: true })
  expect(batten(['policy', 'new', 'aws.s3.owners'], { cwd }).code).toBe(0)
  expect(batten(['policy', 'test'], { cwd })).toMatchObject({ code: 0 })
  expect(batten(['policy', 'check', '--strict'], { cwd })).toMatchObject({ code: 0, out: '' })
  expect(batten(['policy', 'fmt', '--check'], { cwd })).toMatchObject({ code: 0, out: '' })
})

test('they find the mistakes of the estate, each at its line', () => {
  const { list, err } = findings(
    [
      'iac',
      'examples/estate',
      '--policy-dir',
      'examples/policy',
      '--account-tag',
      'environment=production',
    ],
    { cwd: top },
  )
  expect(err).toContain('policies: 5 files, 11 rules; passed over 5')
  const own = list.filter(({ CheckID, Status }) => CheckID.startsWith('org_') && Status !== 'PASS')
  const lines = (id: string) =>
    own
      .filter(({ CheckID }) => CheckID === id)
      .map(({ Status, File, StartLine }) => `${Status} ${File}:${StartLine}`)
  expect(lines('org_admin_ports')).toEqual([
    'FAIL examples/estate/network.tf:20',
    'UNKNOWN examples/estate/network.tf:52',
  ])
  expect(lines('org_public_database')).toEqual(['FAIL examples/estate/data.tf:15'])
  expect(lines('org_volume_encryption')).toHaveLength(2)
  expect(own.every(({ File }) => File !== null)).toBe(true)
})
