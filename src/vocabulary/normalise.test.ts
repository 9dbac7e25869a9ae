import { beforeAll, describe, expect, test } from 'vitest'
import { Absent, type Attributes, type Plain } from '../resource.ts'
import { serviceOf } from './aws/services.generated.ts'
import { loadVocabulary, parentsOf, piecesOf, type Tables } from './load.ts'
import { normalise, sourcePath } from './normalise.ts'

let tables: Tables
beforeAll(async () => {
  tables = await loadVocabulary(Object.keys(serviceOf))
})

const code = (type: string, plain: Attributes) => normalise(tables, type, plain).attributes
const live = (type: string, plain: Attributes) => normalise(tables, type, plain, 'live').attributes
const unknown = (reason = 'var.x has no value') => new Absent('unresolved', reason)
const reason = (value: Plain) => (value instanceof Absent ? value.reason : value)

describe('blocks and types', () => {
  test('a block that occurs once becomes an object, others stay arrays', () => {
    const bucket = code('aws_s3_bucket', {
      versioning: [{ enabled: true }],
      cors_rule: [{ allowed_methods: ['GET'], allowed_origins: ['*'] }],
    })
    expect(bucket.versioning).toEqual({ enabled: true, mfa_delete: false })
    expect(bucket.cors_rule).toEqual([
      {
        allowed_headers: [],
        allowed_methods: ['GET'],
        allowed_origins: ['*'],
        expose_headers: [],
        max_age_seconds: undefined,
      },
    ])
    expect(code('aws_s3_bucket', { versioning: { enabled: true } })).toEqual(
      code('aws_s3_bucket', { versioning: [{ enabled: true }] }),
    )
  })

  test('a list within a list is that list, as code wrote it once', () => {
    const group = code('aws_security_group', {
      ingress: [{ cidr_blocks: [['10.0.0.0/8'], '::/0'] }],
    })
    expect(group.ingress).toMatchObject([
      { cidr_blocks: ['10.0.0.0/8'] },
      { cidr_blocks: ['::/0'] },
    ])
  })

  test('values take the type of the schema', () => {
    const database = code('aws_db_instance', {
      storage_encrypted: 'true',
      port: '5432',
      engine_version: 15,
      publicly_accessible: 0,
      max_allocated_storage: 'many',
    })
    expect(database).toMatchObject({
      storage_encrypted: true,
      port: 5432,
      engine_version: '15',
      publicly_accessible: false,
    })
    expect(reason(database.max_allocated_storage)).toBe('max_allocated_storage is not a number')
  })

  test('every resource of a type has the same attributes in the same order', () => {
    const one = code('aws_instance', { user_data: 'x', ami: 'ami-1' })
    expect(Object.keys(one)).toEqual(Object.keys(code('aws_instance', {})))
  })

  test('what the schema does not know stays, and hostile names are plain data', () => {
    const hostile = JSON.parse('{"__proto__": {"encrypted": true}, "new_attribute": 1}')
    const volume = code('aws_ebs_volume', hostile)
    expect(volume.encrypted).toBe(false)
    expect(volume.new_attribute).toBe(1)
    const tags = JSON.parse('{"__proto__": "x", "count": 3, "gone": null}')
    const tagged = code('aws_ebs_volume', { tags }).tags
    expect(Object.entries(tagged ?? {})).toEqual([
      ['__proto__', 'x'],
      ['count', '3'],
    ])
    expect(Object.prototype).not.toHaveProperty('encrypted')
  })

  test('a type that nobody describes comes back as it is', () => {
    const plain = { rule: [{ enabled: 'true' }] }
    expect(normalise(tables, '__proto__', plain)).toEqual({ attributes: plain, partial: false })
  })

  test('tags_all is tags where the source does not say more', () => {
    expect(code('aws_ebs_volume', { tags: { a: '1' } }).tags_all).toEqual({ a: '1' })
    expect(code('aws_ebs_volume', { tags: {}, tags_all: { b: '2' } }).tags_all).toEqual({ b: '2' })
  })
})

