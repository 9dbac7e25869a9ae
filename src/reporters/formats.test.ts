import { expect, test } from 'vitest'
import csv from './csv.ts'
import { formats, isFormat, loadReporter } from './index.ts'
import json from './json.ts'
import junit from './junit.ts'
import markdown from './markdown.ts'
import ndjson from './ndjson.ts'
import { sampleFinding, sampleFindings, sampleReport, sampleSummary } from './sample.ts'
import summary, { renderSummary } from './summary.ts'

function text(chunks: Iterable<string>): string {
  return [...chunks].join('')
}

test('each format loads, and says the name that it was asked by', async () => {
  const extensions = await Promise.all(
    formats.map(async format => {
      const reporter = await loadReporter(format)
      expect(reporter.format).toBe(format)
      return reporter.extension
    }),
  )
  expect(extensions).toEqual(['json', 'ndjson', 'csv', 'html', 'sarif', 'junit.xml', 'md', 'txt'])
  expect(isFormat('toString')).toBe(false)
  expect(isFormat('json')).toBe(true)
})

test('json is an array of the findings', () => {
  expect(JSON.parse(text(json.render(sampleReport())))).toEqual(sampleFindings)
  expect(text(json.render(sampleReport([])))).toBe('[]\n')
})

test('ndjson is a finding a line', () => {
  const lines = text(ndjson.render(sampleReport())).trimEnd().split('\n')
  expect(lines.map(line => JSON.parse(line))).toEqual(sampleFindings)
  expect(text(ndjson.render(sampleReport([])))).toBe('')
})

test('the summary is the whole summary', () => {
  expect(JSON.parse(renderSummary(sampleSummary()))).toEqual(sampleSummary())
  expect(text(summary.render(sampleReport()))).toBe(renderSummary(sampleSummary()))
})

test('csv: a whole file', () => {
  const findings = sampleFindings.slice(0, 1)
  expect(text(csv.render(sampleReport(findings)))).toMatchInlineSnapshot(`
    "CheckID,CheckTitle,Provider,AccountId,Region,Severity,Status,StatusExtended,UnknownReason,ResourceId,ResourceType,ResourceName,ResourceTags,Source,File,StartLine,StartColumn,EndLine,EndColumn,Address,FaultAddress,Evidence,Recommendation,RemediationCLI,RemediationTerraform,RemediationUrl,Compliance,Muted,MuteReason,MutedBy,New,Fingerprint,FirstSeen
    rds_instance_storage_encrypted,RDS storage is encrypted at rest,aws,,eu-west-1,HIGH,FAIL,RDS instance orders storage_encrypted is false,,aws_db_instance.orders,aws_db_instance,orders,,terraform,envs/prod/main.tf,12,3,12,28,aws_db_instance.orders,aws_db_instance.orders,"[{""Path"":""storage_encrypted"",""Value"":false,""File"":""envs/prod/main.tf"",""Line"":12}]",Set \`storage_encrypted = true\`.,,storage_encrypted = true,https://docs.example/rds,"{""cis_2.0_aws"":[""2.3.1""]}",false,,,,f00d,
    "
  `)
})

test.each([
  ['=1+1', `'=1+1`],
  ['+1', `'+1`],
  ['-1', `'-1`],
  ['@SUM(1)', `'@SUM(1)`],
  ['\tx', `"'\tx"`],
  ['\rx', `"'\rx"`],
  ['  =1', `  '=1`],
  ['＝1', `'＝1`],
  ['a,=1', `"a,'=1"`],
  ['a;"@x', `"a;""'@x"`],
  ['a\n=1', `"a\n'=1"`],
  ['a|-1', `a|'-1`],
  ['a "quoted" b', `"a ""quoted"" b"`],
  ['a - b = c', 'a - b = c'],
  ['\u001b[2J\u001b]0;t\u0007ok\0', 'ok'],
  ['plain', 'plain'],
])('csv: the cell %j is %j', (given, cell) => {
  const rows = text(csv.render(sampleReport([sampleFinding({ CheckTitle: given })])))
  const row = rows.slice(rows.indexOf('\r\n') + 2)
  const rest = row.slice('rds_instance_storage_encrypted,'.length)
  expect(rest.slice(0, cell.length + 5)).toBe(`${cell},aws,`)
})

