import { expect, test } from 'vitest'
import { byId, gapLines, loadTree, resourceIn } from './testing.ts'

const plan = {
  format_version: '1.2',
  terraform_version: '1.11.4',
  variables: { region: { value: 'eu-west-1' } },
  resource_changes: [
    {
      address: 'aws_s3_bucket.logs',
      mode: 'managed',
      type: 'aws_s3_bucket',
      name: 'logs',
      change: {
        actions: ['create'],
        after: { bucket: 'logs', tags: null, tags_all: { team: 'core' }, force_destroy: null },
        after_unknown: { arn: true, id: true, tags_all: {}, versioning: true },
        after_sensitive: { tags_all: {} },
      },
    },
    {
      address: 'module.m["a"].aws_s3_bucket_versioning.v[0]',
      module_address: 'module.m["a"]',
      mode: 'managed',
      type: 'aws_s3_bucket_versioning',
      name: 'v',
      index: 0,
      change: {
        actions: ['delete', 'create'],
        after: { versioning_configuration: [{}] },
        after_unknown: {
          bucket: true,
          versioning_configuration: [{ status: true, mfa_delete: true }],
        },
        after_sensitive: false,
      },
    },
    {
      address: 'aws_db_instance.gone',
      mode: 'managed',
      type: 'aws_db_instance',
      name: 'gone',
      change: { actions: ['delete'], after: null, after_unknown: {} },
    },
    {
      address: 'data.aws_region.here',
      mode: 'data',
      type: 'aws_region',
      name: 'here',
      change: { actions: ['read'], after: {}, after_unknown: {} },
    },
    {
      address: 'aws_ssm_parameter.p',
      mode: 'managed',
      type: 'aws_ssm_parameter',
      name: 'p',
      change: {
        actions: ['no-op'],
        after: { name: 'p', value: 'hidden' },
        after_unknown: {},
        after_sensitive: { value: true },
      },
    },
  ],
  configuration: {
    provider_config: {
      aws: { name: 'aws', expressions: { region: { references: ['var.region'] } } },
    },
    root_module: {
      resources: [
        {
          address: 'aws_s3_bucket.logs',
          expressions: { bucket: { constant_value: 'logs' } },
          provider_config_key: 'aws',
        },
      ],
      module_calls: {
        m: {
          expressions: { bucket: { references: ['aws_s3_bucket.logs.id', 'aws_s3_bucket.logs'] } },
          module: {
            resources: [
              {
                address: 'aws_s3_bucket_versioning.v',
                provider_config_key: 'aws',
                expressions: {
                  bucket: { references: ['var.bucket'] },
                  versioning_configuration: [{ status: { references: ['var.status'] } }],
                },
              },
            ],
          },
        },
      },
    },
  },
}

test('a plan gives the resources as the apply leaves them', async () => {
  const loaded = await loadTree({ 'tfplan.json': JSON.stringify(plan, null, 2) })
  expect([...byId(loaded).keys()]).toEqual([
    'aws_s3_bucket.logs',
    'module.m["a"].aws_s3_bucket_versioning.v[0]',
    'aws_ssm_parameter.p',
  ])
  expect(loaded.gaps).toEqual([])
  expect(loaded.files).toBe(1)
  const bucket = resourceIn(loaded, 'aws_s3_bucket.logs')
  expect(bucket).toMatchObject({ name: 'logs', region: 'eu-west-1' })
  expect(bucket.attributes).toMatchObject({
    bucket: 'logs',
    tags: { team: 'core' },
    force_destroy: false,
    arn: { kind: 'unresolved', reason: 'aws_s3_bucket.logs.arn is known after apply' },
  })
  expect(bucket.origin).toMatchObject({ source: 'plan', root: 'tfplan.json' })
  expect(bucket.origin.span).toMatchObject({ file: 'tfplan.json', startLine: 11 })
})

test('what a plan does not know is absent, and linked by the configuration', async () => {
  const loaded = await loadTree({ 'tfplan.json': JSON.stringify(plan) })
  const versioning = resourceIn(loaded, 'module.m["a"].aws_s3_bucket_versioning.v[0]')
  expect(versioning.refs).toEqual({ bucket: ['aws_s3_bucket.logs'] })
  expect(versioning.attributes.bucket).toMatchObject({
    kind: 'unresolved',
    from: ['aws_s3_bucket.logs'],
  })
  // What the configuration leaves out is what it is in source, though the provider has yet to say so.
  expect(versioning.attributes.versioning_configuration).toMatchObject({
    status: { kind: 'unresolved' },
    mfa_delete: 'Disabled',
  })
})

