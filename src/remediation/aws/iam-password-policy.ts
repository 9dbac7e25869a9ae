import { action } from '../action.ts'
import { call, given } from './cloud.ts'

/** What the update takes: an update replaces the policy whole, and what it leaves out falls back. */
interface Policy {
  readonly MinimumPasswordLength: number
  readonly RequireSymbols: boolean
  readonly RequireNumbers: boolean
  readonly RequireUppercaseCharacters: boolean
  readonly RequireLowercaseCharacters: boolean
  readonly AllowUsersToChangePassword: boolean
  readonly MaxPasswordAge?: number | undefined
  readonly PasswordReusePrevention?: number | undefined
  readonly HardExpiry?: boolean | undefined
}

/** Asks no less of anything than the policy does now. */
export const iamPasswordPolicy = action<{ readonly policy: Policy | null }>({
  id: 'iam_password_policy',
  title: 'Ask for long passwords of all kinds of characters that are renewed',
  mends: [
    'iam_password_policy_minimum_length_14',
    'iam_password_policy_uppercase',
    'iam_password_policy_lowercase',
    'iam_password_policy_number',
    'iam_password_policy_symbol',
    'iam_password_policy_reuse_24',
    'iam_password_policy_expires_passwords_within_90_days_or_less',
  ],
  blast: 'B2',
  mode: 'approve',
  scope: 'account',
  permissions: {
    read: ['iam:GetAccountPasswordPolicy'],
    write: ['iam:UpdateAccountPasswordPolicy'],
    undo: ['iam:UpdateAccountPasswordPolicy', 'iam:DeleteAccountPasswordPolicy'],
  },
  resources: () => ['*'],
  async read(cloud) {
    const answer = await cloud.find('iam', 'GetAccountPasswordPolicy', {}, [
      'NoSuchEntity',
      'NoSuchEntityException',
    ])
    if (!answer) return { policy: null }
    const { ExpirePasswords: _, ...policy } = given(answer.PasswordPolicy, 'PasswordPolicy')
    return {
      policy: {
        ...policy,
        MinimumPasswordLength: policy.MinimumPasswordLength ?? 6,
        RequireSymbols: policy.RequireSymbols === true,
        RequireNumbers: policy.RequireNumbers === true,
        RequireUppercaseCharacters: policy.RequireUppercaseCharacters === true,
        RequireLowercaseCharacters: policy.RequireLowercaseCharacters === true,
        AllowUsersToChangePassword: policy.AllowUsersToChangePassword === true,
      },
    }
  },
  isGood: ({ policy }) => policy !== null && isSame(policy, better(policy)),
  mend: ({ policy }) => [call('iam', 'UpdateAccountPasswordPolicy', better(policy))],
  undo: ({ policy }) => [
    policy === null
      ? call('iam', 'DeleteAccountPasswordPolicy', {})
      : call('iam', 'UpdateAccountPasswordPolicy', policy),
  ],
})

function better(policy: Policy | null): Policy {
  const { MinimumPasswordLength = 0, PasswordReusePrevention = 0, MaxPasswordAge } = policy ?? {}
  return {
    AllowUsersToChangePassword: true,
    ...policy,
    MinimumPasswordLength: Math.max(14, MinimumPasswordLength),
    RequireSymbols: true,
    RequireNumbers: true,
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: true,
    MaxPasswordAge: MaxPasswordAge ? Math.min(90, MaxPasswordAge) : 90,
    PasswordReusePrevention: Math.max(24, PasswordReusePrevention),
  }
}

function isSame(a: Policy, b: Policy): boolean {
  const fields = new Map<string, unknown>(Object.entries(a))
  return Object.entries(b).every(([key, value]) => fields.get(key) === value)
}
