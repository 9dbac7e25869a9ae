import { beforeAll, describe, expect, test } from 'vitest'
import { Absent, type Attributes, type Plain, type Resource } from '../resource.ts'
import { serviceOf } from '../vocabulary/aws/services.generated.ts'
import { loadVocabulary, type Tables } from '../vocabulary/load.ts'
import { fold } from './fold.ts'
import { declaredIn, type More } from './testing-resources.ts'

let tables: Tables
beforeAll(async () => {
  tables = await loadVocabulary(Object.keys(serviceOf))
})

const declared = (address: string, plain: Attributes = {}, more: More = {}) =>
  declaredIn(tables, address, plain, more)

const hidden = (id: string) =>
  new Absent('unresolved', `${id} is known after apply`, { from: [id] })

function one(resources: readonly Resource[], id: string, type?: string): Resource {
  const found = resources.filter(
    each => each.id === id && (type === undefined || each.type === type),
  )
  expect(found, `${id} in ${resources.map(each => `${each.type} ${each.id}`)}`).toHaveLength(1)
  return found[0] ?? expect.unreachable()
}

/** Where a finding at the path points to. */
function partAt(resource: Resource, ...path: (string | number)[]): string {
  const best = [...(resource.parts ?? [])]
    .filter(part => part.at.every((step, at) => step === path[at]))
    .sort((a, b) => b.at.length - a.at.length)[0]
  return best ? [best.of.id, ...best.path, ...path.slice(best.at.length)].join(' ') : 'parent'
}

const reason = (value: Plain) => (value instanceof Absent ? value.reason : value)