test('what the configuration does not set is what it is in source', async () => {
  const planned = async (configuration: object, after_unknown: object, after: object = {}) => {
    const text = JSON.stringify({
      format_version: '1.2',
      resource_changes: [
        {
          address: 'aws_db_instance.d',
          mode: 'managed',
          type: 'aws_db_instance',
          name: 'd',
          change: { actions: ['create'], after, after_unknown },
        },
      ],
      configuration: { root_module: configuration },
    })
    return resourceIn(await loadTree({ 'plan.json': text }), 'aws_db_instance.d')
  }
  const unknown = { backup_retention_period: true, kms_key_id: true, blue_green_update: true }
  const resources = (expressions?: object) => ({
    resources: [{ address: 'aws_db_instance.d', ...(expressions ? { expressions } : {}) }],
  })
  const { attributes } = await planned(resources(), unknown)
  expect(attributes).toMatchObject({ backup_retention_period: 0, blue_green_update: undefined })
  const given = { backup_retention_period: { references: ['var.days'] } }
  expect(
    (await planned(resources(given), unknown)).attributes.backup_retention_period,
  ).toMatchObject({ reason: 'aws_db_instance.d.backup_retention_period is known after apply' })
  // Without a configuration, and in a dynamic block, of which it says nothing, nobody knows whether it is set.
  expect((await planned({}, unknown)).attributes.kms_key_id).toMatchObject({
    reason: 'aws_db_instance.d.kms_key_id is not known in the plan',
  })
  const open = { blue_green_update: [{ enabled: true }] }
  const hidden = await planned(resources(), open, { blue_green_update: [{}] })
  expect(hidden.attributes.blue_green_update).toMatchObject({ enabled: { kind: 'unresolved' } })
  expect(hidden.origin.locate?.(['blue_green_update'])).toMatchObject({ file: 'plan.json' })
  expect(hidden.origin.locate?.(['kms_key_id'])).toBeNull()
})

test('of user data a plan holds the hash, and the text where it is constant', async () => {
  const instance = (user_data: object) =>
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [
        {
          address: 'aws_instance.i',
          mode: 'managed',
          type: 'aws_instance',
          name: 'i',
          change: {
            actions: ['create'],
            after: { user_data: '5a356ff7af18c6d7196410010c49d51e28db8dd1' },
          },
        },
      ],
      configuration: {
        root_module: { resources: [{ address: 'aws_instance.i', expressions: { user_data } }] },
      },
    })
  const of = async (text: string) =>
    resourceIn(await loadTree({ 'plan.json': text }), 'aws_instance.i').attributes.user_data
  expect(await of(instance({ constant_value: 'echo hello' }))).toBe('echo hello')
  expect(await of(instance({ references: ['var.script'] }))).toMatchObject({ kind: 'unresolved' })
})

test('what a plan marks as sensitive is told', async () => {
  const loaded = await loadTree({ 'tfplan.json': JSON.stringify(plan) })
  const { origin } = resourceIn(loaded, 'aws_ssm_parameter.p')
  expect(origin.sensitive?.(['value'])).toBe(true)
  expect(origin.sensitive?.(['name'])).toBe(false)
})

test('a plan of outputs only has no resources, and is no gap', async () => {
  const text = '{"format_version":"1.2","terraform_version":"1","planned_values":{"outputs":{}}}'
  const loaded = await loadTree({ 'plan.json': text })
  expect(loaded).toMatchObject({ resources: [], gaps: [], files: 1 })
})

test.each([
  ['of a format to come', '{"format_version":"9.0","resource_changes":[]}', /plan format 9\.0/],
  ['cut short', '{"format_version":"1.2","resource_changes":[', /not JSON/],
  ['with something behind it', '{"format_version":"1.2","resource_changes":[]} x', /not JSON/],
  [
    'without a bottom',
    `{"format_version":"1.2","resource_changes":[{"mode":"managed","change":{"after":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}]}`,
    /nested too deeply/,
  ],
])('a plan %s is a gap', async (_what, text, words) => {
  expect(gapLines(await loadTree({ 'plan.json': text }))).toEqual([expect.stringMatching(words)])
})

test('odd shapes in a plan harm nothing', async () => {
  const changes = [
    null,
    1,
    {},
    { mode: 'managed' },
    { mode: 'managed', type: '__proto__', name: 'constructor', address: '__proto__.constructor' },
    {
      mode: 'managed',
      type: 'aws_s3_bucket',
      address: 'a.b',
      change: { after: [], after_unknown: 1 },
    },
  ]
  const text = JSON.stringify({ format_version: '1.2', resource_changes: changes })
  const loaded = await loadTree({ 'plan.json': text })
  expect(byId(loaded).has('__proto__.constructor')).toBe(true)
  expect(loaded.gaps).toEqual([])
})

test('a binary plan is told how to be read', async () => {
  const loaded = await loadTree({ plan: 'PK\u0003\u0004rest' }, { paths: ['plan'] })
  expect(gapLines(loaded)).toEqual([expect.stringContaining('terraform show -json')])
})
