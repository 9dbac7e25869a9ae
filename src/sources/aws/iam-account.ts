import {
  GetAccountPasswordPolicyCommand,
  ListOrganizationsFeaturesCommand,
  type ListOrganizationsFeaturesResponse,
} from '@aws-sdk/client-iam'
import { codeOf } from '../../clouds/aws/failure.ts'
import { globalArn } from './arn.ts'
import { iam } from './iam-client.ts'
import { mapped, only } from './read.ts'
import { type Read, type Row, row } from './row.ts'

const passwordPolicy = iam.one(GetAccountPasswordPolicyCommand, () => ({}), {
  absent: ['NoSuchEntity'],
})

export const rows: readonly Row[] = [
  row({
    type: 'aws_iam_account_password_policy',
    service: 'iam',
    scope: 'account',
    // Where nobody has set one, AWS asks for eight characters and for nothing that its settings could say.
    list: only(passwordPolicy),
    id: (_, at) => globalArn(at, 'iam', 'password-policy'),
    set: {
      id: () => 'iam-account-password-policy',
      allow_users_to_change_password: answer =>
        answer?.PasswordPolicy?.AllowUsersToChangePassword ?? true,
      expire_passwords: answer => answer?.PasswordPolicy?.ExpirePasswords ?? false,
      hard_expiry: answer => answer?.PasswordPolicy?.HardExpiry ?? false,
      max_password_age: answer => answer?.PasswordPolicy?.MaxPasswordAge ?? 0,
      minimum_password_length: answer => answer?.PasswordPolicy?.MinimumPasswordLength ?? 8,
      password_reuse_prevention: answer => answer?.PasswordPolicy?.PasswordReusePrevention ?? 0,
      require_lowercase_characters: answer =>
        answer?.PasswordPolicy?.RequireLowercaseCharacters ?? false,
      require_numbers: answer => answer?.PasswordPolicy?.RequireNumbers ?? false,
      require_symbols: answer => answer?.PasswordPolicy?.RequireSymbols ?? false,
      require_uppercase_characters: answer =>
        answer?.PasswordPolicy?.RequireUppercaseCharacters ?? false,
    },
  }),
  row({
    type: 'aws_iam_organizations_features',
    service: 'iam',
    scope: 'account',
    // Only the account that manages an organisation has them.
    list: mapped(only(organizationsFeatures()), answers =>
      answers.filter(answer => answer !== null),
    ),
    id: (_, at) => globalArn(at, 'iam', 'organizations-features'),
    set: {
      id: 'OrganizationId',
      enabled_features: ({ EnabledFeatures = [] }) => EnabledFeatures,
    },
  }),
]

function organizationsFeatures(): Read<undefined, ListOrganizationsFeaturesResponse | null> {
  const read = iam.one(ListOrganizationsFeaturesCommand, () => ({}), {
    absent: [
      'AccountNotManagementOrDelegatedAdministratorException',
      'OrganizationNotFoundException',
      'OrganizationNotInAllFeaturesModeException',
    ],
  })
  return {
    ...read,
    run: at =>
      read.run(at, undefined).catch((error: unknown) => {
        // IAM may not act for the organisation, so nothing is managed centrally.
        if (codeOf(error) === 'ServiceAccessNotEnabledException') return { EnabledFeatures: [] }
        throw error
      }),
  }
}