describe('a child fills its slot', () => {
  test('versioning, with its own words for on and off', () => {
    const folded = fold(tables, [
      declared('aws_s3_bucket.b', { bucket: 'b' }),
      declared(
        'aws_s3_bucket_versioning.v',
        {
          bucket: hidden('aws_s3_bucket.b'),
          versioning_configuration: [{ status: 'Enabled', mfa_delete: 'Disabled' }],
        },
        { refs: { bucket: ['aws_s3_bucket.b'] } },
      ),
    ])
    const bucket = one(folded, 'aws_s3_bucket.b')
    expect(bucket.attributes.versioning).toEqual({ enabled: true, mfa_delete: false })
    expect(partAt(bucket, 'versioning', 'enabled')).toBe(
      'aws_s3_bucket_versioning.v versioning_configuration status',
    )
    expect(
      one(folded, 'aws_s3_bucket_versioning.v').attributes.versioning_configuration,
    ).toBeDefined()
  })

  test('every piece of a bucket has its place', () => {
    const link = { refs: { bucket: ['aws_s3_bucket.b'] } }
    const piece = (type: string, plain: Attributes) =>
      declared(`aws_s3_bucket_${type}.x`, { bucket: hidden('aws_s3_bucket.b'), ...plain }, link)
    const folded = fold(tables, [
      declared('aws_s3_bucket.b', {}),
      piece('policy', { policy: '{"Statement":{"Effect":"Deny","Action":"s3:*"}}' }),
      piece('acl', {
        access_control_policy: [
          {
            grant: [{ permission: 'READ', grantee: [{ type: 'Group', uri: 'http://x/AllUsers' }] }],
          },
        ],
      }),
      piece('server_side_encryption_configuration', {
        rule: [
          {
            bucket_key_enabled: true,
            apply_server_side_encryption_by_default: [
              { sse_algorithm: 'aws:kms', kms_master_key_id: 'k' },
            ],
          },
        ],
      }),
      piece('logging', { target_bucket: 'logs', target_prefix: 'p/' }),
      piece('lifecycle_configuration', {
        rule: [
          {
            id: 'old',
            status: 'Enabled',
            expiration: [{ days: 30 }],
            abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
            noncurrent_version_expiration: [{ noncurrent_days: 9 }],
          },
        ],
      }),
      piece('cors_configuration', {
        cors_rule: [{ allowed_methods: ['GET'], allowed_origins: ['*'] }],
      }),
      piece('website_configuration', { index_document: [{ suffix: 'index.html' }] }),
      piece('replication_configuration', { role: 'r', rule: [{ status: 'Enabled' }] }),
      piece('object_lock_configuration', {
        rule: [{ default_retention: [{ mode: 'COMPLIANCE' }] }],
      }),
      piece('accelerate_configuration', { status: 'Enabled' }),
      piece('request_payment_configuration', { payer: 'Requester' }),
      piece('public_access_block', { block_public_acls: true }),
      piece('ownership_controls', { rule: [{ object_ownership: 'ObjectWriter' }] }),
      piece('notification', { eventbridge: true, queue: [{ queue_arn: 'q', events: ['e'] }] }),
    ])
    const bucket = one(folded, 'aws_s3_bucket.b')
    expect(bucket.attributes).toMatchObject({
      acl: 'private',
      policy: { Statement: [{ Effect: 'Deny', Action: ['s3:*'] }] },
      grant: [{ permissions: ['READ'], type: 'Group', uri: 'http://x/AllUsers' }],
      server_side_encryption_configuration: {
        rule: {
          bucket_key_enabled: true,
          apply_server_side_encryption_by_default: {
            sse_algorithm: 'aws:kms',
            kms_master_key_id: 'k',
          },
        },
      },
      logging: { target_bucket: 'logs', target_prefix: 'p/' },
      lifecycle_rule: [
        {
          id: 'old',
          enabled: true,
          expiration: { days: 30 },
          abort_incomplete_multipart_upload_days: 7,
          noncurrent_version_expiration: { days: 9 },
        },
      ],
      cors_rule: [{ allowed_methods: ['GET'], allowed_headers: [] }],
      website: { index_document: 'index.html' },
      replication_configuration: { role: 'r', rules: [{ status: 'Enabled' }] },
      object_lock_enabled: true,
      object_lock_configuration: { rule: { default_retention: { mode: 'COMPLIANCE' } } },
      acceleration_status: 'Enabled',
      request_payer: 'Requester',
      public_access_block: { block_public_acls: true, block_public_policy: false },
      ownership_controls: { rule: { object_ownership: 'ObjectWriter' } },
      notification: { eventbridge: true, queue: [{ queue_arn: 'q' }] },
    })
    expect(partAt(bucket, 'grant', 0, 'uri')).toBe(
      'aws_s3_bucket_acl.x access_control_policy grant 0 grantee uri',
    )
    expect(partAt(bucket, 'policy', 'Statement', 0, 'Action')).toBe(
      'aws_s3_bucket_policy.x policy Statement 0 Action',
    )
    expect(
      partAt(bucket, 'server_side_encryption_configuration', 'rule', 'bucket_key_enabled'),
    ).toBe('aws_s3_bucket_server_side_encryption_configuration.x rule 0 bucket_key_enabled')
    expect(partAt(bucket, 'lifecycle_rule', 0, 'expiration', 'days')).toBe(
      'aws_s3_bucket_lifecycle_configuration.x rule 0 expiration days',
    )
  })

  test('by equal names in one root module, and not in another', () => {
    const policy = { bucket: 'logs', policy: '{"Statement":[]}' }
    const folded = fold(tables, [
      declared('aws_s3_bucket.b', { bucket: 'logs' }, { root: 'a' }),
      declared('aws_s3_bucket_policy.p', policy, { root: 'a' }),
      declared('aws_s3_bucket.b', { bucket: 'logs' }, { root: 'b' }),
    ])
    const inRoot = (root: string) => folded.filter(r => r.origin.root === root && !r.shell)
    expect(one(inRoot('a'), 'aws_s3_bucket.b').attributes.policy).toMatchObject({ Statement: [] })
    expect(one(inRoot('b'), 'aws_s3_bucket.b').attributes.policy).toBeUndefined()
  })

  test('by reference within a root module: another one has the same addresses', () => {
    const link = { refs: { bucket: ['aws_s3_bucket.b'] } }
    const status = (status: string, root: string) =>
      declared(
        'aws_s3_bucket_versioning.v',
        { versioning_configuration: [{ status }] },
        { ...link, root },
      )
    const folded = fold(tables, [
      declared('aws_s3_bucket.b', {}, { root: 'a' }),
      declared('aws_s3_bucket.b', {}, { root: 'b' }),
      status('Enabled', 'a'),
      status('Suspended', 'b'),
    ])
    const enabled = folded
      .filter(each => each.type === 'aws_s3_bucket')
      .map(each => [each.origin.root, each.attributes.versioning])
    expect(enabled).toMatchObject([
      ['a', { enabled: true }],
      ['b', { enabled: false }],
    ])
  })

  test('through another child, and round a circle', () => {
    const folded = fold(tables, [
      declared('aws_s3_bucket.b', {}),
      declared(
        'aws_s3_bucket_policy.p',
        { policy: '{}' },
        { refs: { bucket: ['aws_s3_bucket.b'] } },
      ),
      declared(
        'aws_s3_bucket_ownership_controls.o',
        { rule: [{ object_ownership: 'ObjectWriter' }] },
        { refs: { bucket: ['aws_s3_bucket_policy.p'] } },
      ),
      declared(
        'aws_s3_bucket_acl.x',
        { bucket: '?' },
        { refs: { bucket: ['aws_s3_bucket_acl.x'] } },
      ),
    ])
    expect(one(folded, 'aws_s3_bucket.b').attributes.ownership_controls).toMatchObject({
      rule: { object_ownership: 'ObjectWriter' },
    })
  })

  test('of a directory bucket stays away from other buckets', () => {
    const folded = fold(tables, [
      declared('aws_s3_directory_bucket.d', { bucket: 'd' }),
      declared(
        'aws_s3_bucket_policy.p',
        { policy: '{"Statement":[]}' },
        { refs: { bucket: ['aws_s3_directory_bucket.d'] } },
      ),
    ])
    expect(one(folded, 'aws_s3_directory_bucket.d').attributes.policy).toMatchObject({
      Statement: [],
    })
    expect(folded.filter(each => each.shell)).toEqual([])
  })

  test('live, by equal names in one account; a bucket has its name everywhere', () => {
    const at = (account: string, region: string) => ({ live: { account, region } })
    const folded = fold(tables, [
      declared('aws_s3_bucket.mine', { bucket: 'x', policy: null }, at('1', 'us-east-1')),
      declared('aws_s3_bucket.other', { bucket: 'x', policy: null }, at('2', 'us-east-1')),
      declared('aws_s3_bucket_policy.p', { bucket: 'x', policy: '{}' }, at('1', 'eu-west-1')),
    ])
    expect(one(folded, 'aws_s3_bucket.mine').attributes.policy).toMatchObject({ Statement: [] })
    expect(one(folded, 'aws_s3_bucket.other').attributes.policy).toBeUndefined()
  })

  test('a reference links where the value is known, and carries on what the child refers to', () => {
    const folded = fold(tables, [
      declared('aws_iam_role.r', { name: 'ci' }),
      declared('aws_iam_role.other', { name: 'ci2' }),
      declared(
        'aws_iam_role_policy.p',
        { role: 'ci', policy: '{"Statement":{"Effect":"Allow","Action":"*"}}' },
        { refs: { role: ['aws_iam_role.r'], policy: ['data.aws_iam_policy_document.d'] } },
      ),
      declared(
        'aws_iam_role_policy_attachment.a',
        { role: 'ci', policy_arn: hidden('aws_iam_policy.admin') },
        { refs: { role: ['aws_iam_role.r'], policy_arn: ['aws_iam_policy.admin'] } },
      ),
    ])
    const role = one(folded, 'aws_iam_role.r')
    expect(role.attributes.inline_policy).toMatchObject([
      { policy: { Statement: [{ Action: ['*'] }] } },
    ])
    expect(role.attributes.managed_policy_arns).toMatchObject([
      { reason: 'aws_iam_policy.admin is known after apply' },
    ])
    expect(role.refs).toMatchObject({ managed_policy_arns: ['aws_iam_policy.admin'] })
    expect(one(folded, 'aws_iam_role.other').attributes.inline_policy).toEqual([])
  })
})

