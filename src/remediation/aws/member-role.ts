import type { AwsCredentialIdentity } from '@smithy/types'
import type { Action, Purpose, Target } from '../action.ts'
import { type Cloud, given } from './cloud.ts'

interface Run {
  readonly action: Action
  readonly target: Target
  readonly purpose: Purpose
}

export interface MemberRole {
  /** With `{partition}`, `{account}` and `{action}` in it: a role for each action, in each account. */
  readonly arn: string
  readonly externalId: string | null
}

/** The credentials of the account's role for that action, narrowed to what this run may do to this resource. */
export async function memberCredentials(
  sts: Cloud,
  role: MemberRole,
  run: Run,
): Promise<AwsCredentialIdentity> {
  const { action, target } = run
  const { Credentials } = await sts.ask('sts', 'AssumeRole', {
    RoleArn: roleArn(role.arn, action, target),
    RoleSessionName: `batten-${action.id}`.slice(0, 64),
    DurationSeconds: 900,
    Policy: JSON.stringify(sessionPolicy(run)),
    ...(role.externalId === null ? {} : { ExternalId: role.externalId }),
  })
  const { AccessKeyId, SecretAccessKey, SessionToken } = given(Credentials, 'Credentials')
  return {
    accessKeyId: given(AccessKeyId, 'AccessKeyId'),
    secretAccessKey: given(SecretAccessKey, 'SecretAccessKey'),
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
  }
}

function roleArn(pattern: string, action: Action, { partition, account }: Target): string {
  return pattern
    .replaceAll('{partition}', partition)
    .replaceAll('{account}', account)
    .replaceAll('{action}', roleName(action))
}

/** Role names take no more than 64 characters, of which the prefix has some. */
export function roleName({ id }: Pick<Action, 'id'>): string {
  return id.replaceAll('_', '-')
}

/** Reads as the action needs them, and what it is to change on this one resource: the mend, or the way back, never both. */
export function sessionPolicy({ action: { permissions, resources }, target, purpose }: Run) {
  const reads = { Effect: 'Allow', Action: permissions.read, Resource: '*' }
  if (purpose === 'look') return { Version: '2012-10-17', Statement: [reads] }
  const writes = purpose === 'mend' ? permissions.write : permissions.undo
  const Resource = resources?.(target) ?? [target.arn]
  return {
    Version: '2012-10-17',
    Statement: [reads, { Effect: 'Allow', Action: writes, Resource }],
  }
}
