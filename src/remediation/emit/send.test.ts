import { afterEach, expect, test } from 'vitest'
import type { Finding } from '../../finding.ts'
import type { Fault } from '../../sandbox/aws/faults.ts'
import { type Sandbox, startSandbox } from '../../sandbox/aws/index.ts'
import { readEvent } from '../event.ts'
import { remediate } from '../remediate.ts'
import { account, finding, sandboxCloud, switchedOn, testTools } from '../sandbox.fixture.ts'
import { largest, weightOf } from './entry.ts'
import { type Sent, sendFindings } from './send.ts'

let sandbox: Sandbox
afterEach(() => sandbox?.close())

test('puts ten at a time on the named bus, each as the function takes it', async () => {
  const findings = [...Array(25).keys()].map(index => failing(`b-${index}`))
  expect(await send(findings)).toEqual({ sent: 25, unsent: [] })
  expect(puts().map(call => Object(call.input.Entries).length)).toEqual([10, 10, 5])
  const [first] = events()
  expect(first).toMatchObject({
    EventBusName: 'batten',
    Source: 'batten',
    DetailType: 'Batten Finding',
    Resources: ['arn:aws:s3:::b-0'],
  })
  const { finding: text } = JSON.parse(first?.Detail ?? '')
  expect(JSON.parse(text)).toEqual(findings[0])
  expect(readEvent(delivered(first))).toMatchObject({
    kind: 'finding',
    finding: { CheckID: 's3_bucket_public_access', ResourceId: 'arn:aws:s3:::b-0' },
  })
})

test('what was put mends the bucket when it is handed to the function', async () => {
  await start([], [{ Name: 'open' }])
  await sendTo(sandbox, [failing('open')])
  const { tools } = testTools(sandbox.url, {
    settings: switchedOn({ sources: ['batten'], detailTypes: ['Batten Finding'] }),
  })
  const [event] = events()
  expect(await remediate(delivered(event), tools)).toMatchObject({ outcome: 'FIXED' })
  expect(sandbox.state.s3.buckets.get('open')?.publicAccessBlock).toBeDefined()
})

test('sends what fails and is new, and nothing that passes, is unknown, is muted or is known', async () => {
  const kinds = [
    { Status: 'PASS' },
    { Status: 'UNKNOWN' },
    { Muted: true },
    { New: false },
    { New: true },
  ] as const
  const findings = kinds.map((kind, index) => ({ ...failing(`b-${index}`), ...kind }))
  expect(await send(findings)).toEqual({ sent: 1, unsent: [] })
  expect(events().map(entry => entry.Resources)).toEqual([['arn:aws:s3:::b-4']])
})

test('nothing to send makes no call', async () => {
  expect(await send([])).toEqual({ sent: 0, unsent: [] })
  expect(puts()).toEqual([])
})

test('no call weighs more than 256 KiB', async () => {
  const long = 'ä'.repeat(30_000)
  const findings = [...Array(9).keys()].map(index => ({
    ...failing(`b-${index}`),
    StatusExtended: long,
  }))
  expect(await send(findings)).toMatchObject({ sent: 9 })
  const weights = puts().map(call =>
    (call.input.Entries as Parameters<typeof weightOf>).reduce(
      (sum, entry) => sum + weightOf(entry),
      0,
    ),
  )
  expect(weights.length).toBe(3)
  for (const weight of weights) expect(weight).toBeLessThanOrEqual(largest)
})

test('a finding with too much evidence goes without it; one that is too large all the same is told', async () => {
  const Evidence = [{ Path: 'policy', Value: 'x'.repeat(300_000), File: null, Line: null }]
  const heavy = { ...failing('heavy'), Evidence }
  const hopeless = { ...failing('hopeless'), StatusExtended: 'x'.repeat(300_000) }
  const { sent, unsent } = await send([heavy, hopeless])
  expect(sent).toBe(1)
  expect(JSON.parse(JSON.parse(events()[0]?.Detail ?? '').finding).Evidence).toEqual([])
  expect(unsent.map(({ finding: { ResourceName }, why }) => [ResourceName, why])).toEqual([
    ['hopeless', 'it is over 256 KiB'],
  ])
})

test('entries that a call did not take are sent again, and only those', async () => {
  const body = answer([{ EventId: 'e' }, { ErrorCode: 'ThrottlingException' }, { EventId: 'e' }])
  const faults = [{ operation: 'PutEvents', nth: 1, fault: { body } }]
  expect(await send(['a', 'b', 'c'].map(failing), faults)).toEqual({ sent: 3, unsent: [] })
  const [, second] = puts()
  expect(second?.input.Entries).toMatchObject([{ Resources: ['arn:aws:s3:::b'] }])
})