describe('rules', () => {
  test('old and new form, inline ones first, one source each', () => {
    const link = { refs: { security_group_id: ['aws_security_group.g'] } }
    const folded = fold(tables, [
      declared('aws_security_group.g', {
        ingress: [{ protocol: 'tcp', from_port: 1, to_port: 1, cidr_blocks: ['10.0.0.0/8'] }],
      }),
      declared(
        'aws_security_group_rule.old',
        {
          type: 'ingress',
          protocol: 'tcp',
          from_port: 22,
          to_port: 22,
          cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'],
          source_security_group_id: 'sg-1',
        },
        link,
      ),
      declared(
        'aws_vpc_security_group_ingress_rule.new',
        { cidr_ipv6: '::/0', ip_protocol: 'tcp', from_port: 0, to_port: 1024 },
        link,
      ),
      declared(
        'aws_vpc_security_group_egress_rule.out',
        { cidr_ipv4: '0.0.0.0/0', ip_protocol: -1 },
        link,
      ),
    ])
    const group = one(folded, 'aws_security_group.g')
    expect(group.attributes.ingress).toMatchObject([
      { from_port: 1 },
      { from_port: 22, cidr_blocks: ['0.0.0.0/0'], security_groups: [] },
      { from_port: 22, cidr_blocks: ['10.0.0.0/8'] },
      { from_port: 22, cidr_blocks: [], security_groups: ['sg-1'] },
      { from_port: 0, to_port: 1024, cidr_blocks: [], ipv6_cidr_blocks: ['::/0'] },
    ])
    expect(group.attributes.egress).toMatchObject([
      { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'], self: false },
    ])
    expect(partAt(group, 'ingress', 0, 'from_port')).toBe('parent')
    expect(partAt(group, 'ingress', 2, 'cidr_blocks', 0)).toBe(
      'aws_security_group_rule.old cidr_blocks 1',
    )
    expect(partAt(group, 'ingress', 3, 'security_groups', 0)).toBe(
      'aws_security_group_rule.old source_security_group_id',
    )
    expect(partAt(group, 'ingress', 4, 'ipv6_cidr_blocks', 0)).toBe(
      'aws_vpc_security_group_ingress_rule.new cidr_ipv6',
    )
    expect(partAt(group, 'ingress', 4, 'to_port')).toBe(
      'aws_vpc_security_group_ingress_rule.new to_port',
    )
  })

  test('of a network ACL, by direction', () => {
    const link = { refs: { network_acl_id: ['aws_network_acl.n'] } }
    const folded = fold(tables, [
      declared('aws_network_acl.n', {}),
      declared(
        'aws_network_acl_rule.in',
        { rule_number: 1, rule_action: 'allow', protocol: 'all', cidr_block: '0.0.0.0/0' },
        link,
      ),
      declared('aws_network_acl_rule.out', { egress: true, rule_number: 2, protocol: 6 }, link),
    ])
    const acl = one(folded, 'aws_network_acl.n')
    expect(acl.attributes.ingress).toMatchObject([
      { rule_no: 1, action: 'allow', protocol: '-1', cidr_block: '0.0.0.0/0' },
    ])
    expect(acl.attributes.egress).toMatchObject([{ rule_no: 2, protocol: 'tcp' }])
    expect(partAt(acl, 'ingress', 0, 'action')).toBe('aws_network_acl_rule.in rule_action')
  })

  test('of an unknown direction may be in either', () => {
    const folded = fold(tables, [
      declared('aws_security_group.g', {}),
      declared(
        'aws_security_group_rule.r',
        { type: new Absent('unresolved', 'var.way has no value'), protocol: 'tcp' },
        { refs: { security_group_id: ['aws_security_group.g'] } },
      ),
    ])
    const { ingress, egress } = one(folded, 'aws_security_group.g').attributes
    for (const way of [ingress, egress])
      expect(way).toMatchObject([{ reason: 'var.way has no value', many: true }])
  })
})

describe('several parents', () => {
  test('a policy attachment is one for each of its roles, users and groups', () => {
    const folded = fold(tables, [
      declared('aws_iam_role.a', { name: 'a' }),
      declared('aws_iam_role.b', { name: 'b' }),
      declared('aws_iam_role.c', { name: 'c' }),
      declared('aws_iam_user.u', { name: 'u' }),
      declared(
        'aws_iam_policy_attachment.x',
        { roles: ['a', hidden('aws_iam_role.b')], users: ['u'], policy_arn: 'arn:p' },
        { refs: { roles: ['aws_iam_role.b'] } },
      ),
    ])
    const arns = (id: string) => one(folded, id).attributes.managed_policy_arns
    expect(['aws_iam_role.a', 'aws_iam_role.b', 'aws_iam_user.u'].map(arns)).toEqual([
      ['arn:p'],
      ['arn:p'],
      ['arn:p'],
    ])
    expect(arns('aws_iam_role.c')).toEqual([])
    expect(folded.some(each => each.shell)).toBe(false)
  })

  test('a flow log goes to its VPC or its subnet, and an association that says two ways fills once', () => {
    const folded = fold(tables, [
      declared('aws_vpc.v', {}),
      declared('aws_subnet.s', {}),
      declared('aws_flow_log.l', { vpc_id: hidden('aws_vpc.v'), traffic_type: 'ALL' }),
      declared('aws_eip.e', {}),
      declared('aws_eip_association.a', {
        allocation_id: hidden('aws_eip.e'),
        public_ip: hidden('aws_eip.e'),
        instance_id: 'i-1',
      }),
    ])
    expect(one(folded, 'aws_vpc.v').attributes.flow_log).toMatchObject([
      { traffic_type: 'ALL', log_destination_type: 'cloud-watch-logs' },
    ])
    expect(one(folded, 'aws_subnet.s').attributes.flow_log).toEqual([])
    expect(one(folded, 'aws_eip.e').attributes.instance).toBe('i-1')
    expect(folded.filter(each => each.shell)).toEqual([])
  })

  test('members of a group and groups of a user', () => {
    const folded = fold(tables, [
      declared('aws_iam_group.g', { name: 'g' }),
      declared('aws_iam_user.u', { name: 'u' }),
      declared('aws_iam_group_membership.m', { name: 'm', group: 'g', users: ['u', 'w'] }),
      declared('aws_iam_user_group_membership.n', { user: 'u', groups: ['g', 'h'] }),
      declared('aws_iam_access_key.k', { user: 'u' }),
      declared('aws_iam_user_login_profile.l', { user: 'u' }),
    ])
    expect(one(folded, 'aws_iam_group.g').attributes.users).toEqual(['u', 'w'])
    expect(one(folded, 'aws_iam_user.u').attributes).toMatchObject({
      groups: ['g', 'h'],
      access_key: [{ status: 'Active' }],
      login_profile: { password_reset_required: false },
    })
  })
})

describe('what is not sure', () => {
  test('a child with an unknown count leaves a single slot unresolved', () => {
    const folded = fold(tables, [
      declared('aws_s3_bucket.b', {}),
      declared(
        'aws_s3_bucket_versioning.v[*]',
        { versioning_configuration: [{ status: 'Enabled' }] },
        { refs: { bucket: ['aws_s3_bucket.b'] } },
      ),
    ])
    const bucket = one(folded, 'aws_s3_bucket.b')
    expect(reason(bucket.attributes.versioning)).toBe(
      'how many aws_s3_bucket_versioning.v there are is not known',
    )
    expect(partAt(bucket, 'versioning')).toBe('aws_s3_bucket_versioning.v[*]')
    expect(bucket.partial).toBe(true)
  })

  test('and is any number of elements in a list, beside those that are known', () => {
    const folded = fold(tables, [
      declared('aws_security_group.g', { ingress: new Absent('unresolved', 'var.rules') }),
      declared(
        'aws_vpc_security_group_ingress_rule.r[*]',
        { cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp' },
        { refs: { security_group_id: ['aws_security_group.g'] } },
      ),
      declared(
        'aws_vpc_security_group_ingress_rule.s',
        { cidr_ipv4: '::/0', ip_protocol: 'tcp' },
        { refs: { security_group_id: ['aws_security_group.g'] } },
      ),
    ])
    expect(one(folded, 'aws_security_group.g').attributes.ingress).toMatchObject([
      { reason: 'var.rules', many: true },
      { many: true, from: ['aws_vpc_security_group_ingress_rule.r[*]'] },
      { cidr_blocks: ['::/0'] },
    ])
  })

  test('a child that multiplies with its parent is sure', () => {
    const folded = fold(tables, [
      declared('module.m[*].aws_s3_bucket.b', {}),
      declared(
        'module.m[*].aws_s3_bucket_versioning.v',
        { versioning_configuration: [{ status: 'Enabled' }] },
        { refs: { bucket: ['module.m[*].aws_s3_bucket.b'] } },
      ),
    ])
    expect(one(folded, 'module.m[*].aws_s3_bucket.b').attributes.versioning).toMatchObject({
      enabled: true,
    })
  })

  test('a reference to one instance of several without saying which', () => {
    const folded = fold(tables, [
      declared('aws_s3_bucket.b[0]', {}),
      declared('aws_s3_bucket.b[1]', {}),
      declared(
        'aws_s3_bucket_versioning.v',
        { versioning_configuration: [{ status: 'Enabled' }] },
        { refs: { bucket: ['aws_s3_bucket.b'] } },
      ),
    ])
    for (const id of ['aws_s3_bucket.b[0]', 'aws_s3_bucket.b[1]'])
      expect(reason(one(folded, id).attributes.versioning)).toBe(
        'which resource aws_s3_bucket_versioning.v belongs to is not known',
      )
  })

  test('of several references the one with the equal name is meant', () => {
    const folded = fold(tables, [
      declared('aws_s3_bucket.a', { bucket: 'a' }),
      declared('aws_s3_bucket.b', { bucket: 'b' }),
      declared(
        'aws_s3_bucket_versioning.v',
        { bucket: 'b', versioning_configuration: [{ status: 'Enabled' }] },
        { refs: { bucket: ['aws_s3_bucket.a', 'aws_s3_bucket.b'] } },
      ),
    ])
    expect(one(folded, 'aws_s3_bucket.a').attributes.versioning).toMatchObject({ enabled: false })
    expect(one(folded, 'aws_s3_bucket.b').attributes.versioning).toMatchObject({ enabled: true })
  })

  test('two children that set the same slot', () => {
    const policy = (name: string, text: string) =>
      declared(
        `aws_s3_bucket_policy.${name}`,
        { policy: text },
        { refs: { bucket: ['aws_s3_bucket.b'] } },
      )
    const folded = fold(tables, [
      declared('aws_s3_bucket.b', {}),
      policy('x', '{"Statement":[]}'),
      policy('y', '{"Statement":[{"Effect":"Allow"}]}'),
    ])
    expect(reason(one(folded, 'aws_s3_bucket.b').attributes.policy)).toBe(
      'both aws_s3_bucket_policy.x and aws_s3_bucket_policy.y set policy',
    )
  })
})

describe('a shell', () => {
  test('stands for a parent that is not in the scan, under the address of the child', () => {
    const folded = fold(tables, [
      declared('aws_s3_bucket_policy.p', {
        bucket: 'elsewhere',
        policy: '{"Statement":{"Effect":"Allow","Principal":"*"}}',
      }),
    ])
    const shell = one(folded, 'aws_s3_bucket_policy.p', 'aws_s3_bucket')
    expect(shell).toMatchObject({ shell: true, partial: true, name: 'elsewhere' })
    expect(shell.attributes).toMatchObject({
      bucket: 'elsewhere',
      policy: { Statement: [{ Principal: { AWS: ['*'] } }] },
    })
    expect(reason(shell.attributes.versioning)).toBe(
      'the aws_s3_bucket of aws_s3_bucket_policy.p is not in the scan',
    )
    expect(shell.origin.address).toBe('aws_s3_bucket_policy.p')
    expect(shell.origin.locate).toBeUndefined()
    expect(partAt(shell, 'policy')).toBe('aws_s3_bucket_policy.p policy')
  })

  test('holds the one rule that is known to be there', () => {
    const folded = fold(tables, [
      declared('aws_security_group_rule.r', {
        security_group_id: new Absent('unresolved', 'var.group has no value'),
        type: 'egress',
        protocol: 'tcp',
        cidr_blocks: ['0.0.0.0/0'],
      }),
    ])
    const shell = one(folded, 'aws_security_group_rule.r', 'aws_security_group')
    expect(shell.attributes.egress).toMatchObject([{ cidr_blocks: ['0.0.0.0/0'] }])
    expect(shell.attributes.ingress).toBeInstanceOf(Absent)
  })

  test('is one where a link may mean several types, and none where the link is not set', () => {
    const folded = fold(tables, [
      declared('aws_kms_key_policy.k', { key_id: 'abc', policy: '{}' }),
      declared('aws_flow_log.l', { eni_id: 'eni-1' }),
    ])
    expect(folded.filter(each => each.shell).map(each => [each.id, each.type])).toEqual([
      ['aws_kms_key_policy.k', 'aws_kms_key'],
    ])
  })
})

describe('a default resource', () => {
  test('is judged as the type that it is, and takes children', () => {
    const folded = fold(tables, [
      declared('aws_default_security_group.d', { ingress: [{ protocol: -1, self: true }] }),
      declared(
        'aws_security_group_rule.r',
        { type: 'ingress', protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] },
        { refs: { security_group_id: ['aws_default_security_group.d'] } },
      ),
      declared('aws_default_vpc.v', {}),
    ])
    const group = one(folded, 'aws_default_security_group.d', 'aws_security_group')
    expect(group.attributes).toMatchObject({
      name: 'default',
      is_default: true,
      ingress: [{ self: true }, { cidr_blocks: ['0.0.0.0/0'] }],
      egress: [],
    })
    expect(one(folded, 'aws_default_vpc.v', 'aws_vpc').attributes).toMatchObject({
      is_default: true,
      enable_dns_hostnames: true,
      flow_log: [],
    })
    expect(one(folded, 'aws_default_vpc.v', 'aws_default_vpc')).toBeDefined()
  })
})

describe('defaults that hang on other attributes', () => {
  const blocks = (plain: Attributes, more: readonly Resource[] = []) =>
    one(fold(tables, [declared('aws_s3_bucket.b', plain), ...more]), 'aws_s3_bucket.b').attributes

  test('a bucket that is declared public is not blocked, unless the code says so', () => {
    const off = { public_access_block: { block_public_acls: false, block_public_policy: false } }
    expect(blocks({ acl: 'public-read' })).toMatchObject({
      ...off,
      ownership_controls: { rule: { object_ownership: 'ObjectWriter' } },
    })
    const everybody = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}}'
    expect(blocks({ policy: everybody })).toMatchObject(off)
    const acl = declared(
      'aws_s3_bucket_acl.a',
      { acl: 'public-read' },
      { refs: { bucket: ['aws_s3_bucket.b'] } },
    )
    expect(blocks({}, [acl])).toMatchObject(off)
    const block = declared(
      'aws_s3_bucket_public_access_block.p',
      { block_public_acls: true },
      { refs: { bucket: ['aws_s3_bucket.b'] } },
    )
    expect(blocks({}, [acl, block])).toMatchObject({
      public_access_block: { block_public_acls: true, block_public_policy: false },
    })
    expect(blocks({ acl: 'private' })).toMatchObject({
      public_access_block: { block_public_acls: true },
    })
    const variable = new Absent('unresolved', 'var.acl has no value')
    expect(blocks({ acl: variable }).public_access_block).toBe(variable)
  })

  test('and so is one of which only the public policy is in the scan', () => {
    const policy = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}}'
    const folded = fold(tables, [declared('aws_s3_bucket_policy.p', { bucket: 'x', policy })])
    const shell = one(folded, 'aws_s3_bucket_policy.p', 'aws_s3_bucket')
    expect(shell.attributes.public_access_block).toMatchObject({ block_public_policy: false })
    expect(shell.attributes.acl).toBeInstanceOf(Absent)
  })

  test('a policy with a condition is for the checks to judge', () => {
    const policy =
      '{"Statement":{"Effect":"Allow","Principal":"*","Condition":{"StringEquals":{"aws:SourceVpce":"v"}}}}'
    expect(blocks({ policy })).toMatchObject({ public_access_block: { block_public_acls: true } })
  })

  test('a database has the port of its engine, and a copy the encryption of its source', () => {
    const database = (plain: Attributes) =>
      one(fold(tables, [declared('aws_db_instance.d', plain)]), 'aws_db_instance.d').attributes
    expect(database({ engine: 'postgres' })).toMatchObject({ port: 5432, storage_encrypted: false })
    expect(database({ engine: 'mysql', port: 13306 }).port).toBe(13306)
    expect(reason(database({ snapshot_identifier: 's' }).storage_encrypted)).toBe(
      'snapshot_identifier decides storage_encrypted',
    )
    expect(database({ snapshot_identifier: 's', storage_encrypted: false }).storage_encrypted).toBe(
      false,
    )
  })

  test('a cluster is encrypted if it is serverless, and may be if nobody knows', () => {
    const cluster = (engine_mode: Plain) =>
      one(fold(tables, [declared('aws_rds_cluster.c', { engine_mode })]), 'aws_rds_cluster.c')
        .attributes.storage_encrypted
    expect(cluster('serverless')).toBe(true)
    expect(cluster('provisioned')).toBe(false)
    expect(reason(cluster(new Absent('unresolved', 'var.mode has no value')))).toBe(
      'var.mode has no value',
    )
  })

  test('what an instance leaves open its launch template decides', () => {
    const folded = fold(tables, [
      declared('aws_instance.i', { launch_template: [{ id: 'lt-1' }], monitoring: true }),
    ])
    const { metadata_options, monitoring } = one(folded, 'aws_instance.i').attributes
    expect(reason(metadata_options)).toBe('the launch template decides metadata_options')
    expect(monitoring).toBe(true)
  })

  test('what is null is left open', () => {
    const folded = fold(tables, [
      declared('aws_instance.i', { launch_template: [{ id: 'lt-1' }], monitoring: null }),
    ])
    expect(reason(one(folded, 'aws_instance.i').attributes.monitoring)).toBe(
      'the launch template decides monitoring',
    )
  })
})

test('many children of one parent are folded in linear time', () => {
  const count = 20_000
  const rules = Array.from({ length: count }, (_, index) =>
    declared(
      `aws_vpc_security_group_ingress_rule.r[${index}]`,
      { cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp', from_port: index, to_port: index },
      { refs: { security_group_id: ['aws_security_group.g'] } },
    ),
  )
  const group = one(
    fold(tables, [declared('aws_security_group.g'), ...rules]),
    'aws_security_group.g',
  )
  expect(group.attributes.ingress).toHaveLength(count)
})
