import { expect, test } from 'vitest'
import { readHttp } from './approval/http.ts'
import { actions } from './aws/actions.ts'
import { choose } from './choose.ts'
import { BadEvent, readEvent } from './event.ts'
import { codeBlock, markdown, mrkdwn } from './notify/escape.ts'
import { poster, Refused } from './notify/post.ts'
import { registryOf } from './registry.ts'
import { account, finding, switchedOn } from './sandbox.fixture.ts'

const registry = registryOf(actions)
const settings = switchedOn({})

const requestOf = (given: Parameters<typeof finding>[0], more: object = {}) => {
  const detail = { finding: JSON.stringify(finding(given)) }
  const request = readEvent({ id: 'e', source: 'batten', account, detail, ...more })
  if (request.kind !== 'finding') throw new Error('no finding')
  return request
}

// Each is near to an ARN that some action takes.
const tricks = [
  'arn:aws:s3:::*',
  'arn:aws:s3:::a*b',
  'arn:aws:s3:::open/../other',
  'arn:aws:s3:::open\n',
  'arn:aws:s3:::open\narn:aws:s3:::other',
  'arn:aws:s3:::open"',
  "arn:aws:s3:::open'",
  'arn:aws:s3:::$\u007baws:username}',
  'arn:aws:s3:::open?x',
  'arn:aws:s3:::OPEN',
  'arn:aws:s3:::',
  'arn:evil:s3:::open',
  'arn:aws/../x:s3:::open',
  'open',
  `arn:aws:ec2:us-east-1:${account}:security-group/*`,
  `arn:aws:ec2:us-east-1:${account}:security-group/sg-1?`,
  `arn:aws:ec2:us-east-1:${account}:security-group/sg-1/../sg-2`,
  `arn:aws:ec2:us-east-1:${account}:instance/sg-1`,
  `arn:aws:ec2:*:${account}:security-group/sg-1`,
  `arn:aws:ec2:us-east-1:*:security-group/sg-1`,
  `arn:aws:rds:us-east-1:${account}:db:*`,
  `arn:aws:iam::${account}:user/*`,
  `arn:aws:iam::${account}:user/a\u0000b`,
  `arn:aws:lambda:us-east-1:${account}:function:f:*`,
  `arn:aws:sqs:us-east-1:${account}:q*`,
  `arn:aws:kms:us-east-1:${account}:alias/x`,
  `arn:aws:ecr:us-east-1:${account}:repository/*`,
  `${account}/../x`,
  `${account}/us-east-1/x`,
  '__proto__',
]

test.each(tricks)('no action takes %j for a thing that it may change', ResourceId => {
  for (const action of actions.filter(({ arn, mode }) => arn !== undefined && mode !== 'guide')) {
    for (const CheckID of action.mends) {
      const choice = choose(requestOf({ CheckID, ResourceId }), registry, settings)
      expect([action.id, 'outcome' in choice]).toEqual([action.id, true])
    }
  }
})

test('what is no region, account or partition goes into no name of a host or role', () => {
  const CheckID = 's3_bucket_public_access'
  const ResourceId = 'arn:aws:s3:::open'
  for (const Region of ['evil.example/#', 'us-east-1.evil.example', 'us-east-1\n', '../x']) {
    const choice = choose(requestOf({ CheckID, ResourceId, Region }), registry, settings)
    if ('target' in choice) expect(choice.target.region).toBe('us-east-1')
    const asked = { region: Region }
    const other = choose(
      requestOf({ CheckID, ResourceId, Region: null }, asked),
      registry,
      settings,
    )
    expect(other).toMatchObject({ outcome: 'REFUSED' })
  }
  for (const AccountId of ['1', '*', `${account}\n`, 'aws', `${account}/x`]) {
    const choice = choose(requestOf({ CheckID, ResourceId, AccountId }), registry, settings)
    expect(choice).toMatchObject({ outcome: 'REFUSED' })
  }
})

