import type { AddPermissionRequest } from '@aws-sdk/client-lambda'
import { action, Unset } from '../action.ts'
import type { Json } from '../json.ts'
import { call } from './cloud.ts'
import { isOpen, policyValue, statementsOf, strangersSids } from './policy.ts'

interface State {
  readonly policy: string | null
}

/** Lambda has no call that writes a policy: a statement is taken out by its id, and rebuilt from its parts. */
export const lambdaPublicPolicy = action<State>({
  id: 'lambda_public_policy',
  title: 'Take the statements that let everybody in out of the function’s policy',
  mends: ['awslambda_function_not_publicly_accessible'],
  blast: 'B2',
  mode: 'approve',
  scope: 'resource',
  arn: /^(?<name>arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+)$/,
  permissions: {
    read: ['lambda:GetPolicy', 'lambda:ListTags'],
    write: ['lambda:RemovePermission'],
    undo: ['lambda:AddPermission'],
  },
  async read(cloud, { name }) {
    const answer = await cloud.find('lambda', 'GetPolicy', { FunctionName: name }, [
      'ResourceNotFoundException',
    ])
    return { policy: answer?.Policy ?? null }
  },
  isGood: ({ policy }) => !isOpen(policy),
  mend: ({ policy }, { name }) => {
    const all = new Map(statementsOf(policy ?? '').map(each => [text(each, 'Sid'), each]))
    return strangersSids(policy ?? '').map(StatementId => {
      const statement = all.get(StatementId ?? null)
      if (StatementId === undefined || statement === undefined) {
        throw new Unset('a statement has no id to be taken out by')
      }
      // What could not be put back is not taken out.
      rebuilt(name, statement)
      return call('lambda', 'RemovePermission', { FunctionName: name, StatementId })
    })
  },
  undo: (before, now, { name }) => {
    const present = new Set(
      now.policy === null ? [] : statementsOf(now.policy).map(each => text(each, 'Sid')),
    )
    return statementsOf(before.policy ?? '{}')
      .filter(statement => !present.has(text(statement, 'Sid')))
      .map(statement => call('lambda', 'AddPermission', rebuilt(name, statement)))
  },
  comparable: ({ policy }) => {
    const value = policyValue(policy)
    return value === null
      ? null
      : statementsOf(policy ?? '')
          .map(each => JSON.stringify(each))
          .sort()
  },
  tags: async (cloud, { name }) => {
    const { Tags } = await cloud.ask('lambda', 'ListTags', { Resource: name })
    return Tags ?? {}
  },
})

/** The conditions that AddPermission knows: what it would not write as it stands is a person's work. */
function rebuilt(FunctionName: string, statement: Json): AddPermissionRequest {
  const StatementId = text(statement, 'Sid')
  const Action = text(statement, 'Action')
  const principal = member(statement, 'Principal')
  const Principal =
    typeof principal === 'string'
      ? principal
      : (text(principal, 'AWS') ?? text(principal, 'Service') ?? null)
  const condition = member(statement, 'Condition') ?? {}
  const tests = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys ?? {}).map(([key, value]) => ({ operator, key, value })),
  )
  const known = tests.map(({ operator, key, value }) => {
    const name = conditions.get(`${operator} ${key}`)
    return name !== undefined && typeof value === 'string' ? ([name, value] as const) : null
  })
  if (StatementId === null || Action === null || Principal === null || known.includes(null)) {
    throw new Unset('a statement of the policy could not be put back as it was')
  }
  const fields = Object.fromEntries(known.filter(each => each !== null))
  return { FunctionName, StatementId, Action, Principal, ...fields }
}

const conditions = new Map([
  ['ArnLike AWS:SourceArn', 'SourceArn'],
  ['StringEquals AWS:SourceAccount', 'SourceAccount'],
  ['StringEquals aws:PrincipalOrgID', 'PrincipalOrgID'],
  ['StringEquals lambda:FunctionUrlAuthType', 'FunctionUrlAuthType'],
])

function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value)).get(name)
    : undefined
}

function text(value: Json | undefined, name: string): string | null {
  const found = member(value, name)
  return typeof found === 'string' ? found : null
}
