import { setTimeout as pause } from 'node:timers/promises'
import type { SecurityGroupRule } from '@aws-sdk/client-ec2'
import { afterEach, describe, expect, test } from 'vitest'
import type { Estate } from '../sandbox/aws/estate.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/aws/index.ts'
import { record } from './approval/decide.ts'
import type { Cloud } from './aws/cloud.ts'
import { Unmended } from './outcome.ts'
import { dynamoStore } from './record/dynamo-store.ts'
import { verify } from './record/entry.ts'
import { memoryStore } from './record/memory-store.ts'
import type { Store } from './record/store.ts'
import { remediate } from './remediate.ts'
import type { Result } from './run.ts'
import { eventOf, finding, sandboxCloud, switchedOn, testTools } from './sandbox.fixture.ts'
import type { Tools } from './tools.ts'
import { undo } from './undo.ts'

let sandbox: Sandbox
async function start(estate: Estate, options: SandboxOptions = {}) {
  sandbox = await startSandbox(estate, options)
  return sandbox
}
afterEach(() => sandbox?.close())

const bucket = finding({ CheckID: 's3_bucket_public_access', ResourceId: 'arn:aws:s3:::open' })
const oneBucket: Estate = { s3: { buckets: [{ Name: 'open' }] } }
const me = { by: 'ada', force: false, dryRun: false }
const puts = () =>
  sandbox.calls.filter(
    call => /^(Put|Revoke|Delete)/.test(call.operation) && call.service !== 'dynamodb',
  )

async function endOf(event: unknown, tools: Tools): Promise<Result | Unmended> {
  try {
    return (await remediate(event, tools)) as Result
  } catch (error) {
    if (error instanceof Unmended) return error
    throw error
  }
}

describe('row 111: what is no event of ours goes to the dead-letter queue, and nothing is done', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'x'],
    ['no detail', {}],
    ['no finding', { detail: {} }],
    ['an object instead of a string', { detail: { finding: { CheckID: 'x' } } }],
    ['an array', { detail: { finding: ['x'] } }],
    ['no JSON', { detail: { finding: '{' } }],
    ['a JSON text', { detail: { finding: '"x"' } }],
    ['a JSON array', { detail: { finding: '[]' } }],
    [
      'over 256 KiB',
      { detail: { finding: JSON.stringify({ ...bucket, x: 'y'.repeat(300_000) }) } },
    ],
    [
      'a finding without a check',
      { detail: { finding: JSON.stringify({ ...bucket, CheckID: '' }) } },
    ],
    [
      'a check that is a number',
      { detail: { finding: JSON.stringify({ ...bucket, CheckID: 7 }) } },
    ],
  ])('%s', async (_, event) => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url)
    const named = typeof event === 'object' ? { id: 'e-1', ...event } : event
    await expect(remediate(named, tools)).rejects.toThrow()
    expect(sandbox.calls).toEqual([])
    const [entry] = await all(tools.store)
    expect(entry?.happening).toMatchObject({ kind: 'ended', outcome: 'FAILED' })
  })

  test('a name like __proto__ is a field like any other', async () => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url)
    const json = JSON.stringify(bucket).replace('{', '{"__proto__":{"Status":"PASS"},')
    expect(await remediate({ id: 'e', detail: { finding: json } }, tools)).toMatchObject({
      outcome: 'FIXED',
    })
  })
})