test.each<[string, string]>([
  [
    '10 MB',
    JSON.stringify({
      ...finding({ CheckID: 'x', ResourceId: 'y' }),
      StatusExtended: 'x'.repeat(10 << 20),
    }),
  ],
  ['deep nesting', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['a list', '[{}]'],
  ['a number', '1'],
  ['nothing', ''],
  ['a name that is a list', '{"CheckID": ["a"], "ResourceId": "b", "Status": "FAIL"}'],
  ['no status', '{"CheckID": "a", "ResourceId": "b"}'],
])('%s in detail.finding is no event', (_, text) => {
  expect(() => readEvent({ detail: { finding: text } })).toThrow(BadEvent)
})

test('what a finding holds beside its fields is not taken along', () => {
  const text = `{"__proto__": {"Muted": false}, "constructor": 1, "Evidence": [{"Value": "hunter2"}], "CheckID": "a", "ResourceId": "b", "Status": "FAIL", "Fingerprint": "f", "Muted": "true"}`
  const request = readEvent({ detail: { finding: text } })
  expect(JSON.stringify(request)).not.toContain('hunter2')
  expect(request).toMatchObject({ finding: { CheckID: 'a', Muted: false } })
})

test.each([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '192.168.0.1',
  '172.16.0.1',
  '0.0.0.0',
  '127.1.2.3',
  '255.255.255.255',
  '224.0.0.1',
  '192.0.0.192',
  '198.18.0.1',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '2002:7f00:1::',
  '2001:0:a9fe:a9fe::1',
  'fe80::1',
  'fec0::1',
  'fd00:ec2::254',
  'ff02::1',
  '2001:db8::1',
])('messages go to no address like %s', async address => {
  const host = address.includes(':') ? `[${address}]` : address
  const post = async () => await poster()(`https://${host}/`, { body: '', timeoutMs: 100 })
  await expect(post).rejects.toThrow(Refused)
})

test('text for people calls nobody and links nowhere', () => {
  const evil =
    '<!channel> <@U1> <https://evil.example|click> @here #general https://evil.example www.evil.example *b* _i_ ~s~ `c` ![i](x) [l](x) | a | <img src=x> \u202e GH-1 org/repo#1'
  const slack = mrkdwn(evil)
  expect(slack).not.toMatch(/<|>/)
  const ticket = markdown(evil)
  expect(ticket).not.toMatch(/(?<!\\)[<>[\]|`*]|@\w|(?<!\\)#|#\d|:\/\/|www\.\w|\u202e/)
  const block = codeBlock(['```', '```` end', evil], 5_000)
  const [fence = ''] = block.split('\n', 1)
  expect(block.split('\n').filter(line => line.startsWith(fence))).toHaveLength(2)
})

test.each<[object, string | null]>([
  [{ jwt: { claims: { email: 'a@x.example', email_verified: 'true' } } }, 'a@x.example'],
  [{ jwt: { claims: { email: 'a@x.example', email_verified: 'false', sub: 's' } } }, 's'],
  [{ jwt: { claims: { email: 'a@x.example', sub: 's' } } }, 's'],
  // A subject that people choose could be made to look like an identity of another kind.
  [{ jwt: { claims: { sub: 'a@x.example' } } }, null],
  [{ jwt: { claims: { sub: 'arn:aws:iam::123456789012:user/ada' } } }, null],
  [{ jwt: { claims: { sub: 'U012AB3CD' } } }, null],
  [{ iam: { userArn: 'arn:aws:iam::1:user/ada' } }, 'arn:aws:iam::1:user/ada'],
  [{ jwt: { claims: { __proto__: { sub: 's' } } } }, null],
  [{ lambda: { sub: 's' } }, null],
])('who asks is what the authorizer vouches for: %j', (authorizer, identity) => {
  expect(readHttp({ requestContext: { authorizer } }).identity).toBe(identity)
})
