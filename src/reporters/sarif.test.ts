import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import type { Report } from '../report.ts'
import {
  hostileFindings,
  hostileSummary,
  sampleFinding,
  sampleFindings,
  sampleReport,
} from './sample.ts'
import reporter from './sarif.ts'

const schema = new URL('../../test/fixtures/sarif-2.1.0.schema.json', import.meta.url)
const ajv = new Ajv2020({ strict: false, allErrors: true })
ajvFormats.default(ajv)
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))

function log(report: Report) {
  const value = JSON.parse([...reporter.render(report)].join(''))
  validate(value)
  expect(validate.errors ?? []).toEqual([])
  return value
}

function only(fields: Partial<Finding>, directory?: string) {
  const report = sampleReport([sampleFinding(fields)])
  return log(directory === undefined ? report : { ...report, directory }).runs[0].results[0]
}

test('a whole log', async () => {
  const gaps = [
    { kind: 'files', subject: 'torn.tf', reason: 'torn', file: 'torn.tf', line: 3 },
  ] as const
  const report = { ...sampleReport(sampleFindings, { gaps }), why: () => 'A copy exposes it.' }
  log(report)
  await expect([...reporter.render(report)].join('')).toMatchFileSnapshot('snapshots/sample.sarif')
})

test('is valid whatever things are called', () => {
  const run = log(sampleReport(hostileFindings, hostileSummary)).runs[0]
  expect(run.results).toHaveLength(3)
  for (const { ruleId, ruleIndex } of run.results) {
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
  }
  const text = JSON.stringify(run)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|\\u00[01]/)
  const messages = [...text.matchAll(/"(?:text|justification)":"((?:[^"\\]|\\.)*)"/g)]
  expect(messages.length).toBeGreaterThan(10)
  expect(messages.filter(([message]) => /\]\(|\{0\}/.test(message))).toEqual([])
  expect(run.tool.driver.rules.some((rule: { helpUri?: string }) => rule.helpUri)).toBe(false)
})

test('nothing found is a run without results', () => {
  const run = log(sampleReport([])).runs[0]
  expect([run.results, run.tool.driver.rules]).toEqual([[], []])
})

test.each([
  ['main.tf', undefined, 'main.tf'],
  ['main.tf', 'infra/live', 'infra/live/main.tf'],
  ['../modules/a b/ü#?%.tf', 'infra/live', 'infra/modules/a%20b/%C3%BC%23%3F%25.tf'],
  ['a:b.tf', '', 'a%3Ab.tf'],
])('%j from %j is %j', (File, directory, uri) => {
  const { artifactLocation } = only({ File }, directory).locations[0].physicalLocation
  expect(artifactLocation).toEqual({ uri, uriBaseId: 'SRCROOT' })
})

test('a live resource has a place that stays', () => {
  const live = { File: null, StartLine: null, StartColumn: null, EndLine: null, EndColumn: null }
  const result = only({
    ...live,
    Address: null,
    FaultAddress: null,
    AccountId: '123456789012',
    ResourceId: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
  })
  expect(result.locations[0].physicalLocation).toEqual({
    artifactLocation: {
      uri: 'aws/123456789012/eu-west-1/aws_db_instance/orders',
      uriBaseId: 'SRCROOT',
    },
    region: { startLine: 1 },
  })
})

test('the places that led to the fault are related', () => {
  const evidence = { Path: 'var.encrypt', Value: false, File: 'variables.tf', Line: 7 }
  const result = only({ Evidence: [...sampleFinding().Evidence, evidence] })
  expect(result.relatedLocations).toHaveLength(1)
  expect(result.relatedLocations[0]).toMatchObject({
    message: { text: 'var.encrypt' },
    physicalLocation: { artifactLocation: { uri: 'variables.tf' }, region: { startLine: 7 } },
  })
})

test('what a mutelist mutes opens no alert', () => {
  const muted = { Muted: true, MuteReason: 'agreed', MutedBy: 'mutelist mutes.yaml:3' }
  expect(log(sampleReport([sampleFinding(muted)])).runs[0].results).toEqual([])
})

test.each([
  [true, 'new'],
  [false, 'unchanged'],
  [null, undefined],
] as const)('New %s is baseline state %s', (New, state) => {
  expect(only({ New }).baselineState).toBe(state)
})

test('of too many results the worst stay, and the log says so', () => {
  function* findings() {
    for (let index = 0; index < 25_010; index++) {
      yield sampleFinding({
        Severity: index === 25_009 ? 'CRITICAL' : 'LOW',
        Fingerprint: `${index}`,
      })
    }
  }
  const run = log(sampleReport(findings())).runs[0]
  expect(run.results).toHaveLength(25_000)
  expect(run.results.at(-1).partialFingerprints['battenFingerprint/v1']).toBe('25009')
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('10 results')
})
