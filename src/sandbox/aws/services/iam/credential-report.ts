import type { State } from '../../state.ts'
import type { AccessKeyEstate, CredentialEstate } from './state.ts'

/** The credential report: CSV, the root user first. */
export function credentialReport({ account, partition, iam }: State): string {
  const rows = [
    row('<root_account>', `arn:${partition}:iam::${account}:root`, iam.root, true),
    ...iam.users.map(user =>
      row(
        user.UserName ?? '',
        user.Arn ?? `arn:${partition}:iam::${account}:user/${user.UserName}`,
        user,
        false,
      ),
    ),
  ]
  return [header, ...rows].map(cells => cells.join(',')).join('\n')
}

const header = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
]

function row(
  name: string,
  arn: string,
  { CreateDate, login, mfa = [], accessKeys = [] }: CredentialEstate,
  isRoot: boolean,
): readonly string[] {
  return [
    name,
    arn,
    time(CreateDate ?? new Date('2020-01-01T00:00:00Z')),
    ...password(login, isRoot),
    String(mfa.length > 0),
    ...key(accessKeys[0]),
    ...key(accessKeys[1]),
    'false',
    'N/A',
    'false',
    'N/A',
  ]
}

/** The root user always has a password, and the report says nothing of its age. */
function password(login: CredentialEstate['login'], isRoot: boolean): readonly string[] {
  if (isRoot) {
    return [
      'not_supported',
      login?.LastUsed ? time(login.LastUsed) : 'no_information',
      'not_supported',
      'not_supported',
    ]
  }
  if (!login) return ['false', 'N/A', 'N/A', 'N/A']
  return [
    'true',
    login.LastUsed ? time(login.LastUsed) : 'no_information',
    time(login.LastChanged ?? login.CreateDate),
    'N/A',
  ]
}

function key(accessKey: AccessKeyEstate | undefined): readonly string[] {
  if (!accessKey) return ['false', 'N/A', 'N/A', 'N/A', 'N/A']
  const { LastUsedDate, Region, ServiceName } = accessKey.LastUsed ?? {}
  return [
    String(accessKey.Status === 'Active'),
    time(accessKey.CreateDate),
    LastUsedDate ? time(LastUsedDate) : 'N/A',
    LastUsedDate ? (Region ?? 'N/A') : 'N/A',
    LastUsedDate ? (ServiceName ?? 'N/A') : 'N/A',
  ]
}

function time(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, '+00:00')
}
