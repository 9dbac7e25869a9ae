import type { IpPermission, SecurityGroupRule, Tag } from '@aws-sdk/client-ec2'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/aws/index.ts'
import { asJson, canonical } from '../json.ts'
import { remediate } from '../remediate.ts'
import type { Result } from '../run.ts'
import { eventOf, finding, switchedOn, testTools } from '../sandbox.fixture.ts'
import { undo } from '../undo.ts'

const region = 'us-east-1'
const prefix = 'ec2_securitygroup_allow_ingress_from_internet_to'
const arn = 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1'

describe('row 122: rules of a group', () => {
  /** A rule set of every kind, of which only the world's rules on port 22 may go. */
  const mixed: IpPermission[] = [
    {
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      IpRanges: [
        { CidrIp: '0.0.0.0/0', Description: 'temporary <&> "x"' },
        { CidrIp: '10.1.23.2/32', Description: 'bastion' },
      ],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }, { CidrIpv6: '2001:db8::/32' }],
      PrefixListIds: [{ PrefixListId: 'pl-1', Description: 'offices' }],
      UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '123456789012', Description: 'ci' }],
    },
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: '123456789012' }] },
  ]

  test('only what the world may use goes, and undo brings back an equal set', async () => {
    const { tools, rules, close } = await group(mixed)
    const before = rules()
    const ssh = finding({ CheckID: `${prefix}_tcp_port_22`, ResourceId: arn })
    const result = await remediate(eventOf(ssh), tools)
    expect(result).toMatchObject({ outcome: 'FIXED' })
    const isWorldSsh = (rule: SecurityGroupRule) =>
      rule.FromPort === 22 && (rule.CidrIpv4 === '0.0.0.0/0' || rule.CidrIpv6 === '::/0')
    expect(rules()).toEqual(before.filter(rule => !isWorldSsh(rule)))
    const { restored } = await undo((result as Result).job, me, tools)
    expect(restored).toBe(true)
    expect(rules().map(whole).sort()).toEqual(before.map(whole).sort())
    await close()
  })

  test.each([
    [
      'a range that opens the web too',
      { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 },
      'port 80 and 443',
    ],
    ['all traffic', { IpProtocol: '-1' }, 'port 80 and 443'],
    [
      'a port that may be meant',
      { IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443 },
      'no port of administration',
    ],
  ])('%s waits for a person', async (_, permission, why) => {
    const { tools, rules, close } = await group([
      { ...permission, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ])
    const before = rules()
    const result = await remediate(
      eventOf(finding({ CheckID: 'sg_open_to_world', ResourceId: arn })),
      tools,
    )
    expect(result).toMatchObject({ outcome: 'QUEUED', why: [expect.stringContaining(why)] })
    expect(rules()).toEqual(before)
    await close()
  })

  test('the halves of the world are the world', async () => {
    const halves = [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }, { CidrIp: '10.0.0.0/8' }]
    const { tools, rules, close } = await group([
      { IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, IpRanges: halves },
    ])
    await remediate(
      eventOf(finding({ CheckID: `${prefix}_tcp_port_3389`, ResourceId: arn })),
      tools,
    )
    expect(rules().map(rule => rule.CidrIpv4)).toEqual(['10.0.0.0/8'])
    await close()
  })
})

describe('for any rule set', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ ec2: { [region]: { SecurityGroups: [{ GroupId: 'sg-1' }] } } })
  })
  afterAll(() => sandbox.close())

  test('exactly the offending rules go, and undo restores the set', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(rule, { maxLength: 12, selector: meaning }), async drawn => {
        const ec2 = sandbox.state.ec2(region)
        ec2.SecurityGroupRules = drawn.map((each, index) => ({
          ...each,
          SecurityGroupRuleId: `sgr-${String(index).padStart(3, '0')}`,
          GroupId: 'sg-1',
          GroupOwnerId: '123456789012',
        }))
        const before = structuredClone(ec2.SecurityGroupRules)
        const { tools } = testTools(sandbox.url, {
          settings: switchedOn({ perHour: 1e6, few: 1e6 }),
        })
        const ssh = finding({ CheckID: `${prefix}_tcp_port_22`, ResourceId: arn })
        const first = (await remediate(eventOf(ssh), tools)) as Result
        const wait = structuredClone(ec2.SecurityGroupRules)
        const bad = before.filter(isWorldSsh)
        if (bad.length === 0) {
          expect(first.outcome).toBe('ALREADY_OK')
          expect(wait).toEqual(before)
          return
        }
        if (bad.some(opensWeb)) {
          expect(first.outcome).toBe('QUEUED')
          expect(wait).toEqual(before)
          return
        }
        expect(first.outcome).toBe('FIXED')
        expect(wait).toEqual(before.filter(each => !isWorldSsh(each)))
        expect(await undo(first.job, me, tools)).toMatchObject({ restored: true })
        expect(ec2.SecurityGroupRules.map(whole).sort()).toEqual(before.map(whole).sort())
      }),
      { numRuns: 150 },
    )
  })
})

