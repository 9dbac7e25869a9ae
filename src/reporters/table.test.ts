import { expect, test } from 'vitest'
import type { Report } from '../report.ts'
import { sampleFinding, sampleFindings, sampleReport } from './sample.ts'
import { renderTable, type TableOptions } from './table.ts'

function table(report = sampleReport(), options: TableOptions = {}): string {
  return [...renderTable(report, options)].join('')
}

test('a whole table', () => {
  const gaps = [{ kind: 'files', subject: 'torn.tf', reason: 'torn.tf:3:1: not closed' }] as const
  expect(table(sampleReport(sampleFindings, { gaps }))).toMatchInlineSnapshot(`
    "HIGH      RDS storage is encrypted at rest  rds_instance_storage_encrypted · 1
              storage_encrypted is false
                envs/prod/main.tf:12:3  aws_db_instance.orders
              fix: Set \`storage_encrypted = true\`.

    UNKNOWN
      1  var.encrypt has no value

    MUTED
      1  s3_bucket_public_access  inline skip envs/prod/site.tf:3: public website

    1 failing (1 high), 1,234 passed, 1 unknown, 1 muted (1 by inline skip)
    coverage 99.9 % (1,239 of 1,240 verdicts decided), score 71
    1 gap: what it hides was not judged
      files  torn.tf:3:1: not closed
    envs/prod · 3 files · 7 resources · 80 checks · 0.4 s · batten 1.2.3
    "
  `)
})

test('the worst first, then what occurs most', () => {
  const one = (CheckID: string, Severity: 'HIGH' | 'CRITICAL' | 'LOW', line: number) =>
    sampleFinding({ CheckID, Severity, CheckTitle: `title of ${CheckID}`, StartLine: line })
  const findings = [
    one('rare', 'HIGH', 1),
    one('often', 'HIGH', 2),
    one('often', 'HIGH', 3),
    one('small', 'LOW', 4),
    one('worst', 'CRITICAL', 5),
  ]
  const titles = [...table(sampleReport(findings)).matchAll(/title of (\w+)/g)].map(([, id]) => id)
  expect(titles).toEqual(['worst', 'often', 'rare', 'small'])
})

test('equal faults of several resources are one cause, equal places one line', () => {
  const names = ['a', 'b', 'c', 'd']
  const findings = names.map((name, index) =>
    sampleFinding({
      ResourceName: name,
      Address: `aws_db_instance.${name}`,
      FaultAddress: `aws_db_instance.${name}`,
      StatusExtended: `RDS instance ${name} storage_encrypted is false`,
      StartLine: index < 2 ? 12 : 12 + index,
    }),
  )
  const text = table(sampleReport(findings), { rows: 2 })
  expect(text.match(/storage_encrypted is false/g)).toHaveLength(1)
  expect(text).toContain('main.tf:12:3  aws_db_instance.a and 1 more here')
  expect(text).toContain('main.tf:14:3  aws_db_instance.c\n')
  expect(text).toContain('… and 1 more\n')
})

test('the piece that holds the fault is named beside its parent', () => {
  const finding = sampleFinding({ FaultAddress: 'aws_db_instance_setting.x' })
  expect(table(sampleReport([finding]))).toContain(
    'aws_db_instance.orders (aws_db_instance_setting.x)',
  )
})

test('what the baseline knows is counted and not listed', () => {
  const counts = { ...sampleReport().summary.counts, baselined: 1 }
  const text = table(sampleReport([sampleFinding({ New: false })], { counts }))
  expect(text).not.toContain('aws_db_instance.orders')
  expect(text).toContain('1 in the baseline')
})

test('prose is wrapped, names are not', () => {
  const name = 'n'.repeat(120)
  const finding = sampleFinding({
    Address: name,
    FaultAddress: name,
    StatusExtended: 'word '.repeat(30),
  })
  const lines = table(sampleReport([finding]), { width: 60 }).split('\n')
  expect(lines.filter(line => /^ +word( word)*$/.test(line)).length).toBeGreaterThan(1)
  expect(lines.filter(line => line.includes('word')).every(line => line.length <= 60)).toBe(true)
  expect(lines.some(line => line.includes(name))).toBe(true)
})

test('colours come only when asked for', () => {
  const start = String.fromCharCode(27)
  expect(table()).not.toContain(start)
  expect(table(sampleReport(), { color: true })).toContain(`${start}[31mHIGH`)
})

test('live findings name their account and region, each resource on its line', () => {
  const live = (name: string) =>
    sampleFinding({
      Source: 'aws',
      AccountId: '123456789012',
      File: null,
      Address: null,
      FaultAddress: null,
      ResourceName: name,
      ResourceId: `arn:aws:rds:eu-west-1:123456789012:db:${name}`,
      StatusExtended: `RDS instance ${name} storage_encrypted is false`,
    })
  const text = table(sampleReport([live('a'), live('b')]))
  expect(text).toContain('123456789012 eu-west-1  arn:aws:rds:eu-west-1:123456789012:db:a\n')
  expect(text).toContain('123456789012 eu-west-1  arn:aws:rds:eu-west-1:123456789012:db:b\n')
})

test('passed verdicts are not asked for', () => {
  let wanted: unknown
  const report = sampleReport()
  const findings: Report['findings'] = want => {
    wanted = want
    return report.findings()
  }
  table({ ...report, findings })
  expect(wanted).toEqual({ passed: false })
})

test('an interrupted scan says so', () => {
  expect(table(sampleReport([], { interrupted: true }))).toContain('Interrupted')
})

test('a policy with another message for each resource stays bounded', () => {
  function* findings() {
    for (let index = 0; index < 5_000; index++) {
      yield sampleFinding({ StatusExtended: `message ${index}`, StartLine: index + 1 })
    }
  }
  const text = table(sampleReport(findings()))
  expect(text.split('\n').length).toBeLessThan(100)
  expect(text).toContain('other faults')
  expect(text).toContain('rds_instance_storage_encrypted · 5,000')
})

test('causes past the limit get a line each, so that the whole list stays readable', () => {
  const findings = [1, 2, 3].map(at =>
    sampleFinding({ CheckID: `check_${at}`, CheckTitle: `title ${at}`, StartLine: at }),
  )
  const text = table(sampleReport(findings), { causes: 1 })
  expect(text.match(/fix: /g)).toHaveLength(1)
  expect(text).toContain('HIGH      title 2  check_2 · 1\nHIGH      title 3  check_3 · 1\n')
})