test('junit: a whole file', () => {
  const gaps = [
    { kind: 'files', subject: 'torn.tf', reason: 'not closed', file: 'torn.tf', line: 3 },
  ] as const
  expect(text(junit.render(sampleReport(sampleFindings, { gaps })))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="batten">
      <testsuite name="envs/prod/main.tf" tests="3" failures="1" errors="0" skipped="1">
        <testcase name="rds_instance_storage_encrypted aws_db_instance.orders" classname="aws_db_instance" file="envs/prod/main.tf" line="12">
          <failure message="RDS instance orders storage_encrypted is false" type="HIGH">RDS storage is encrypted at rest
    aws_db_instance.orders at envs/prod/main.tf:12
    Set \`storage_encrypted = true\`.
    https://docs.example/rds</failure>
        </testcase>
        <testcase name="rds_instance_storage_encrypted aws_db_instance.audit" classname="aws_db_instance" file="envs/prod/main.tf" line="12"/>
        <testcase name="rds_instance_storage_encrypted aws_db_instance.spare" classname="aws_db_instance" file="envs/prod/main.tf" line="20">
          <skipped message="unknown: var.encrypt has no value"/>
        </testcase>
      </testsuite>
      <testsuite name="envs/prod/site.tf" tests="1" failures="0" errors="0" skipped="1">
        <testcase name="s3_bucket_public_access aws_s3_bucket.site" classname="aws_s3_bucket" file="envs/prod/site.tf" line="4">
          <skipped message="muted: inline skip envs/prod/site.tf:3: public website"/>
        </testcase>
      </testsuite>
      <testsuite name="gaps" tests="1" failures="0" errors="1" skipped="0">
        <testcase name="torn.tf" classname="files" file="torn.tf" line="3">
          <error message="not closed" type="files"/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

test('junit: what the baseline knows does not fail the build', () => {
  const xml = text(junit.render(sampleReport([sampleFinding({ New: false })])))
  expect(xml).toContain('failures="0" errors="0" skipped="1"')
})

test('junit: the counts of each suite are its cases', () => {
  function* findings() {
    for (let index = 0; index < 12_000; index++) {
      yield sampleFinding({ File: 'a.tf', Status: index % 3 === 0 ? 'PASS' : 'FAIL' })
    }
  }
  const suites = text(junit.render(sampleReport(findings())))
    .split('<testsuite ')
    .slice(1)
  expect(suites.map(suite => /tests="(\d+)"/.exec(suite)?.[1])).toEqual(['5000', '5000', '2000'])
  for (const suite of suites) {
    expect(suite.match(/<failure /g)?.length).toBe(Number(/failures="(\d+)"/.exec(suite)?.[1]))
  }
})

test('markdown: a whole comment', () => {
  expect(text(markdown.render(sampleReport()))).toMatchInlineSnapshot(`
    "## Batten: 1 failing finding

    **1 high** · 1,234 passed · 1 unknown · 1 muted · coverage 99.9 % · score 71

    ### High: RDS storage is encrypted at rest

    \`rds_instance_storage_encrypted\` · 1 finding

    - storage_encrypted is false
      - \`envs/prod/main.tf:12:3\` \`aws_db_instance.orders\`

    Fix: Set \`storage_encrypted = true\`. ([more](https://docs.example/rds))

    <details><summary>1 unknown</summary>

    - 1 × var.encrypt has no value

    </details>

    <details><summary>1 muted</summary>

    - 1 × \`s3_bucket_public_access\` inline skip envs/prod/site.tf:3: public website

    </details>

    "
  `)
})

test('markdown: fits into a comment, and says what it left out', () => {
  const findings = Array.from({ length: 3_000 }, (_, index) =>
    sampleFinding({ CheckID: `check_${index}`, StatusExtended: `${'<'.repeat(90)} ${index}` }),
  )
  const comment = text(markdown.render(sampleReport(findings)))
  expect(comment.length).toBeLessThan(65_536)
  expect(comment).toMatch(/… and [\d,]+ more checks with [\d,]+ findings/)
})

test.each(formats)('%s: the same report gives the same bytes', async format => {
  const reporter = await loadReporter(format)
  expect(text(reporter.render(sampleReport()))).toBe(text(reporter.render(sampleReport())))
})

/** How far a reporter reads ahead of what it has written: more would mean that it keeps the findings. */
test.each([
  ['json', 1],
  ['ndjson', 1],
  ['csv', 1],
  ['junit', 5_001],
] as const)('%s streams 100,000 findings', async (format, ahead) => {
  const finding = sampleFinding()
  let read = 0
  function* findings() {
    for (; read < 100_000; read++) yield finding
  }
  let written = 0
  let size = 0
  const opening = format === 'junit' ? '<testcase' : 'rds_instance_storage_encrypted'
  for (const chunk of (await loadReporter(format)).render(sampleReport(findings()))) {
    written +=
      format === 'junit' ? chunk.split(opening).length - 1 : Number(chunk.includes(opening))
    size = Math.max(size, chunk.length)
    expect(read - written).toBeLessThanOrEqual(ahead)
  }
  expect(written).toBe(100_000)
  expect(size).toBeLessThan(5_000_000)
})

test.each(['table', 'markdown'] as const)('%s of 100,000 findings stays small', async format => {
  function* findings() {
    for (let index = 0; index < 100_000; index++) {
      yield sampleFinding({
        StartLine: index + 1,
        ResourceName: `r${index}`,
        Address: `a.r${index}`,
      })
    }
  }
  const output = text((await loadReporter(format)).render(sampleReport(findings())))
  expect(output.length).toBeLessThan(10_000)
  expect(output).toContain('99,99')
})