describe('rows 112 to 114: what is not mended', () => {
  test.each<[string, Parameters<typeof finding>[0], Record<string, unknown>, string, RegExp]>([
    [
      '112: an unknown check',
      { ...bucket, CheckID: 'no_such_check' },
      {},
      'QUEUED',
      /no action mends/,
    ],
    ['113: a check that passes', { ...bucket, Status: 'PASS' }, {}, 'REFUSED', /PASS/],
    ['113: a check that is unknown', { ...bucket, Status: 'UNKNOWN' }, {}, 'REFUSED', /UNKNOWN/],
    ['113: a muted finding', { ...bucket, Muted: true }, {}, 'REFUSED', /muted/],
    ['a finding on code', { ...bucket, Source: 'terraform' }, {}, 'REFUSED', /code/],
    [
      '114: another account than the ARN’s',
      { ...sg('111111111111'), AccountId: '123456789012' },
      {},
      'REFUSED',
      /111111111111/,
    ],
    [
      '114: another account than the event’s',
      bucket,
      { account: '111111111111' },
      'REFUSED',
      /event comes from the account/,
    ],
    [
      '114: another region than the ARN’s',
      { ...sg(), Region: 'eu-central-1' },
      {},
      'REFUSED',
      /us-east-1/,
    ],
    [
      '114: another region than the event’s',
      sg(),
      { region: 'eu-central-1' },
      'REFUSED',
      /event comes from eu-central-1/,
    ],
    ['a source of AWS’s own', bucket, { source: 'aws.s3' }, 'REFUSED', /aws\.s3/],
    [
      'a region that is none',
      { ...sg(), ResourceId: sg().ResourceId.replace('us-east-1', 'evil.example/x') },
      { region: null },
      'REFUSED',
      /no region|says/,
    ],
    [
      'a resource of another kind',
      { ...bucket, ResourceId: 'arn:aws:sqs:us-east-1:123456789012:q' },
      {},
      'QUEUED',
      /does not work on/,
    ],
  ])('%s', async (_, brief, event, outcome, why) => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url)
    const result = await endOf(eventOf(finding(brief), event), tools)
    expect(result).toMatchObject({ outcome, why: [expect.stringMatching(why)] })
    expect(sandbox.calls).toEqual([])
  })

  test('a scanner that is known may speak of other accounts and regions', async () => {
    const { url } = await start({ s3: { buckets: [{ Name: 'open' }] } })
    const { tools } = testTools(url, { settings: switchedOn({ reporters: ['999999999999'] }) })
    const event = eventOf(bucket, { account: '999999999999', region: 'eu-west-1' })
    expect(await endOf(event, tools)).toMatchObject({ outcome: 'FIXED' })
  })
})

describe('row 115: duplicates at once', () => {
  test.each(['memory', 'dynamodb'])('five make one change (%s)', async kind => {
    const { url } = await start(
      { ...oneBucket, dynamodb: { 'us-east-1': { tables: [{ TableName: 'batten' }] } } },
      { latency: 3 },
    )
    const store =
      kind === 'memory' ? memoryStore() : dynamoStore(sandboxCloud(url, 'us-east-1'), 'batten')
    const event = eventOf(bucket)
    const runs = Array.from(
      { length: 5 },
      () => testTools(url, { store, random: unique(), now: () => new Date() }).tools,
    )
    const results = await Promise.all(runs.map(tools => endOf(event, tools)))
    expect(results.map(result => result.outcome)).toEqual(Array(5).fill('FIXED'))
    expect(puts()).toHaveLength(1)
    const ends = (await all(store)).filter(entry => entry.happening.kind === 'ended')
    expect(ends).toHaveLength(1)
  })

  test('five events on one resource make one change', async () => {
    const { url } = await start(oneBucket, { latency: 3 })
    const store = memoryStore()
    const runs = Array.from(
      { length: 5 },
      () => testTools(url, { store, random: unique(), now: () => new Date() }).tools,
    )
    const results = await Promise.all(runs.map(tools => endOf(eventOf(bucket), tools)))
    expect(results.map(result => result.outcome).sort()).toEqual([
      ...Array(4).fill('ALREADY_OK'),
      'FIXED',
    ])
    expect(puts()).toHaveLength(1)
  })
})

