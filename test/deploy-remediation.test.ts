import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { actionCases } from '../src/remediation/aws/action-cases.fixture.ts'
import { actions } from '../src/remediation/aws/actions.ts'
import type { Cloud } from '../src/remediation/aws/cloud.ts'
import { roleName, sessionPolicy } from '../src/remediation/aws/member-role.ts'
import { choose } from '../src/remediation/choose.ts'
import { detailType, source } from '../src/remediation/emit/entry.ts'
import { type Environment, readLambdaConfig } from '../src/remediation/lambda-config.ts'
import { dynamoStore } from '../src/remediation/record/dynamo-store.ts'
import { registryOf } from '../src/remediation/registry.ts'
import { finding, sandboxCloud, switchedOn } from '../src/remediation/sandbox.fixture.ts'
import { defaults } from '../src/remediation/settings.ts'
import { startSandbox } from '../src/sandbox/aws/index.ts'
import { scan } from '../src/scan.ts'
import {
  type Code,
  covers,
  everything,
  folder,
  readCode,
  readStacks,
  type Stacks,
  statementsOf,
  terraform,
  top,
} from './deploy-remediation.ts'

const mending = actions.filter(action => action.mode !== 'guide')

let code: Code
let stacks: Stacks
beforeAll(async () => {
  code = await readCode(everything)
  stacks = readStacks()
})

test.each([
  ['with everything', everything],
  ['with the least', { bundle: 'dist/lambda', external_id: 'batten' }],
])('Batten finds nothing in its own Terraform, %s', async (_, given) => {
  const report = await scan({
    paths: [terraform],
    cwd: top,
    env: {},
    terraform: { vars: given, varFiles: [], skipPaths: [] },
    now: new Date(0),
    version: '0',
    debug: true,
    select: {},
    compliance: { frameworks: [], shown: false },
    status: [],
    noise: { newOnly: false, inlineSkips: true },
    exit: () => 0,
    progress: () => {},
    signal: new AbortController().signal,
  })
  const said = [...report.findings()].filter(({ Status }) => Status !== 'PASS')
  expect(
    said.map(({ CheckID, Status, ResourceId }) => `${Status} ${CheckID} ${ResourceId}`),
  ).toEqual([])
  expect(report.summary.gaps).toEqual([])
  expect(report.summary.counts.pass).toBeGreaterThan(300)
})

describe.each([
  ['Terraform', (id: string | null) => code.role(id)],
  ['CloudFormation', (id: string | null) => stacks.role(id)],
])('the roles in %s', (_, role) => {
  test.each(mending.map(action => [action.id, action] as const))(
    '%s: what it needs, and no more',
    (id, { permissions: { read, write, undo } }) => {
      expect(role(id).actions).toEqual(new Set([...read, ...write]))
      const back = role(null)
      for (const permission of [...read, ...undo]) expect(back.actions).toContain(permission)
    },
  )

  test('the role for undoing holds nothing that only mends', () => {
    const ways = mending.flatMap(({ permissions: { read, undo } }) => [...read, ...undo])
    expect(role(null).actions).toEqual(new Set(ways))
    expect(stacks.role(null).length).toBeLessThan(10_240)
  })

  test.each(actionCases.map((each, index) => [`${each.action} #${index}`, each] as const))(
    '%s: every resource that a session may name is within the role’s',
    (_, { check, resource, region = 'us-east-1' }) => {
      const about = finding({ CheckID: check, ResourceId: resource, Region: region })
      const request = { kind: 'finding', id: null, source: null, detailType: null } as const
      const choice = choose(
        { ...request, account: null, region: null, finding: about },
        registryOf(actions),
        switchedOn(),
      )
      if (!('action' in choice)) throw new Error(choice.why)
      for (const purpose of ['mend', 'undo'] as const) {
        const holder = role(purpose === 'mend' ? choice.action.id : null)
        const asked = sessionPolicy({ ...choice, purpose })
        expect(JSON.stringify(asked).length).toBeLessThan(2048)
        for (const { Action, Resource } of asked.Statement) {
          for (const permission of Action) {
            const patterns = holder.resources(permission)
            expect(patterns.length, permission).toBeGreaterThan(0)
            for (const arn of [Resource].flat().filter(() => !implied.has(permission)))
              expect(
                patterns.some(pattern => covers(pattern, arn)),
                `${permission} on ${arn}`,
              ).toBe(true)
          }
        }
      }
    },
  )
})

/** Narrowed by conditions to where AWS asks for them in company of another call. */
const implied = new Set(['ec2:CreateTags', 'iam:CreateServiceLinkedRole'])

test('a template of roles can be sent as it is, and holds one role for each action', () => {
  const text = readFileSync(join(folder, 'cloudformation/member.yaml'))
  expect(text.byteLength).toBeLessThan(51_200)
  const names = Object.values(stacks.member).map(({ Properties }) => Properties.RoleName)
  const wanted = [...mending.map(roleName), 'undo'].map(name => `\${Prefix}-${name}`)
  expect([...names].sort()).toEqual(wanted.sort())
})