describe('absence', () => {
  test('in code it means what a fresh account gives', () => {
    expect(code('aws_s3_bucket', {})).toMatchObject({
      acl: 'private',
      policy: undefined,
      logging: undefined,
      versioning: { enabled: false, mfa_delete: false },
      public_access_block: { block_public_acls: true, restrict_public_buckets: true },
      server_side_encryption_configuration: {
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
      },
      ownership_controls: { rule: { object_ownership: 'BucketOwnerEnforced' } },
    })
    expect(code('aws_instance', {}).metadata_options).toMatchObject({ http_tokens: 'optional' })
    expect(code('aws_kms_key', {})).toMatchObject({ is_enabled: true, enable_key_rotation: false })
  })

  test('a block that is written has its own defaults, not those of a missing one', () => {
    expect(
      code('aws_s3_bucket', { public_access_block: [{ block_public_acls: true }] })
        .public_access_block,
    ).toMatchObject({ block_public_acls: true, ignore_public_acls: false })
  })

  test('null is not set', () => {
    expect(code('aws_ebs_volume', { encrypted: null, tags: null })).toEqual(
      code('aws_ebs_volume', {}),
    )
  })

  test('what the provider computes is unresolved, with the reason', () => {
    const instance = code('aws_instance', {})
    expect(reason(instance.ebs_optimized)).toBe(
      'ebs_optimized is not set, and the provider decides',
    )
    expect(reason(instance.arn)).toBe('arn is known only after apply')
    expect(reason(instance.id)).toBe('id is known only after apply')
    expect(reason(code('aws_db_event_subscription', {}).sns_topic)).toBe('sns_topic is not set')
  })

  test('live, what was not read is absent and what was read as nothing is nothing', () => {
    const bucket = live('aws_s3_bucket', { policy: null, versioning: null, logging: null })
    expect(bucket).toMatchObject({
      policy: undefined,
      logging: undefined,
      versioning: { enabled: false },
    })
    expect(reason(bucket.acl)).toBe('acl was not read')
    expect(reason(bucket.public_access_block)).toBe('public_access_block was not read')
    expect(live('aws_ebs_volume', { kms_key_id: null }).kms_key_id).toBeUndefined()
    const pending = new Absent('pending', 's3:GetBucketAcl')
    expect(live('aws_s3_bucket', { acl: pending }).acl).toBe(pending)
  })

  test('an Absent stays where it stands', () => {
    const value = unknown()
    const many = new Absent('unresolved', 'each', { many: true })
    const group = code('aws_security_group', {
      name: value,
      egress: value,
      ingress: [many, { protocol: 'tcp', from_port: value, to_port: 22, cidr_blocks: [value] }],
    })
    expect(group).toMatchObject({ name: value, egress: value })
    expect(group.ingress).toMatchObject([
      many,
      { from_port: value, to_port: 22, cidr_blocks: [value] },
    ])
    expect(code('aws_s3_bucket', { versioning: [value] }).versioning).toBe(value)
  })

  test('partial says whether anything is absent, however deep', () => {
    expect(normalise(tables, 'aws_account', { id: '1' }).partial).toBe(true)
    const plain = { a: [{ b: { c: [unknown()] } }] }
    expect(normalise(tables, 'other', plain).partial).toBe(true)
    expect(normalise(tables, 'other', { a: [{ b: { c: [] } }] }).partial).toBe(false)
    expect(normalise(tables, 'other', {}).partial).toBe(false)
  })

  test('normalising twice changes nothing', () => {
    for (const [type, plain] of [
      [
        'aws_security_group',
        { ingress: [{ protocol: 'all', cidr_blocks: ['::/0', '10.0.0.0/8'] }] },
      ],
      [
        'aws_s3_bucket',
        { policy: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*"}}' },
      ],
      ['aws_kms_key', {}],
    ] as const) {
      const once = code(type, plain)
      expect(code(type, once)).toEqual(once)
    }
  })
})

describe('rules', () => {
  const ingress = [
    {
      description: 'in',
      protocol: 'TCP',
      from_port: '22',
      to_port: 22,
      cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'],
      ipv6_cidr_blocks: ['::/0'],
      security_groups: ['sg-1'],
      self: true,
    },
    { protocol: 'all', from_port: 0, to_port: 65535, prefix_list_ids: ['pl-1'] },
    { protocol: '17', from_port: 53, to_port: 53 },
  ]

  test('have one source each', () => {
    const rules = code('aws_security_group', { ingress }).ingress
    expect(rules).toMatchObject([
      { cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: [], self: false, from_port: 22 },
      { cidr_blocks: ['10.0.0.0/8'], security_groups: [] },
      { cidr_blocks: [], ipv6_cidr_blocks: ['::/0'] },
      { security_groups: ['sg-1'], description: 'in' },
      { security_groups: [], self: true, protocol: 'tcp' },
      { prefix_list_ids: ['pl-1'], protocol: '-1', from_port: 0, to_port: 0 },
      { cidr_blocks: [], self: false, protocol: 'udp' },
    ])
  })

  test('lead back to what was written', () => {
    const at = (...path: (string | number)[]) =>
      sourcePath(tables, 'aws_security_group', { ingress }, path)
    expect(at('ingress', 1, 'cidr_blocks', 0)).toEqual(['ingress', 0, 'cidr_blocks', 1])
    expect(at('ingress', 2, 'from_port')).toEqual(['ingress', 0, 'from_port'])
    expect(at('ingress', 5, 'prefix_list_ids', 0)).toEqual(['ingress', 1, 'prefix_list_ids', 0])
    expect(at('ingress', 5, 'cidr_blocks')).toEqual(['ingress', 1, 'cidr_blocks'])
    expect(at('ingress', 6)).toEqual(['ingress', 2])
    expect(at('ingress', 99, 'self')).toEqual(['ingress', 99, 'self'])
  })

  test('with an unknown source are still apart from the known ones', () => {
    const [first, second] = [unknown('a'), unknown('b')]
    expect(
      code('aws_security_group', {
        ingress: [{ protocol: 'tcp', cidr_blocks: first, security_groups: ['sg-1'], self: second }],
      }).ingress,
    ).toMatchObject([
      { cidr_blocks: first, security_groups: [] },
      { cidr_blocks: [], security_groups: ['sg-1'] },
      { cidr_blocks: [], self: second },
    ])
  })

  test('of a network ACL spell their protocol and stay whole', () => {
    expect(
      code('aws_network_acl', { ingress: [{ protocol: 6, rule_no: '1', action: 'allow' }] })
        .ingress,
    ).toMatchObject([{ protocol: 'tcp', rule_no: 1, action: 'allow' }])
    expect(code('aws_network_acl_rule', { protocol: -1 }).protocol).toBe('-1')
  })
})

describe('paths', () => {
  test('a single block is the first of an array in the source', () => {
    const plain = {
      server_side_encryption_configuration: [
        { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256' }] }] },
      ],
      versioning: { enabled: true },
    }
    const at = (...path: string[]) => sourcePath(tables, 'aws_s3_bucket', plain, path)
    expect(
      at(
        'server_side_encryption_configuration',
        'rule',
        'apply_server_side_encryption_by_default',
        'sse_algorithm',
      ),
    ).toEqual([
      'server_side_encryption_configuration',
      0,
      'rule',
      0,
      'apply_server_side_encryption_by_default',
      0,
      'sse_algorithm',
    ])
    expect(at('versioning', 'enabled')).toEqual(['versioning', 'enabled'])
    expect(at('logging', 'target_bucket')).toEqual(['logging', 'target_bucket'])
    expect(at('tags', 'versioning')).toEqual(['tags', 'versioning'])
  })
})

describe('loading', () => {
  test('brings the services of the types and of what they fold into, and no more', async () => {
    const few = await loadVocabulary(['aws_kms_key', 'nobody_knows', '__proto__'])
    expect(few.types.has('aws_kms_key')).toBe(true)
    expect(few.types.has('aws_s3_bucket')).toBe(false)
  })

  test('knows which types are pieces of which', () => {
    expect(parentsOf('aws_s3_bucket_versioning')).toEqual(['aws_s3_bucket'])
    expect(piecesOf('aws_s3_bucket')).toContain('aws_s3_bucket_policy')
    expect(parentsOf('constructor')).toEqual([])
  })
})