describe('row 116: a crash after any single call', () => {
  const rules = {
    ec2: {
      'us-east-1': {
        SecurityGroups: [
          {
            GroupId: 'sg-1',
            GroupName: 'default',
            IpPermissions: [
              { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
            ],
            IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
          },
        ],
      },
    },
    dynamodb: { 'us-east-1': { tables: [{ TableName: 'batten' }] } },
  }
  const emptied = finding({
    CheckID: 'ec2_securitygroup_default_restrict_traffic',
    ResourceId: 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1',
  })

  test.each(['at once', 'after an approval'])(
    '%s: the next delivery ends right, and the first before-state survives',
    async when => {
      const settings =
        when === 'at once' ? switchedOn() : switchedOn({ accounts: new Map(), approvers: ['ada'] })
      let died = 0
      for (let calls = 1; calls < 60; calls++) {
        const { url, close, state } = await startSandbox(rules)
        sandbox = { ...sandbox, close: async () => {} }
        const before = structuredClone(state.ec2('us-east-1').SecurityGroupRules)
        const life = mortal(calls)
        const own = () => dynamoStore(sandboxCloud(url, 'us-east-1'), 'batten')
        const event =
          when === 'at once'
            ? eventOf(emptied)
            : await approved(testTools(url, { store: own(), settings, random: unique() }).tools)
        const first = testTools(url, {
          settings,
          store: life.wrap(dynamoStore(sandboxCloud(url, 'us-east-1'), 'batten')),
          cloud: async () => life.wrap(sandboxCloud(url, 'us-east-1')),
          random: unique(),
        }).tools
        const ended = await Promise.race([endOf(event, first), life.death])
        if (ended !== 'dead') {
          expect(ended.outcome).toBe('FIXED')
          await close()
          break
        }
        died++
        // The lease of the dead run has ended by then.
        const store = dynamoStore(sandboxCloud(url, 'us-east-1'), 'batten')
        const later = testTools(url, {
          settings,
          store,
          random: unique(),
          now: () => new Date('2026-11-24T12:20:00Z'),
        }).tools
        const result = (await endOf(event, later)) as Result
        expect(result.outcome, `after ${calls} calls`).toBe('FIXED')
        expect(state.ec2('us-east-1').SecurityGroupRules).toEqual([])
        expect(await verify(store.entries(), await store.head())).toMatchObject({ fault: null })
        const ends = (await all(store)).filter(entry => entry.happening.kind === 'ended')
        expect(ends).toHaveLength(when === 'at once' ? 1 : 2)
        expect(await undo(result.job, me, later)).toMatchObject({ restored: true })
        expect(state.ec2('us-east-1').SecurityGroupRules.map(withoutId)).toEqual(
          expect.arrayContaining(before.map(withoutId)),
        )
        await close()
      }
      // Lock, read, plan, guard, record, two changes, read back, record: each of them was the last at some time.
      expect(died).toBeGreaterThan(15)
    },
  )

  /** The event that starts a run which somebody has approved. */
  async function approved(tools: Tools) {
    const { job: id } = await endOf(eventOf(emptied), tools)
    const job = await tools.store.job(id)
    if (!job?.offer) throw new Error('nothing is offered')
    await record(job, 'approved', { by: 'ada', via: 'test' }, tools)
    return { approved: id }
  }
})

describe('rows 117 to 119: a change that does not go through', () => {
  const three: Estate = {
    iam: {
      users: [
        {
          UserName: 'ada',
          Arn: 'arn:aws:iam::123456789012:user/ada',
          accessKeys: ['A', 'B', 'C'].map(id => ({
            AccessKeyId: `AKIA${id}`,
            Status: 'Active' as const,
            CreateDate: new Date('2020-01-01'),
          })),
        },
      ],
    },
  }
  const stale = finding({
    CheckID: 'iam_user_accesskey_unused',
    ResourceId: 'arn:aws:iam::123456789012:user/ada',
    Region: null,
  })
  const statuses = () => sandbox.state.iam.users[0]?.accessKeys?.map(key => key.Status)

  test('117: denied at the first call is FAILED, thrown, and says which permission', async () => {
    const { url } = await start(oneBucket, {
      faults: [{ operation: 'PutPublicAccessBlock', fault: 'denied' }],
    })
    const { tools, told } = testTools(url)
    await expect(remediate(eventOf(bucket), tools)).rejects.toThrow(/s3:PutBucketPublicAccessBlock/)
    expect(told[0]?.job).toMatchObject({
      outcome: 'FAILED',
      why: [expect.stringContaining('s3:PutBucketPublicAccessBlock')],
    })
  })

  test('108: a Slack that fails as well hides nothing: the failed change is what is thrown', async () => {
    const { url } = await start(oneBucket, {
      faults: [{ operation: 'PutPublicAccessBlock', fault: 'denied' }],
    })
    const { tools, lines } = testTools(url, { notify: () => Promise.reject(new Error('no Slack')) })
    await expect(remediate(eventOf(bucket), tools)).rejects.toThrow(/s3:PutBucketPublicAccessBlock/)
    expect(lines.map(line => line.unsent ?? line.outcome)).toEqual(['FAILED', 'slack'])
    expect(await tools.store.notices()).toHaveLength(1)
  })

  test('118: two of three is PARTIAL, thrown, and can be undone or finished', async () => {
    const { url } = await start(three, {
      faults: [{ operation: 'UpdateAccessKey', nth: 3, fault: 'denied' }],
    })
    const { tools } = testTools(url)
    const event = eventOf(stale)
    const partial = await endOf(event, tools)
    expect(partial).toBeInstanceOf(Unmended)
    expect(partial).toMatchObject({
      outcome: 'PARTIAL',
      message: expect.stringContaining('remediate undo'),
    })
    expect(statuses()).toEqual(['Inactive', 'Inactive', 'Active'])
    // The queue delivers it again: the rest is done, and undo takes back all three.
    const whole = await endOf(event, tools)
    expect(whole.outcome).toBe('FIXED')
    expect(statuses()).toEqual(['Inactive', 'Inactive', 'Inactive'])
    await undo(whole.job, me, tools)
    expect(statuses()).toEqual(['Active', 'Active', 'Active'])
  })

  test('118: what is PARTIAL can be undone as it is', async () => {
    const { url } = await start(three, {
      faults: [{ operation: 'UpdateAccessKey', nth: 3, fault: 'denied' }],
    })
    const { tools } = testTools(url)
    const { job } = await endOf(eventOf(stale), tools)
    expect(await undo(job, me, tools)).toMatchObject({ restored: true })
    expect(statuses()).toEqual(['Active', 'Active', 'Active'])
  })

  test('119: a throttled call is tried again', async () => {
    const { url } = await start(oneBucket, {
      faults: [{ operation: 'PutPublicAccessBlock', nth: n => n <= 2, fault: 'throttle' }],
    })
    const { tools } = testTools(url, { cloud: async target => sandboxCloud(url, target.region, 4) })
    expect(await endOf(eventOf(bucket), tools)).toMatchObject({ outcome: 'FIXED' })
  })

  test('119: with less than three seconds left no call starts, and that is recorded', async () => {
    const { url } = await start(oneBucket)
    let asked = 0
    const { tools } = testTools(url, {
      cloud: async target => {
        const { openCloud } = await import('./aws/open-cloud.ts')
        const credentials = async () => ({ accessKeyId: 'x', secretAccessKey: 'x' })
        // Time runs out before the change.
        return openCloud({
          region: target.region,
          credentials,
          remaining: () => (++asked > 5 ? 2_900 : 60_000),
        })
      },
    })
    const end = await endOf(eventOf(bucket), tools)
    expect(end).toMatchObject({
      outcome: 'FAILED',
      message: expect.stringContaining('no time is left'),
    })
    expect(puts()).toEqual([])
  })

  test('where the state before cannot be kept, nothing is changed, and that is recorded', async () => {
    const { url } = await start(oneBucket)
    const store = memoryStore()
    const commit: Store['commit'] = async (happening, also) => {
      if (happening.kind === 'started') throw new Error('Item size has exceeded the maximum')
      return store.commit(happening, also)
    }
    const { tools } = testTools(url, { store: { ...store, commit } })
    expect(await endOf(eventOf(bucket), tools)).toMatchObject({
      outcome: 'FAILED',
      message: expect.stringContaining('the record did not take the state before: Item size'),
    })
    expect(puts()).toEqual([])
    expect(await first(store)).toMatchObject({ outcome: 'FAILED' })
  })

  test('an answer that says nothing is not taken for success', async () => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url, {
      cloud: async target => ({
        ...sandboxCloud(url, target.region),
        run: async () => ({ requestId: 'r-1' }),
      }),
    })
    expect(await endOf(eventOf(bucket), tools)).toMatchObject({
      outcome: 'FAILED',
      message: expect.stringContaining('not as it is to be'),
    })
  })
})

