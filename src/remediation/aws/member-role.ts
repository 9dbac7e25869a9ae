import type { AwsCredentialIdentity } from '@smithy/types'
import type { Action, Target } from '../action.ts'
import { type Cloud, given } from './cloud.ts'

export interface MemberRole {
  /** With `{partition}`, `{account}` and `{action}` in it: a role for each action, in each account. */
  readonly arn: string
  readonly externalId: string | null
}

/** The credentials of the account's role for that action, narrowed to what this run may do to this resource. */
export async function memberCredentials(
  sts: Cloud,
  role: MemberRole,
  action: Action,
  target: Target,
): Promise<AwsCredentialIdentity> {
  const { Credentials } = await sts.ask('sts', 'AssumeRole', {
    RoleArn: roleArn(role.arn, action, target),
    RoleSessionName: `batten-${action.id}`.slice(0, 64),
    DurationSeconds: 900,
    Policy: JSON.stringify(sessionPolicy(action, target)),
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

/** Reads as the action needs them, and its writes on this one resource. */
export function sessionPolicy({ permissions, resources }: Action, target: Target) {
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: permissions.read, Resource: '*' },
      { Effect: 'Allow', Action: permissions.write, Resource: resources?.(target) ?? [target.arn] },
    ],
  }
}
