import { beforeAll, expect, test } from 'vitest'
import { Absent, type Attributes, type Resource } from '../resource.ts'
import { serviceOf } from '../vocabulary/aws/services.generated.ts'
import { loadVocabulary, type Tables } from '../vocabulary/load.ts'
import { relate } from './relate.ts'
import { declaredIn, type More } from './testing-resources.ts'

let tables: Tables
beforeAll(async () => {
  tables = await loadVocabulary(Object.keys(serviceOf))
})

const declared = (address: string, plain: Attributes = {}, more: More = {}) =>
  declaredIn(tables, address, plain, more)

/** Ids, and reasons in brackets. */
const related = (resources: readonly Resource[], of: Resource | undefined, type: string) =>
  of === undefined
    ? expect.unreachable()
    : relate(tables, resources)(of, type).map(each =>
        each instanceof Absent ? `(${each.reason})` : each.id,
      )

test('by reference, in both directions', () => {
  const trail = declared(
    'aws_cloudtrail.t',
    { s3_bucket_name: new Absent('unresolved', 'known after apply') },
    { refs: { s3_bucket_name: ['aws_s3_bucket.b'] } },
  )
  const bucket = declared('aws_s3_bucket.b')
  const all = [trail, bucket, declared('aws_s3_bucket.c'), declared('aws_cloudtrail.u')]
  expect(related(all, trail, 'aws_s3_bucket')).toEqual(['aws_s3_bucket.b'])
  expect(related(all, bucket, 'aws_cloudtrail')).toEqual(['aws_cloudtrail.t'])
  expect(related(all, bucket, 'aws_iam_role')).toEqual([])
})

test('by reference within one root module: another one has the same addresses', () => {
  const refs = { s3_bucket_name: ['aws_s3_bucket.b'] }
  const trail = (root: string) =>
    declared('aws_cloudtrail.t', { s3_bucket_name: 'x' }, { refs, root })
  const bucket = (root: string) => declared('aws_s3_bucket.b', {}, { root })
  const [a, b] = [bucket('a'), bucket('b')]
  const [from, other] = [trail('a'), trail('b')]
  const ask = relate(tables, [b, a, other, from])
  expect(ask(from, 'aws_s3_bucket')).toEqual([a])
  expect(ask(b, 'aws_cloudtrail')).toEqual([other])
})

test('by equal names, where the attribute says what it names', () => {
  const trail = declared('aws_cloudtrail.t', { name: 'main', s3_bucket_name: 'logs' })
  const bucket = declared('aws_s3_bucket.b', { bucket: 'logs' })
  const namesake = declared('aws_s3_bucket.main', { bucket: 'main' })
  const all = [trail, bucket, namesake]
  expect(related(all, trail, 'aws_s3_bucket')).toEqual(['aws_s3_bucket.b'])
  expect(related(all, bucket, 'aws_cloudtrail')).toEqual(['aws_cloudtrail.t'])
  expect(related(all, namesake, 'aws_cloudtrail')).toEqual([])
})

test('by ARN and by id, whatever the attribute is called', () => {
  const live = { live: { account: '1', region: 'eu-west-1' } }
  const key = declared('arn:aws:kms:eu-west-1:1:key/k', {}, live)
  const vpc = declared('aws_vpc.v', { id: 'vpc-0a1b2c3d' }, live)
  const keyed = { ...key, type: 'aws_kms_key' }
  const volume = declared('aws_ebs_volume.v', { kms_key_id: keyed.id }, live)
  const endpoint = declared('aws_vpc_endpoint.e', { note: ['vpc-0a1b2c3d'] }, live)
  const all = [keyed, vpc, volume, endpoint]
  expect(related(all, volume, 'aws_kms_key')).toEqual([keyed.id])
  expect(related(all, keyed, 'aws_ebs_volume')).toEqual(['aws_ebs_volume.v'])
  expect(related(all, vpc, 'aws_vpc_endpoint')).toEqual(['aws_vpc_endpoint.e'])
})

test('names hold within one root module, and live within one account and region', () => {
  const group = (root: string) => declared('aws_db_subnet_group.g', { name: 'private' }, { root })
  const database = declared('aws_db_instance.d', { db_subnet_group_name: 'private' }, { root: 'a' })
  const [here, there] = [group('a'), group('b')]
  expect(relate(tables, [there, here, database])(database, 'aws_db_subnet_group')).toEqual([here])
  expect(related([there, here, database], there, 'aws_db_instance')).toEqual([])

  const live = (account: string, region: string) => ({ live: { account, region } })
  const trail = declared('trail', {}, live('1', 'us-east-1'))
  const trails = {
    ...trail,
    ...declared('aws_cloudtrail.t', { s3_bucket_name: 'logs' }, live('1', 'us-east-1')),
  }
  const buckets = ['eu-west-1', 'us-east-1'].map((region, at) =>
    declared(`aws_s3_bucket.b${at}`, { bucket: at === 0 ? 'logs' : 'other' }, live('1', region)),
  )
  const foreign = declared('aws_s3_bucket.f', { bucket: 'logs' }, live('2', 'us-east-1'))
  expect(related([trails, ...buckets, foreign], trails, 'aws_s3_bucket')).toEqual([
    'aws_s3_bucket.b0',
  ])
})

