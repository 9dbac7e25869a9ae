import { type Context, check } from '../../check.ts'
import { daysSince } from '../../check-kit/age.ts'
import { both } from '../../check-kit/decide.ts'

export default [
  check('aws_iam_user', {
    id: 'iam_user_mfa_enabled_console_access',
    title: 'Users with a password sign in with MFA',
    severity: 'high',
    why: 'A leaked or guessed password alone opens the console.',
    fix: 'Add an MFA device to the user, or delete the password.',
    on: 'live',
    when: user => user.login_profile !== undefined,
    pass: user => user.mfa_active,
    bad: [{ login_profile: {}, mfa_active: false }],
    good: [
      { login_profile: {}, mfa_active: true },
      { login_profile: null, mfa_active: false },
    ],
    fault: 'has a password and no MFA',
  }),

  check('aws_iam_user', {
    id: 'iam_user_hardware_mfa_enabled',
    title: 'Users have a hardware key for MFA',
    severity: 'high',
    why: 'The code of an app can be phished, a hardware key answers nobody but AWS.',
    fix: 'Add a hardware key to the user and remove the virtual device.',
    on: 'live',
    pass: user =>
      both(
        () => user.mfa_active,
        () => !user.virtual_mfa,
      ),
    bad: [
      { mfa_active: false, virtual_mfa: false },
      { mfa_active: true, virtual_mfa: true },
    ],
    good: [{ mfa_active: true, virtual_mfa: false }],
    fault: 'has no hardware key',
  }),

  check('aws_iam_user', {
    id: 'iam_rotate_access_key_90_days',
    title: 'Access keys are replaced within 90 days',
    severity: 'medium',
    why: 'A key that leaked unnoticed stays good as long as it exists.',
    fix: 'Replace the key by a new one, or better by a role, and delete it.',
    on: 'live',
    options: { days: 90 },
    pass: (user, context) =>
      user.access_key.every(key => key.status !== 'Active' || isWithin(key.last_rotated, context)),
    bad: [
      { access_key: [{ status: 'Active', last_rotated: '2025-10-02T00:00:00Z' }] },
      {
        access_key: [
          { status: 'Active', last_rotated: '2025-12-30T00:00:00Z' },
          { status: 'Active', last_rotated: '2021-01-01T00:00:00Z' },
        ],
      },
    ],
    good: [
      { access_key: [] },
      { access_key: [{ status: 'Active', last_rotated: '2025-10-03T00:00:00Z' }] },
      { access_key: [{ status: 'Inactive', last_rotated: '2021-01-01T00:00:00Z' }] },
    ],
    fault: 'has an active access key that is too old',
  }),

  check('aws_iam_user', {
    id: 'iam_user_accesskey_unused',
    title: 'Active access keys are in use',
    severity: 'medium',
    why: 'Nobody misses a key that nobody uses, so nobody notices when it leaks.',
    fix: 'Deactivate the key, and delete it when nobody has asked for it.',
    on: 'live',
    options: { days: 45 },
    // A key that was never used is as old as it is itself.
    pass: (user, context) =>
      user.access_key.every(
        key => key.status !== 'Active' || isWithin(key.last_used ?? key.last_rotated, context),
      ),
    bad: [
      {
        access_key: [
          {
            status: 'Active',
            last_rotated: '2025-01-01T00:00:00Z',
            last_used: '2025-11-16T00:00:00Z',
          },
        ],
      },
      {
        access_key: [{ status: 'Active', last_rotated: '2025-01-01T00:00:00Z', last_used: null }],
      },
    ],
    good: [
      { access_key: [] },
      {
        access_key: [
          {
            status: 'Active',
            last_rotated: '2025-01-01T00:00:00Z',
            last_used: '2025-11-17T00:00:00Z',
          },
          { status: 'Inactive', last_rotated: '2021-01-01T00:00:00Z', last_used: null },
        ],
      },
      {
        access_key: [{ status: 'Active', last_rotated: '2025-12-24T00:00:00Z', last_used: null }],
      },
    ],
    fault: 'has an active access key that nobody uses',
  }),

  check('aws_iam_user', {
    id: 'iam_user_console_access_unused',
    title: 'Passwords are in use',
    severity: 'medium',
    why: 'Nobody misses a password that nobody uses, so nobody notices when it leaks.',
    fix: 'Delete the user’s password.',
    cli: 'aws iam delete-login-profile --user-name {name}',
    on: 'live',
    options: { days: 45 },
    when: user => user.login_profile !== undefined,
    pass: (user, context) =>
      isWithin(user.password_last_used ?? user.password_last_changed, context),
    bad: [
      {
        login_profile: {},
        password_last_changed: '2025-01-01T00:00:00Z',
        password_last_used: '2025-11-16T00:00:00Z',
      },
      {
        login_profile: {},
        password_last_changed: '2025-01-01T00:00:00Z',
        password_last_used: null,
      },
    ],
    good: [
      {
        login_profile: {},
        password_last_changed: '2025-01-01T00:00:00Z',
        password_last_used: '2025-12-31T00:00:00Z',
      },
      {
        login_profile: {},
        password_last_changed: '2025-12-24T00:00:00Z',
        password_last_used: null,
      },
      { login_profile: null, password_last_changed: null, password_last_used: null },
    ],
    fault: 'has a password that nobody uses',
  }),
]

/** Whether so many days have not gone by yet; what AWS knows no time of is given the benefit of the doubt. */
function isWithin(
  moment: string | undefined,
  { now, options }: Pick<Context, 'now' | 'options'>,
): boolean {
  return (daysSince(moment, now) ?? 0) <= Number(options.days)
}
