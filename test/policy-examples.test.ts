import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { batten, findings } from './cli.ts'

const top = resolve(import.meta.dirname, '..')

test('the policies to begin with keep their tests, wholly covered, and pass the check', () => {
  const tested = batten(['policy', 'test', 'examples/policy', '--threshold', '100'], { cwd: top })
  expect([tested.code, tested.out]).toEqual([
    0,
    expect.stringMatching(/^PASS: (\d+)\/\1\ncoverage: 100%\n$/),
  ])
  const checked = batten(['policy', 'check', '--strict', 'examples/policy'], { cwd: top })
  expect([checked.code, checked.out]).toEqual([0, ''])
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
