import { type Context, check } from '../../check.ts'
import { daysSince } from '../../check-kit/age.ts'
import { both, either } from '../../check-kit/decide.ts'
import { hasManagedPolicy } from '../../check-kit/policy/identity.ts'

export default [
  check('aws_account', {
    id: 'iam_no_root_access_key',
    title: 'Root has no access key',
    severity: 'critical',
    why: 'Whoever finds the key owns the account: no policy limits root.',
    fix: 'Delete root’s access keys; give programs a role.',
    on: 'live',
    pass: account => account.root_access_keys === 0,
    bad: [{ root_access_keys: 1 }, { root_access_keys: 2 }],
    good: [{ root_access_keys: 0 }],
    fault: 'has an access key of root',
  }),

  check('aws_account', {
    id: 'iam_root_mfa_enabled',
    title: 'Root signs in with MFA',
    severity: 'critical',
    why: 'A password alone opens the whole account: no policy limits root.',
    fix: 'Add an MFA device to the root user.',
    on: 'live',
    when: hasRootCredentials,
    pass: account => account.root_mfa_enabled,
    bad: [root({ root_mfa_enabled: false })],
    good: [root({ root_mfa_enabled: true }), root({ root_has_password: false })],
    fault: 'has a root user without MFA',
  }),

  check('aws_account', {
    id: 'iam_root_hardware_mfa_enabled',
    title: 'Root signs in with a hardware key',
    severity: 'critical',
    why: 'An app on a phone can be cloned, phished or lost along with the phone, and with it the account.',
    fix: 'Add a hardware key to the root user and remove the virtual device.',
    on: 'live',
    when: hasRootCredentials,
    pass: account =>
      both(
        () => account.root_mfa_enabled,
        () => account.root_mfa_hardware,
      ),
    bad: [
      root({ root_mfa_enabled: true, root_mfa_hardware: false }),
      root({ root_mfa_enabled: false, root_mfa_hardware: false }),
      // No device at all is no virtual one either.
      root({ root_mfa_enabled: false, root_mfa_hardware: true }),
    ],
    good: [root({ root_mfa_enabled: true, root_mfa_hardware: true })],
    fault: 'has a root user without a hardware key',
  }),

  check('aws_account', {
    id: 'iam_avoid_root_usage',
    title: 'Root has not been used lately',
    severity: 'high',
    why: 'Root may do everything, so every use of it risks everything, and nobody can tell who it was.',
    fix: 'Use a role for the daily work, and root for the few tasks that need it.',
    on: 'live',
    options: { days: 1 },
    pass: (account, context) =>
      both(
        () => isLongAgo(account.root_password_last_used, context),
        () => isLongAgo(account.root_access_key_last_used, context),
      ),
    bad: [
      used({ root_password_last_used: '2025-12-31T08:00:00Z' }),
      used({ root_access_key_last_used: '2025-12-30T12:00:00Z' }),
    ],
    good: [
      used({}),
      used({
        root_password_last_used: '2025-12-29T23:00:00Z',
        root_access_key_last_used: '2024-05-01T00:00:00Z',
      }),
    ],
    fault: 'has a root user in use',
  }),

  check('aws_account', {
    id: 'iam_support_role_created',
    title: 'A role may open cases with AWS Support',
    severity: 'medium',
    why: 'In an incident somebody has to find root’s password before AWS can help.',
    fix: 'Attach `AWSSupportAccess` to a role that the people on call may assume.',
    on: 'live',
    pass: (_, { all }) =>
      all('aws_iam_role').some(role => hasManagedPolicy(role, 'AWSSupportAccess')),
    bad: [accountWith({}), roleWith('SecurityAudit')],
    good: [roleWith('AWSSupportAccess')],
    fault: 'has no role for AWS Support',
  }),

  check('aws_account', {
    id: 'iam_securityaudit_role_created',
    title: 'A role may audit the account',
    severity: 'low',
    why: 'Auditors are given more than they need, or see nothing when it counts.',
    fix: 'Attach `SecurityAudit` to a role that auditors may assume.',
    on: 'live',
    pass: (_, { all }) => all('aws_iam_role').some(role => hasManagedPolicy(role, 'SecurityAudit')),
    bad: [accountWith({}), roleWith('AWSSupportAccess')],
    good: [roleWith('SecurityAudit')],
    fault: 'has no role for auditors',
  }),

  check('aws_account', {
    id: 'iam_check_saml_providers_sts',
    title: 'People sign in through an identity provider',
    severity: 'low',
    why: 'Users of IAM keep long-lived passwords and keys that outlast the people.',
    fix: 'Add a SAML provider, or use IAM Identity Center, and let people assume roles through it.',
    on: 'live',
    pass: (_, { all }) => all('aws_iam_saml_provider').some(() => true),
    bad: [accountWith({})],
    good: [accountWith({ aws_iam_saml_provider: { name: 'office' } })],
    fault: 'has no SAML provider',
  }),

  check('aws_iam_group', {
    id: 'iam_administrator_access_with_mfa',
    title: 'Members of groups with AdministratorAccess use MFA',
    severity: 'high',
    why: 'One leaked password of a member is enough to own the account.',
    fix: 'Add an MFA device to every member, or take those without one out of the group.',
    on: 'live',
    when: group => hasManagedPolicy(group, 'AdministratorAccess'),
    pass: (_, { referring }) => referring('aws_iam_user').every(user => user.mfa_active),
    bad: [administrators({ mfa_active: true }, { mfa_active: false })],
    good: [
      administrators({ mfa_active: true }),
      administrators(),
      administrators({ groups: ['staff'], mfa_active: false }),
    ],
    fault: 'gives AdministratorAccess to a member without MFA',
  }),

  check('aws_iam_server_certificate', {
    id: 'iam_no_expired_server_certificates_stored',
    title: 'TLS certificates in IAM have not expired',
    severity: 'high',
    why: 'A load balancer that is given an expired certificate by mistake turns its users away.',
    fix: 'Delete the certificate, or replace it by one in ACM, which renews itself.',
    cli: 'aws iam delete-server-certificate --server-certificate-name {name}',
    on: 'live',
    pass: ({ expiration }, { now }) => (daysSince(expiration, now) ?? -1) < 0,
    bad: [{ expiration: '2025-12-31T23:00:00Z' }, { expiration: '2020-01-01T00:00:00Z' }],
    good: [{ expiration: '2026-01-01T01:00:00Z' }],
    fault: ({ expiration }) => `expired on ${(expiration ?? '').slice(0, 10)}`,
  }),
]

