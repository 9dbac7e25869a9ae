import type { Fold } from '../fold.ts'
import type { ServiceVocabulary } from '../statement.ts'

const attached = {
  inline_policy: { $: 'block:set:o', name: 's:o', policy: 'p:r' },
  managed_policy_arns: '<s:o',
} as const

export const iam: ServiceVocabulary = {
  types: {
    aws_iam_policy: {
      global: true,
      policies: ['policy'],
      absent: { name_prefix: null, path: '/' },
    },
    aws_iam_role: {
      global: true,
      texts: ['managed_policy_arns'],
      policies: ['assume_role_policy', 'inline_policy.policy'],
      absent: {
        inline_policy: [],
        managed_policy_arns: [],
        max_session_duration: 3600,
        name_prefix: null,
        path: '/',
      },
    },
    aws_iam_user: {
      global: true,
      texts: ['managed_policy_arns'],
      adds: {
        ...attached,
        // With what the credential report says, live alone; its times in ISO 8601, null where it knows none.
        access_key: {
          $: 'block:list:o',
          status: 's:o',
          last_rotated: 's:c',
          last_used: 's:c',
          last_used_service: 's:c',
        },
        groups: '<s:o',
        login_profile: { $: 'block:list1:o', password_reset_required: 'b:oc' },
        mfa_active: 'b:c',
        password_last_changed: 's:c',
        password_last_used: 's:c',
        // One of the user's devices is an app: iam:ListVirtualMFADevices.
        virtual_mfa: 'b:c',
      },
      absent: {
        'access_key.status': 'Active',
        'login_profile.password_reset_required': false,
        path: '/',
      },
    },
    aws_iam_group: {
      global: true,
      texts: ['managed_policy_arns'],
      adds: { ...attached, users: '<s:o' },
      absent: { path: '/' },
    },
    aws_iam_role_policy: { policies: ['policy'], absent: { name_prefix: null } },
    aws_iam_user_policy: { policies: ['policy'], absent: { name_prefix: null } },
    aws_iam_group_policy: { policies: ['policy'], absent: { name_prefix: null } },
    aws_iam_role_policy_attachment: { name: ['role'] },
    aws_iam_user_policy_attachment: { name: ['user'] },
    aws_iam_group_policy_attachment: { name: ['group'] },
    aws_iam_policy_attachment: {},
    aws_iam_group_membership: {},
    aws_iam_user_group_membership: { name: ['user'] },
    aws_iam_account_password_policy: {
      name: ['id'],
      // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
      absent: {
        allow_users_to_change_password: true,
        hard_expiry: false,
        max_password_age: 0,
        minimum_password_length: 6,
        password_reuse_prevention: 0,
        require_lowercase_characters: false,
        require_numbers: false,
        require_symbols: false,
        require_uppercase_characters: false,
      },
    },
    aws_iam_access_key: {
      name: ['user'],
      secrets: ['secret', 'ses_smtp_password_v4', 'encrypted_secret'],
      absent: { status: 'Active' },
    },
    aws_iam_saml_provider: {},
    aws_iam_openid_connect_provider: { name: ['url'] },
    aws_iam_instance_profile: { global: true, absent: { name_prefix: null, path: '/' } },
    aws_iam_user_login_profile: {
      name: ['user'],
      secrets: ['password', 'encrypted_password'],
      absent: { password_length: 20, password_reset_required: false },
    },
    aws_iam_virtual_mfa_device: {
      name: ['virtual_mfa_device_name'],
      secrets: ['base_32_string_seed', 'qr_code_png'],
    },
    aws_iam_server_certificate: { secrets: ['private_key'], absent: { name_prefix: null } },
    aws_iam_organizations_features: { name: ['id'] },
    aws_iam_service_linked_role: { name: ['aws_service_name'] },
    aws_iam_user_ssh_key: { name: ['username'], absent: { status: 'Active' } },
  },
  folds: [
    ...['role', 'user', 'group'].flatMap((link): Fold[] => {
      const parent = `aws_iam_${link}`
      return [
        {
          child: `${parent}_policy`,
          parent,
          link,
          into: 'inline_policy',
          many: true,
          take: { fields: { name: 'name', policy: 'policy' } },
        },
        {
          child: `${parent}_policy_attachment`,
          parent,
          link,
          into: 'managed_policy_arns',
          many: true,
          take: 'policy_arn',
        },
        {
          child: 'aws_iam_policy_attachment',
          parent,
          link: `${link}s`,
          into: 'managed_policy_arns',
          many: true,
          take: 'policy_arn',
        },
      ]
    }),
    {
      child: 'aws_iam_user_group_membership',
      parent: 'aws_iam_user',
      link: 'user',
      into: 'groups',
      many: true,
      take: { each: 'groups', fields: {} },
    },
    {
      child: 'aws_iam_group_membership',
      parent: 'aws_iam_group',
      link: 'group',
      into: 'users',
      many: true,
      take: { each: 'users', fields: {} },
    },
    {
      child: 'aws_iam_access_key',
      parent: 'aws_iam_user',
      link: 'user',
      into: 'access_key',
      many: true,
      take: { fields: { status: 'status' } },
    },
    {
      child: 'aws_iam_user_login_profile',
      parent: 'aws_iam_user',
      link: 'user',
      into: 'login_profile',
      take: { fields: { password_reset_required: 'password_reset_required' } },
    },
  ],
}