test('an entry that is refused for good is told at once; one that stays throttled, after four times', async () => {
  const refused = { ErrorCode: 'MalformedDetail', ErrorMessage: 'no' }
  const slow = { ErrorCode: 'InternalFailure', ErrorMessage: 'slow' }
  const faults: Fault[] = [
    { operation: 'PutEvents', nth: 1, fault: { body: answer([refused, slow]) } },
    { operation: 'PutEvents', nth: n => n > 1, fault: { body: answer([slow]) } },
  ]
  const { sent, unsent } = await send(['a', 'b'].map(failing), faults)
  expect(sent).toBe(0)
  expect(unsent.map(({ finding: { ResourceName }, why }) => `${ResourceName} ${why}`)).toEqual([
    'a MalformedDetail: no',
    'b InternalFailure: slow',
  ])
  expect(puts()).toHaveLength(4)
})

test('an answer for fewer entries than were sent is no success', async () => {
  const faults = [{ operation: 'PutEvents', fault: { body: answer([{ EventId: 'e' }]) } }]
  const { sent, unsent } = await send(['a', 'b'].map(failing), faults)
  expect(sent).toBe(0)
  expect(unsent).toHaveLength(2)
})

test('where it may not put events, it does not go on trying', async () => {
  const findings = [...Array(25).keys()].map(index => failing(`b-${index}`))
  const { sent, unsent } = await send(findings, [{ operation: 'PutEvents', fault: 'denied' }])
  expect(sent).toBe(0)
  expect(unsent).toHaveLength(25)
  expect(unsent[24]?.why).toMatch(/AccessDenied/)
  expect(puts()).toHaveLength(1)
})

test('a call that fails now and then loses its ten and no others', async () => {
  const findings = [...Array(25).keys()].map(index => failing(`b-${index}`))
  const faults: Fault[] = [{ operation: 'PutEvents', nth: 2, fault: 'internal-error' }]
  expect(await send(findings, faults)).toMatchObject({ sent: 15, unsent: { length: 10 } })
})

async function start(faults: readonly Fault[], buckets: readonly { Name: string }[] = []) {
  sandbox = await startSandbox(
    { eventbridge: { 'us-east-1': { buses: ['batten'] } }, s3: { buckets } },
    { faults },
  )
}

async function send(findings: readonly Finding[], faults: readonly Fault[] = []): Promise<Sent> {
  await start(faults)
  return sendTo(sandbox, findings)
}

function sendTo({ url }: Sandbox, findings: readonly Finding[]): Promise<Sent> {
  const cloud = sandboxCloud(url, 'us-east-1')
  return sendFindings(findings, { cloud, bus: 'batten', pauseMs: 1 })
}

const puts = () => sandbox.calls.filter(call => call.operation === 'PutEvents')
const events = () => sandbox.state.eventbridge('us-east-1').events

function answer(Entries: readonly object[]): string {
  return JSON.stringify({ FailedEntryCount: 1, Entries })
}

/** As EventBridge hands it to the function. */
function delivered(entry: ReturnType<typeof events>[number] | undefined) {
  const { Source, DetailType, Detail = '', Resources } = entry ?? {}
  return {
    ...{ id: 'e-1', source: Source, 'detail-type': DetailType, resources: Resources },
    ...{ account, region: 'us-east-1', detail: JSON.parse(Detail) },
  }
}

function failing(name: string): Finding {
  const { Terraform, ...brief } = finding({
    CheckID: 's3_bucket_public_access',
    ResourceId: `arn:aws:s3:::${name}`,
    ResourceName: name,
  })
  return {
    ...brief,
    ...{ CheckTitle: 'The bucket is not public', UnknownReason: null, ResourceTags: null },
    ...{ Provider: 'aws', Source: 'aws', Severity: 'CRITICAL', Status: 'FAIL' },
    ...{ File: null, StartLine: null, StartColumn: null, EndLine: null, EndColumn: null },
    ...{ Address: null, FaultAddress: null, Evidence: [], Compliance: {}, FirstSeen: null },
    Remediation: { Recommendation: '', Code: { CLI: null, Terraform }, Url: null },
    MuteReason: null,
    New: null,
  }
}