interface Root {
  readonly root_has_password: boolean
  readonly root_access_keys: number
}

/** A member account whose root is managed centrally has nothing to sign in with. */
function hasRootCredentials(account: Root): boolean {
  return either(
    () => account.root_has_password,
    () => account.root_access_keys > 0,
  )
}

function isLongAgo(moment: string | undefined, { now, options }: Context): boolean {
  return (daysSince(moment, now) ?? Number.POSITIVE_INFINITY) > Number(options.days)
}

function root(facts: Readonly<Record<string, unknown>>) {
  // finished: an example
  return { root_has_password: true, root_access_keys: 0, root_mfa_hardware: false, ...facts }
}

function used(facts: Readonly<Record<string, unknown>>) {
  // finished: an example
  return { root_password_last_used: null, root_access_key_last_used: null, ...facts }
}

function accountWith(others: Readonly<Record<string, unknown>>) {
  // finished: an example
  return { aws_account: { id: '111122223333' }, ...others }
}

function roleWith(policy: string) {
  const arn = `arn:aws:iam::aws:policy/${policy}`
  return accountWith({
    aws_iam_role: {
      name: 'a',
      managed_policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', arn],
    },
  })
}

function administrators(...members: readonly Readonly<Record<string, unknown>>[]) {
  return {
    aws_iam_group: {
      name: 'admins',
      managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    },
    aws_iam_user: members.map((member, at) => ({
      name: `u${at}`,
      groups: ['admins', 'staff'],
      // finished: an example
      ...member,
    })),
  }
}