const me = { by: 'ada', force: false, dryRun: false }

const source = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1')
      .map(CidrIpv4 => ({ CidrIpv4 })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('10.0.0.0/8', '203.0.113.7/32', '8.0.0.0/8')
      .map(CidrIpv4 => ({ CidrIpv4 })),
  },
  fc.constantFrom('::/0', '2001:db8::/32').map(CidrIpv6 => ({ CidrIpv6 })),
  fc.constantFrom('pl-1', 'pl-2').map(PrefixListId => ({ PrefixListId })),
  fc
    .constantFrom('sg-1', 'sg-2')
    .map(GroupId => ({ ReferencedGroupInfo: { GroupId, UserId: '123456789012' } })),
)
const ports = fc.oneof(
  fc
    .constantFrom([22, 22], [20, 25], [443, 443], [80, 80], [3306, 3306], [0, 65535])
    .map(([FromPort, ToPort]) => ({
      IpProtocol: 'tcp',
      FromPort,
      ToPort,
    })),
  fc.constant({ IpProtocol: '-1', FromPort: -1, ToPort: -1 }),
  fc.constant({ IpProtocol: 'udp', FromPort: 22, ToPort: 22 }),
  fc.constant({ IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }),
)
const rule: fc.Arbitrary<SecurityGroupRule> = fc
  .tuple(
    ports,
    source,
    fc.boolean(),
    fc.constantFrom<{ Description?: string }>({}, { Description: 'kept "as" <is>' }),
    fc.constantFrom<Tag[]>([], [{ Key: 'team', Value: 'net' }]),
  )
  .map(([port, from, IsEgress, said, Tags]) => ({ ...port, ...from, IsEgress, ...said, Tags }))

/** Written apart from the action, so that the two can disagree. */
function isWorldSsh({
  IsEgress,
  IpProtocol,
  FromPort = 0,
  ToPort = 0,
  CidrIpv4,
  CidrIpv6,
}: SecurityGroupRule) {
  const isWorld =
    ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1'].includes(CidrIpv4 ?? '') || CidrIpv6 === '::/0'
  const is22 = IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= 22 && ToPort >= 22)
  return !IsEgress && isWorld && is22
}

function opensWeb({ IpProtocol, FromPort = 0, ToPort = 0 }: SecurityGroupRule) {
  return IpProtocol === '-1' || (FromPort <= 80 && ToPort >= 443)
}

/** AWS tells rules apart by this alone, whatever their descriptions. */
function meaning({
  IsEgress,
  IpProtocol,
  FromPort,
  ToPort,
  CidrIpv4,
  CidrIpv6,
  PrefixListId,
  ReferencedGroupInfo,
}: SecurityGroupRule) {
  return JSON.stringify([
    IsEgress,
    IpProtocol,
    FromPort,
    ToPort,
    CidrIpv4,
    CidrIpv6,
    PrefixListId,
    ReferencedGroupInfo?.GroupId,
  ])
}

/** All of it but the id, which AWS gives anew. */
function whole({ SecurityGroupRuleId: _, Tags = [], ...each }: SecurityGroupRule) {
  return canonical(asJson({ ...each, Tags }))
}

async function group(permissions: IpPermission[]) {
  const sandbox = await startSandbox({
    ec2: { [region]: { SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: permissions }] } },
  })
  const { tools } = testTools(sandbox.url)
  return {
    tools,
    rules: () => structuredClone(sandbox.state.ec2(region).SecurityGroupRules),
    close: sandbox.close,
  }
}
