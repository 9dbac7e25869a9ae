import type { GroupDetail } from '@aws-sdk/client-iam'
import type { Estate } from '../estate.ts'
import type { UserEstate } from '../services/iam/state.ts'
import { awsPolicies, customerPolicies, policyArn } from './iam-policies.ts'
import { roles } from './iam-roles.ts'
import { account, daysBefore, document, id, tags } from './make.ts'

export function iam(now: Date): NonNullable<Estate['iam']> {
  return {
    aliases: ['brightcart-shop'],
    users: users(now),
    groups,
    roles,
    policies: [...customerPolicies, ...awsPolicies],
    // The root user signs in by password alone, and a script of old still holds its key.
    root: {
      CreateDate: new Date('2021-03-01T09:00:00Z'),
      login: { CreateDate: new Date('2021-03-01T09:00:00Z'), LastUsed: daysBefore(now, 0.4) },
      accessKeys: [
        {
          AccessKeyId: 'AKIAROOTEXAMPLE00001',
          Status: 'Active',
          CreateDate: new Date('2021-03-02T09:00:00Z'),
          LastUsed: { LastUsedDate: daysBefore(now, 11), ServiceName: 's3', Region: 'us-east-1' },
        },
      ],
    },
    passwordPolicy: {
      MinimumPasswordLength: 8,
      RequireLowercaseCharacters: false,
      RequireUppercaseCharacters: false,
      RequireNumbers: false,
      RequireSymbols: false,
      AllowUsersToChangePassword: true,
      ExpirePasswords: false,
      PasswordReusePrevention: 3,
    },
    serverCertificates: [
      certificate('shop-2022', now, -400),
      certificate('shop-internal', now, 200),
    ],
    samlProviders: [],
    oidcProviders: [
      {
        Arn: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
        Url: 'token.actions.githubusercontent.com',
        ClientIDList: ['sts.amazonaws.com'],
        CreateDate: new Date('2023-02-01T09:00:00Z'),
      },
    ],
    organizationsFeatures: [],
  }
}

const groups: readonly GroupDetail[] = [
  group('administrators', ['AdministratorAccess', 'require-mfa']),
  group('developers', ['PowerUserAccess', 'require-mfa']),
  group('auditors', ['SecurityAudit', 'ReadOnlyAccess', 'require-mfa']),
  group('identity-desk', ['identity-desk', 'require-mfa']),
]

function users(now: Date): readonly UserEstate[] {
  const seen = (days: number) => daysBefore(now, days)
  const login = (lastUsed: number) => ({ CreateDate: seen(700), LastUsed: seen(lastUsed) })
  const phone = (name: string) => [
    { SerialNumber: `arn:aws:iam::${account}:mfa/${name}`, EnableDate: seen(690) },
  ]
  const token = [{ SerialNumber: 'GAHT12345678', EnableDate: seen(500) }]
  const key = (
    n: number,
    age: number,
    used: number | undefined,
    Status: 'Active' | 'Inactive' = 'Active',
  ) => ({
    AccessKeyId: `AKIAEXAMPLE${String(n).padStart(9, '0')}`,
    Status,
    CreateDate: seen(age),
    ...(used !== undefined && {
      LastUsed: { LastUsedDate: seen(used), ServiceName: 's3', Region: 'us-east-1' },
    }),
  })
  return [
    user('ada.lovelace', { GroupList: ['administrators'], login: login(1), mfa: token }),
    user('grace.hopper', {
      GroupList: ['developers'],
      login: login(2),
      mfa: phone('grace.hopper'),
    }),
    user('katherine.johnson', { GroupList: ['auditors'], login: login(6), mfa: token }),
    user('margaret.hamilton', {
      GroupList: ['developers'],
      login: login(4),
      mfa: phone('margaret.hamilton'),
      accessKeys: [key(1, 30, 1)],
    }),
    user('annie.easley', {
      GroupList: ['identity-desk'],
      login: login(9),
      mfa: phone('annie.easley'),
    }),
    // An administrator who signs in with a password alone.
    user('donald.davies', { GroupList: ['administrators'], login: login(3) }),
    // An administrator in person, without a second factor, not seen for months.
    user('contractor.jonas', {
      login: { CreateDate: seen(420), LastUsed: seen(210) },
      AttachedManagedPolicies: attached('AdministratorAccess', 'IAMFullAccess'),
    }),
    // The key was made with the user and never used.
    user('intern.mia', {
      CreateDate: seen(120),
      login: { CreateDate: seen(120) },
      accessKeys: [{ ...key(2, 120, undefined) }],
      mfa: phone('intern.mia'),
      AttachedManagedPolicies: attached('AWSCloudShellFullAccess'),
    }),
    user('build-bot', {
      accessKeys: [key(3, 480, 0.2), key(4, 20, 0.1)],
      AttachedManagedPolicies: attached('platform-everything'),
    }),
    user('legacy-ftp', {
      accessKeys: [key(5, 900, 300)],
      UserPolicyList: [
        {
          PolicyName: 'ftp',
          PolicyDocument: document({
            Effect: 'Allow',
            Action: ['iam:CreateAccessKey', 'iam:AttachUserPolicy', 's3:*'],
            Resource: '*',
          }),
        },
      ],
    }),
    user('metrics-exporter', {
      accessKeys: [key(6, 40, 0.1), key(7, 130, 45, 'Inactive')],
      AttachedManagedPolicies: attached('assume-anything'),
    }),
    user('backup-agent', { accessKeys: [key(8, 75, 1)], GroupList: ['auditors'] }),
  ]
}

function user(UserName: string, has: Partial<UserEstate>): UserEstate {
  return {
    UserName,
    Path: '/',
    UserId: id('AIDA', UserName).toUpperCase().replace('-', ''),
    Arn: `arn:aws:iam::${account}:user/${UserName}`,
    CreateDate: new Date('2022-05-01T08:00:00Z'),
    GroupList: [],
    AttachedManagedPolicies: [],
    UserPolicyList: [],
    Tags: tags(UserName, 'shared').filter(tag => tag.Key !== 'Name'),
    ...has,
  }
}

function group(GroupName: string, managed: readonly string[]): GroupDetail {
  return {
    GroupName,
    Path: '/',
    GroupId: id('AGPA', GroupName).toUpperCase().replace('-', ''),
    Arn: `arn:aws:iam::${account}:group/${GroupName}`,
    CreateDate: new Date('2022-03-01T10:00:00Z'),
    GroupPolicyList: [],
    AttachedManagedPolicies: attached(...managed),
  }
}

function attached(...names: readonly string[]) {
  return names.map(name => ({ PolicyName: name, PolicyArn: policyArn(name) }))
}

function certificate(name: string, now: Date, daysLeft: number) {
  return {
    Path: '/',
    ServerCertificateName: name,
    ServerCertificateId: id('ASCA', name).toUpperCase().replace('-', ''),
    Arn: `arn:aws:iam::${account}:server-certificate/${name}`,
    UploadDate: daysBefore(now, 800),
    Expiration: daysBefore(now, -daysLeft),
  }
}