describe('rows 120 and 121, 123 to 125: what waits for a person', () => {
  test.each<[string, Estate, Partial<ReturnType<typeof switchedOn>>, RegExp]>([
    ['120: no environment', oneBucket, { accounts: new Map() }, /environment is production/],
    [
      '120: a production tag in a development account',
      tagged('environment', 'prod'),
      {},
      /environment is prod/,
    ],
    [
      '120: a development tag in a production account',
      tagged('env', 'dev'),
      { accounts: new Map([['123456789012', 'live']]) },
      /environment is live/,
    ],
    [
      '121: a website',
      { s3: { buckets: [{ Name: 'open', website: { IndexDocument: { Suffix: 'i' } } }] } },
      {},
      /website/,
    ],
    [
      '121: a CDN’s origin',
      {
        ...oneBucket,
        cloudfront: { distributions: [distribution('open.s3.us-east-1.amazonaws.com')] },
      },
      {},
      /CloudFront distribution E1/,
    ],
    ['not switched on', oneBucket, { actions: new Map() }, /not switched on/],
    [
      'set to wait',
      oneBucket,
      { actions: new Map([['s3_bucket_public_access', 'approve']]) },
      /set to wait/,
    ],
    ['blast class', oneBucket, { blast: 'B1' }, /B2 is above B1/],
    ['frozen by the settings', oneBucket, { freeze: true }, /frozen/],
    ['a stack owns it', tagged('aws:cloudformation:stack-name', 'shop'), {}, /the stack shop owns/],
    ['Terraform’s tag', tagged('ManagedBy', 'Terraform'), {}, /infrastructure as code owns/],
    [
      'a state owns it',
      oneBucket,
      { owners: new Map([['arn:aws:s3:::open', 'aws_s3_bucket.open in x']]) },
      /aws_s3_bucket\.open in x owns/,
    ],
  ])('%s', async (_, estate, more, why) => {
    const { url } = await start(estate)
    const { tools } = testTools(url, { settings: switchedOn(more) })
    expect(await endOf(eventOf(bucket), tools)).toMatchObject({
      outcome: 'QUEUED',
      why: [expect.stringMatching(why)],
    })
    expect(puts()).toEqual([])
  })

  test.each([
    ['120: denied tags', 'GetBucketTagging', /cannot tell whether the environment/],
    ['121: denied website', 'GetBucketWebsite', /cannot tell whether something still needs/],
  ])('%s', async (_, operation, why) => {
    const { url } = await start(oneBucket, { faults: [{ operation, fault: 'denied' }] })
    const { tools } = testTools(url)
    const result = (await endOf(eventOf(bucket), tools)) as Result
    expect(result.outcome).toBe('QUEUED')
    expect(result.why.join()).toMatch(why)
    expect(puts()).toEqual([])
  })

  test('124: a freeze switch that cannot be read freezes', async () => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url, {
      freeze: () => Promise.reject(new Error('no such parameter')),
    })
    expect(await endOf(eventOf(bucket), tools)).toMatchObject({
      outcome: 'QUEUED',
      why: [expect.stringMatching(/cannot tell whether changes are frozen/)],
    })
    expect((await first(tools.store))?.offer).toBeNull()
  })

  test('an exception tag, and a mute since the scan, are refused', async () => {
    const { url } = await start(tagged('public-ok', 'yes'))
    const { tools } = testTools(url)
    expect(await endOf(eventOf(bucket), tools)).toMatchObject({
      outcome: 'REFUSED',
      why: [expect.stringMatching(/public-ok/)],
    })
    await sandbox.close()
    const { url: other } = await start(oneBucket)
    const mutelist =
      "Mutelist:\n  Accounts:\n    '*':\n      Checks:\n        s3_bucket_public_access:\n          Regions: ['*']\n          Resources: ['open']\n"
    const muting = testTools(other, { settings: switchedOn({ mutelist }) }).tools
    expect(await endOf(eventOf(bucket), muting)).toMatchObject({
      outcome: 'REFUSED',
      why: [expect.stringMatching(/muted/)],
    })
  })

  test('123: what something reverts three times is left to a person', async () => {
    const { url, state } = await start(oneBucket)
    const { tools } = testTools(url)
    const outcomes = []
    for (let round = 0; round < 3; round++) {
      outcomes.push(await endOf(eventOf(bucket), tools))
      delete state.s3.buckets.get('open')?.publicAccessBlock
    }
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['FIXED', 'FIXED', 'QUEUED'])
    expect((outcomes[2] as Result).why.join()).toContain('something reverts it')
  })

  test('what a person has undone waits for a person', async () => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url)
    const { job } = await endOf(eventOf(bucket), tools)
    await undo(job, me, tools)
    expect(await endOf(eventOf(bucket), tools)).toMatchObject({
      outcome: 'QUEUED',
      why: [expect.stringContaining('ada undid this mend')],
    })
  })

  test('what waits already is not told again', async () => {
    const { url } = await start(oneBucket)
    const { tools, told } = testTools(url, { settings: switchedOn({ accounts: new Map() }) })
    await endOf(eventOf(bucket), tools)
    const again = (await endOf(eventOf(bucket), tools)) as Result
    expect(again.why.join()).toContain('waits for a decision')
    expect(told).toHaveLength(1)
  })
})

