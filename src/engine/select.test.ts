import { describe, expect, test } from 'vitest'
import { thing } from '../../test/engine-fixtures.ts'
import { live } from '../check.ts'
import { type CheckFile, cardOf, findCheck, loadCheck, select } from './select.ts'

const encrypted = thing(() => true, {
  id: 'ebs_volume_encrypted',
  aliases: ['CKV_AWS_3', 'AWS-0026'],
  options: { days: 90 },
})
const named = { ...thing(() => true, { id: 'ebs_volume_named', severity: 'low' }), service: 'ebs' }
const bucket = {
  ...thing(() => true, { id: 's3_bucket_private', severity: 'critical', aliases: ['CKV_AWS_3'] }),
  types: ['aws_s3_bucket'] as never,
}
const root = thing(() => true, { id: 'iam_root_mfa', on: 'live' })
const old = thing(() => true, { id: 'iam_old', deprecated: 'iam_root_mfa says it better' })

function index(loads: string[] = []): readonly CheckFile[] {
  return Object.entries({ ebs: [encrypted, named], s3: [bucket], iam: [root, old] }).map(
    ([name, checks]) => ({
      cards: checks.map(check => cardOf(check)),
      load: async () => {
        loads.push(name)
        return { default: checks }
      },
    }),
  )
}

async function ids(options: Parameters<typeof select>[0]) {
  return (await select(options, index())).checks.map(card => card.id)
}

test('selects all but what is deprecated, sorted', async () => {
  expect(await ids({})).toEqual([
    'ebs_volume_encrypted',
    'ebs_volume_named',
    'iam_root_mfa',
    's3_bucket_private',
  ])
  expect(await ids({ severity: [], services: [], checks: [], excludedChecks: [] })).toHaveLength(4)
})

test.each([
  [{ severity: ['critical', 'low'] as const }, ['ebs_volume_named', 's3_bucket_private']],
  [{ services: ['S3', 'iam'] }, ['iam_root_mfa', 's3_bucket_private']],
  [{ checks: ['EBS_Volume_Named'] }, ['ebs_volume_named']],
  [{ checks: ['aws-0026'] }, ['ebs_volume_encrypted']],
  [{ checks: ['AVD-AWS-0026'] }, ['ebs_volume_encrypted']],
  [{ checks: ['ckv_aws_3'] }, ['ebs_volume_encrypted', 's3_bucket_private']],
  [{ checks: ['iam_old'] }, ['iam_old']],
  [{ excludedChecks: ['CKV_AWS_3', 'iam_root_mfa'] }, ['ebs_volume_named']],
  [{ within: ['s3_bucket_private', 'gone'] }, ['s3_bucket_private']],
  [{ sources: ['code'] as const, services: ['iam', 's3'] }, ['s3_bucket_private']],
  [
    { checks: ['ebs_volume_named', 'ebs_volume_encrypted'], severity: ['low'] as const },
    ['ebs_volume_named'],
  ],
])('%j', async (options, wanted) => expect(await ids(options)).toEqual(wanted))

test.each([
  [
    { checks: ['ebs_volume_encription'] },
    "unknown check 'ebs_volume_encription'; did you mean 'ebs_volume_encrypted'?",
  ],
  [{ excludedChecks: ['CKV_AWS_33'] }, "unknown check 'CKV_AWS_33'; did you mean 'CKV_AWS_3'?"],
  [{ checks: ['nothing-like-it'] }, "unknown check 'nothing-like-it'"],
  [{ services: ['s33'] }, "unknown service 's33'; did you mean 's3'?"],
  [{ severity: ['hihg' as 'high'] }, "unknown severity 'hihg'; did you mean 'high'?"],
  [
    { services: ['s3'], severity: ['low'] as const },
    'no check is selected by severity low and services s3 together',
  ],
  [
    { settings: { ebs_volume_encripted: {} } },
    "unknown check 'ebs_volume_encripted'; did you mean 'ebs_volume_encrypted'?",
  ],
])('%j: %s', async (options, message) => {
  await expect(select(options, index())).rejects.toMatchObject({ name: 'UserError', message })
})

describe('loading', () => {
  test('imports only the files that hold checks of the types', async () => {
    const loads: string[] = []
    const selection = await select({}, index(loads))
    expect(loads).toEqual([])
    expect(await selection.load(['aws_s3_bucket', 'aws_vpc'])).toEqual([bucket])
    expect(loads).toEqual(['s3'])
  })

  test('and only where one of them is selected', async () => {
    const loads: string[] = []
    const selection = await select({ checks: ['iam_root_mfa'] }, index(loads))
    expect(await selection.load(['aws_thing'])).toEqual([root])
    expect(loads).toEqual(['iam'])
  })

  test('takes the user’s own checks in', async () => {
    const own = thing(() => true, { id: 'own_rule' })
    const selection = await select({ checks: ['own_rule'], extra: [own] }, index())
    expect(await selection.load(['aws_thing'])).toEqual([own])
  })

  test('refuses an option that a check does not have, or of another type', async () => {
    const load = async (values: Readonly<Record<string, string | number>>) =>
      (
        await select({ settings: { CKV_AWS_3: values }, checks: ['ebs_volume_encrypted'] }, index())
      ).load(['aws_thing'])
    await expect(load({ day: 30 })).rejects.toThrow(
      "ebs_volume_encrypted has no option 'day'; did you mean 'days'?",
    )
    await expect(load({ days: 'x' })).rejects.toThrow(
      "the option 'days' of ebs_volume_encrypted is a number",
    )
    await expect(load({ days: 30 })).resolves.toEqual([encrypted])
  })
})

test('finds and loads one check by id or alias', async () => {
  const card = await findCheck('AWS-0026', index())
  expect(card.id).toBe('ebs_volume_encrypted')
  expect(await loadCheck('AWS-0026', index())).toBe(encrypted)
  await expect(findCheck('AWS-0027', index())).rejects.toThrow("did you mean 'AWS-0026'?")
})

test('a check with two sides is one check, about other types on each', async () => {
  const sided = {
    ...thing(() => true, { id: 'trail_there', severity: 'high' }),
    live: live('aws_account', { pass: () => true, bad: [] }),
  }
  const files: readonly CheckFile[] = [
    { cards: [cardOf(sided)], load: async () => ({ default: [sided] }) },
  ]
  const [card] = (await select({}, files)).checks
  expect(card).toMatchObject({ types: sided.types, liveTypes: ['aws_account'] })
  for (const [side, types] of [
    ['code', sided.types],
    ['live', ['aws_account']],
  ] as const) {
    const selection = await select({ sources: [side] }, files)
    expect(selection.checks.map(each => each.types)).toEqual([types])
    const loaded = await selection.load(types)
    expect(loaded.map(check => [check.id, check.on, check.types])).toEqual([
      ['trail_there', side, types],
    ])
  }
})