test('the functions get every setting that the program asks for', async () => {
  const asked = new Set<string>()
  const env: Environment = new Proxy(
    {},
    {
      get(_, name) {
        asked.add(String(name))
        return name === 'BATTEN_TICKET_PARAMETER' ? '' : String(name)
      },
    },
  )
  const ask = async (_: string, __: string, { Name }: { readonly Name: string }) => ({
    Parameter: { Value: JSON.stringify(/KEYS/.test(Name) ? { k: 'a'.repeat(40) } : {}) },
  })
  await readLambdaConfig(env, { ask } as unknown as Cloud)
  const own = ['BATTEN_ROLE', 'BATTEN_EXTERNAL_ID']
  const decides = [...asked].filter(name => !own.includes(name)).sort()
  const { Mender, Approval } = stacks.remediation
  for (const [names, wanted] of [
    [Object.keys(Mender?.Properties.Environment.Variables), [...asked].sort()],
    [Object.keys(Approval?.Properties.Environment.Variables), decides],
    [code.variables('aws_lambda_function.mender'), [...asked].sort()],
    [code.variables('aws_lambda_function.approval'), decides],
  ] as const) {
    expect([...names].sort()).toEqual(wanted)
  }
})

test('the rule takes what batten aws --send eventbridge puts, and nothing else', () => {
  const pattern = { source: [source], 'detail-type': [detailType] }
  expect(stacks.remediation.Findings?.Properties.EventPattern).toEqual(pattern)
  const { event_pattern: text } = code.one('aws_cloudwatch_event_rule.findings').attributes
  expect(JSON.parse(String(text))).toEqual(pattern)
})

test('the functions may do to the table what the record does, and take nothing out of it', async () => {
  const sandbox = await startSandbox({
    dynamodb: { 'us-east-1': { tables: [{ TableName: 't' }] } },
  })
  const store = dynamoStore(sandboxCloud(sandbox.url, 'us-east-1'), 't')
  const at = '2026-11-24T12:00:00Z'
  const notice = { id: 'n', channel: 'slack', job: 'j', at }
  await store.lock('a', 'me', 0, 1)
  await store.unlock('a', 'me')
  await store.commit(
    {
      ...{ kind: 'ended', job: 'j', event: null, at, outcome: 'QUEUED', why: [], finding: null },
      ...{ action: null, target: null, environment: null, ran: [], after: null, offer: null },
    },
    { resource: 'r', limits: [{ name: 'l', most: 1, until: 1 }], notices: [notice] },
  )
  await store.drop(notice)
  await store.notices()
  await store.past('r')
  await sandbox.close()
  const used = new Set<string>()
  const deleted = new Set<unknown>()
  for (const { operation, input } of sandbox.calls) {
    const steps = Array.isArray(input.TransactItems) ? input.TransactItems : null
    if (operation === 'DeleteItem') deleted.add(Object(Object(input.Key).pk).S)
    for (const step of steps?.flatMap(Object.keys) ?? []) used.add(`dynamodb:${step}Item`)
    if (!steps) used.add(`dynamodb:${operation}`)
  }
  const policies = [
    stacks.remediation.CommonPolicy?.Properties.PolicyDocument,
    code.one('aws_iam_role_policy.mender').attributes.policy,
    code.one('aws_iam_role_policy.approval').attributes.policy,
  ]
  expect([...deleted].sort()).toEqual(['lock', 'notice'])
  for (const statements of policies.map(statementsOf)) {
    const table = statements.filter(({ actions: names }) => names.some(isTables))
    expect(new Set(table.flatMap(each => each.actions))).toEqual(used)
    const [forget] = table.filter(each => each.actions.includes('dynamodb:DeleteItem'))
    expect(forget?.condition).toMatch(
      /ForAllValues:StringEquals.*dynamodb:LeadingKeys.*lock.*notice/i,
    )
  }
})

test('both dead-letter queues stand where events can get lost, and are watched', () => {
  const { Findings, Mender, ...rest } = stacks.remediation
  expect(Findings?.Properties.Targets[0].DeadLetterConfig.Arn).toBe('Undelivered.Arn')
  expect(Mender?.Properties.DeadLetterConfig.TargetArn).toBe('Failed.Arn')
  const watched = Object.values(rest).flatMap(({ Type, Properties }) =>
    Type === 'AWS::CloudWatch::Alarm' ? Properties.Dimensions[0].Value : [],
  )
  expect(watched).toEqual(expect.arrayContaining(['Undelivered.QueueName', 'Failed.QueueName']))
  const alarms = code.resources.filter(({ type }) => type === 'aws_cloudwatch_metric_alarm')
  expect(alarms).toHaveLength(
    Object.values(rest).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length,
  )
})

test('every variable, parameter and setting is written of', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const source = readFileSync(join(terraform, 'variables.tf'), 'utf8')
  const variables = [...source.matchAll(/^variable "(\w+)"/gm)].map(match => match[1] ?? '')
  const names = [...variables, ...stacks.parameters]
  expect(names.length).toBeGreaterThan(30)
  expect(names.filter(name => !readme.includes(`\`${name}\``))).toEqual([])
  const page = readFileSync(join(top, 'docs/remediation.md'), 'utf8')
  expect(Object.keys(defaults).filter(name => !page.includes(name))).toEqual([])
})

function isTables(permission: string): boolean {
  return permission.startsWith('dynamodb:')
}