describe('row 126: undo', () => {
  test('is refused where somebody has changed the resource since, unless forced', async () => {
    const { url, state } = await start(oneBucket)
    const { tools } = testTools(url)
    const { job } = await endOf(eventOf(bucket), tools)
    const block = state.s3.buckets.get('open')?.publicAccessBlock
    if (block) block.BlockPublicAcls = false
    await expect(undo(job, me, tools)).rejects.toThrow(/was changed since/)
    expect(puts()).toHaveLength(1)
    expect(await undo(job, { ...me, force: true }, tools)).toMatchObject({ restored: true })
    await expect(undo(job, me, tools)).rejects.toThrow(/undone already/)
  })

  test('a dry run says the calls and makes none', async () => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url)
    const { job } = await endOf(eventOf(bucket), tools)
    const { calls } = await undo(job, { ...me, dryRun: true }, tools)
    expect(calls).toEqual([
      {
        service: 's3',
        operation: 'DeletePublicAccessBlock',
        input: { Bucket: 'open', ExpectedBucketOwner: '123456789012' },
      },
    ])
    expect(puts()).toHaveLength(1)
  })

  test('what changed nothing has nothing to undo', async () => {
    const { url } = await start(oneBucket)
    const { tools } = testTools(url, { settings: switchedOn({ freeze: true }) })
    const { job } = await endOf(eventOf(bucket), tools)
    await expect(undo(job, me, tools)).rejects.toThrow(/changed nothing/)
    await expect(undo('0'.repeat(20), me, tools)).rejects.toThrow(/no job/)
  })
})

