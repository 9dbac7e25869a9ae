import { type Context, check, type Viewed } from '../../check.ts'
import { both, either } from '../../check-kit/decide.ts'
import { type Identity, inlineStatements, managedName } from '../../check-kit/policy/identity.ts'
import { isAllow, isEmpty } from '../../check-kit/policy/statement.ts'
import { startsWith } from '../../check-kit/text.ts'
import type { Statement } from '../../vocabulary/policy-document.ts'

export default [
  check('aws_iam_user', {
    id: 'iam_user_two_active_access_key',
    title: 'Users have one active access key at most',
    severity: 'medium',
    why: 'Every key is one more secret that can leak, and the second one is mostly forgotten.',
    fix: 'Deactivate the key that is not used, then delete it.',
    pass: user => user.access_key.filter(key => key.status === 'Active').length < 2,
    bad: [keys('Active', 'Active')],
    good: [keys('Active'), keys('Active', 'Inactive'), 'name = "a"'],
    fault: 'has two active access keys',
  }),

  check('aws_iam_user', {
    id: 'iam_user_no_setup_initial_access_key',
    title: 'Users with a password get no access key along with it',
    severity: 'medium',
    why: 'A key that is made with the user is seldom needed, often unused, and can leak all the same.',
    fix: 'Leave the key out, or give programs a user or, better, a role of their own.',
    pass: user =>
      both(
        () => user.login_profile !== undefined,
        () => user.access_key.some(key => key.status === 'Active'),
      ) === false,
    bad: [`${keys('Active')}\n${loginProfile()}`],
    good: [keys('Active'), `resource "aws_iam_user" "a" {\n name = "a"\n}\n${loginProfile()}`],
    fault: 'has a password and an access key',
  }),

  check('aws_iam_user', {
    id: 'iam_user_with_temporary_credentials',
    title: 'Users’ access keys are good for IAM and STS alone',
    severity: 'high',
    why: 'A key that leaks works until somebody notices; credentials of a role end by themselves.',
    fix: 'Give programs a role, or let the user do no more than `sts:AssumeRole`.',
    pass: (user, context) =>
      !both(
        () => user.access_key.some(key => key.status === 'Active'),
        () => mayMoreThanAssume(user, context),
      ),
    bad: [
      `${keys('Active')}\n${policyOfUser('s3:GetObject')}`,
      `${keys('Active')}
      resource "aws_iam_user_policy_attachment" "a" {
        user       = aws_iam_user.a.name
        policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
      }`,
      `${keys('Active')}\n${inGroup('s3:GetObject')}`,
      liveUser('s3:GetObject'),
    ],
    good: [
      keys('Active'),
      `${keys('Inactive')}\n${policyOfUser('s3:GetObject')}`,
      `${keys('Active')}\n${policyOfUser('sts:AssumeRole')}`,
      `${keys('Active')}
      resource "aws_iam_user_policy_attachment" "a" {
        user       = aws_iam_user.a.name
        policy_arn = "arn:aws:iam::aws:policy/IAMUserChangePassword"
      }`,
      `${keys('Active')}\n${inGroup('sts:AssumeRole')}`,
      liveUser('sts:AssumeRole'),
    ],
    fault: 'has an access key that is good for more than IAM and STS',
  }),
]

/** By policies of its own, and by those of its groups. */
function mayMoreThanAssume(user: Viewed<'aws_iam_user'>, { related, placeOf }: Context): boolean {
  const reachesOut = (identity: Identity, policies: readonly Viewed<'aws_iam_policy'>[]) => {
    const isHere = (arn: string) => policies.some(policy => placeOf(policy).id === arn)
    return either(
      () => inlineStatements(identity).some(allowsMore),
      () => identity.managed_policy_arns.some(arn => !isOfIam(managedName(arn, isHere))),
      () => policies.some(policy => policy.policy.Statement.some(allowsMore)),
    )
  }
  return either(
    () => reachesOut(user, related('aws_iam_policy')),
    () =>
      related('aws_iam_group').some(group => reachesOut(group, related('aws_iam_policy', group))),
  )
}

function isOfIam(policy: string | null): boolean {
  // What is in the scan is judged by its document.
  return policy === null || policy.startsWith('IAM')
}

function allowsMore(statement: Statement): boolean {
  return both(
    () => isAllow(statement),
    () =>
      either(
        () => !isEmpty(statement.NotAction),
        () =>
          statement.Action.some(
            action =>
              !either(
                () => startsWith(action, 'iam:'),
                () => startsWith(action, 'sts:'),
              ),
          ),
      ),
  )
}

function policyOfUser(action: string): string {
  return `resource "aws_iam_user_policy" "a" {
    user   = aws_iam_user.a.name
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })
  }`
}

function inGroup(action: string): string {
  return `resource "aws_iam_user_group_membership" "a" {
    user   = aws_iam_user.a.name
    groups = [aws_iam_group.a.name]
  }
  resource "aws_iam_group" "a" {
    name = "a"
  }
  resource "aws_iam_group_policy_attachment" "a" {
    group      = aws_iam_group.a.name
    policy_arn = aws_iam_policy.a.arn
  }
  resource "aws_iam_policy" "a" {
    name   = "a"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })
  }`
}

function liveUser(action: string): Readonly<Record<string, unknown>> {
  const arn = 'arn:aws:iam::111122223333:policy/a'
  return {
    aws_iam_user: {
      name: 'a',
      groups: [],
      inline_policy: [],
      managed_policy_arns: [arn],
      access_key: [{ status: 'Active' }],
    },
    aws_iam_policy: {
      id: arn,
      arn,
      name: 'a',
      policy: { Statement: [{ Effect: 'Allow', Action: [action], Resource: ['*'] }] },
    },
  }
}

function keys(...statuses: readonly string[]): string {
  const blocks = statuses.map(
    (status, at) => `resource "aws_iam_access_key" "k${at}" {
    user   = aws_iam_user.a.name
    status = "${status}"
  }`,
  )
  return `resource "aws_iam_user" "a" {
    name = "a"
  }
  ${blocks.join('\n')}`
}

function loginProfile(): string {
  return 'resource "aws_iam_user_login_profile" "a" {\n user = aws_iam_user.a.name\n}'
}