test('what is named and is not there is absent, and so is an unknown name', () => {
  const named = declared('aws_cloudtrail.t', { s3_bucket_name: 'elsewhere' })
  expect(related([named], named, 'aws_s3_bucket')).toEqual([
    '(the aws_s3_bucket that s3_bucket_name names is not in the scan)',
  ])
  const unknown = declared('aws_cloudtrail.u', {
    s3_bucket_name: new Absent('unresolved', 'var.bucket has no value'),
  })
  expect(related([unknown], unknown, 'aws_s3_bucket')).toEqual(['(var.bucket has no value)'])
  expect(related([unknown], unknown, 'aws_iam_role')).toEqual([])
  const pending = new Absent('pending', 'ec2:DescribeInstances')
  const instance = declared('aws_instance.i', { network_interface: [{ subnet_id: pending }] })
  expect(relate(tables, [instance])(instance, 'aws_subnet')).toContain(pending)
})

test('an unknown beside known ones in a list is one more', () => {
  const from = new Absent('unresolved', 'known after apply', { from: ['aws_security_group.g'] })
  const more = new Absent('unresolved', 'var.more has no value')
  const instance = declared(
    'aws_instance.i',
    { vpc_security_group_ids: [from, more] },
    { refs: { vpc_security_group_ids: ['aws_security_group.g'] } },
  )
  const all = [instance, declared('aws_security_group.g')]
  expect(related(all, instance, 'aws_security_group')).toEqual([
    'aws_security_group.g',
    '(var.more has no value)',
  ])
})

test('a block names what it is called after', () => {
  const template = declared('aws_launch_template.l', { name: 'web' })
  const instance = declared('aws_instance.i', { launch_template: [{ name: 'web' }] })
  const all = [template, instance]
  expect(related(all, template, 'aws_instance')).toEqual(['aws_instance.i'])
  expect(related(all, instance, 'aws_launch_template')).toEqual(['aws_launch_template.l'])
})

test('nothing is related to itself, and a name of its own names nothing else', () => {
  const bucket = declared('aws_s3_bucket.b')
  expect(related([bucket, declared('aws_s3_bucket.c')], bucket, 'aws_s3_bucket')).toEqual([])
})

test('what a policy document or a tag says relates nothing', () => {
  const role = declared('aws_iam_role.r', { name: 'ci' })
  const bucket = declared('aws_s3_bucket.b', {
    tags: { role: 'ci' },
    policy: '{"Statement":{"Effect":"Allow","Principal":{"AWS":"ci"}}}',
  })
  expect(related([role, bucket], role, 'aws_s3_bucket')).toEqual([])
})

test('with `all` every one in the same root module, or the same account and region', () => {
  const volume = declared('aws_ebs_volume.v')
  const selections = [declared('aws_backup_selection.s'), declared('aws_backup_selection.t')]
  const foreign = declared('aws_backup_selection.s', {}, { root: 'other' })
  const ask = relate(tables, [volume, ...selections, foreign])
  expect(ask(volume, 'aws_backup_selection', 'all')).toEqual(selections)
  expect(ask(volume, 'aws_backup_selection')).toEqual([])
  const live = (address: string, region: string | null) =>
    declared(address, {}, { live: { account: '1', region } })
  const [here, there] = [
    live('aws_backup_selection.s', 'eu-west-1'),
    live('aws_backup_selection.t', 'us-east-1'),
  ]
  const disk = live('aws_ebs_volume.v', 'eu-west-1')
  const account = live('aws_account.a', null)
  const askLive = relate(tables, [account, disk, here, there])
  expect(askLive(disk, 'aws_backup_selection', 'all')).toEqual([here])
  expect(askLive(account, 'aws_backup_selection', 'all')).toEqual([here, there])
})

test('inward are only those that refer to the resource', () => {
  const volume = declared('aws_ebs_volume.v', {
    id: 'vol-0a1b2c3d4e5f',
    snapshot_id: 'snap-0a1b2c3d4e5f',
  })
  const source = declared('aws_ebs_snapshot.s', {
    id: 'snap-0a1b2c3d4e5f',
    volume_id: 'vol-ffffffff',
  })
  const copy = declared('aws_ebs_snapshot.t', { volume_id: 'vol-0a1b2c3d4e5f' })
  const ask = relate(tables, [volume, source, copy])
  expect(ask(volume, 'aws_ebs_snapshot')).toEqual([source, copy])
  expect(ask(volume, 'aws_ebs_snapshot', 'inward')).toEqual([copy])
})