describe('row 125: a thousand findings at once', () => {
  test('respect the caps, and none is lost', async () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `b-${String(index).padStart(4, '0')}`)
    const { url, state } = await start(
      { s3: { buckets: names.map(Name => ({ Name })) } },
      {
        // Every fiftieth change is denied: those go to the dead-letter queue.
        faults: [{ operation: 'PutPublicAccessBlock', nth: n => n % 5 === 0, fault: 'denied' }],
      },
    )
    // One client for all, as it is a thousand times the same.
    const cloud = sandboxCloud(url, 'us-east-1')
    const { tools, told, lines } = testTools(url, {
      cloud: async () => ({ ...cloud, close: () => {} }),
      settings: switchedOn({ perHour: 40, few: 3, share: 0.03 }),
      random: unique(),
      now: () => new Date('2026-11-24T12:30:00Z'),
    })
    const dead: unknown[] = []
    const ends: Result[] = []
    const queue = names.map(name =>
      eventOf(finding({ CheckID: 's3_bucket_public_access', ResourceId: `arn:aws:s3:::${name}` })),
    )
    const worker = async () => {
      for (let event = queue.pop(); event; event = queue.pop()) {
        try {
          ends.push((await remediate(event, tools)) as Result)
        } catch {
          dead.push(event)
        }
      }
    }
    await Promise.all(Array.from({ length: 10 }, worker))
    const fixed = ends.filter(end => end.outcome === 'FIXED').length
    const queued = ends.filter(end => end.outcome === 'QUEUED').length
    expect(fixed + queued + dead.length).toBe(1_000)
    // 3 % of a thousand is the tighter cap: denied attempts count as well.
    expect(fixed + dead.length).toBe(30)
    expect(dead.length).toBe(6)
    const closed = [...state.s3.buckets.values()].filter(one => one.publicAccessBlock).length
    expect(closed).toBe(fixed)
    // One message for the many that the cap stops, and an alarm's metric for each.
    expect(told.filter(({ job }) => job.outcome === 'QUEUED')).toHaveLength(1)
    expect(lines.filter(line => line.capped === true)).toHaveLength(queued)
    expect(await verify(tools.store.entries(), await tools.store.head())).toMatchObject({
      fault: null,
    })
    let jobs = 0
    for await (const job of tools.store.jobs()) if (job.outcome !== null) jobs++
    expect(jobs).toBe(1_000)
  }, 240_000)
})

function sg(account = '123456789012') {
  return finding({
    CheckID: 'sg_open_to_world',
    ResourceId: `arn:aws:ec2:us-east-1:${account}:security-group/sg-1`,
    AccountId: account,
  })
}

function tagged(Key: string, Value: string): Estate {
  return { s3: { buckets: [{ Name: 'open', tags: [{ Key, Value }] }] } }
}

function distribution(DomainName: string) {
  return { Id: 'E1', Origins: { Quantity: 1, Items: [{ Id: 'o', DomainName }] } } as never
}

function unique(): () => string {
  return () => crypto.randomUUID().replaceAll('-', '')
}

async function all(store: Store) {
  const entries = []
  for await (const entry of store.entries()) entries.push(entry)
  return entries
}

async function first(store: Store) {
  for await (const job of store.jobs()) return job
}

function withoutId({ SecurityGroupRuleId: _, Tags: __, ...rule }: SecurityGroupRule) {
  return rule
}

/** A process that dies when so many calls have come back: nothing of it runs any more, not even what catches errors. */
function mortal(calls: number) {
  let left = calls
  let die: (word: 'dead') => void = () => {}
  const death = new Promise<'dead'>(resolve => {
    die = resolve
  })
  async function live<T>(work: () => Promise<T>): Promise<T> {
    if (left <= 0) return pause(2 ** 30, undefined as never, { ref: false })
    const result = await work()
    if (--left <= 0) {
      die('dead')
      return pause(2 ** 30, undefined as never, { ref: false })
    }
    return result
  }
  function wrap<T extends Store | Cloud>(inner: T): T {
    return Object.fromEntries(
      Object.entries(inner).map(([name, method]) => [
        name,
        name === 'close' || name === 'entries' || name === 'jobs'
          ? method
          : (...args: unknown[]) =>
              live(() => (method as (...all: unknown[]) => Promise<unknown>)(...args)),
      ]),
    ) as T
  }
  return { wrap, death }
}
