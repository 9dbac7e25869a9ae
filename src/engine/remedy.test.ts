import { beforeAll, expect, test } from 'vitest'
import { serviceOf } from '../vocabulary/aws/services.generated.ts'
import { knowledgeOf } from '../vocabulary/knowledge.ts'
import { loadVocabulary, type Tables } from '../vocabulary/load.ts'
import { localOf, remedyOf } from './remedy.ts'
import { declaredIn } from './testing-resources.ts'

let tables: Tables
beforeAll(async () => {
  tables = await loadVocabulary(Object.keys(serviceOf))
})

const shown = (set: { [path: string]: unknown }, type: string, name = 'logs') =>
  remedyOf({ set }, type, knowledgeOf(tables))?.({ name, by: null }) ?? null

test('attributes, and blocks within the resource', () => {
  expect(
    shown({ storage_encrypted: true, 'blue_green_update.enabled': true }, 'aws_db_instance'),
  ).toBe('storage_encrypted = true\nblue_green_update {\n  enabled = true\n}')
  expect(shown({}, 'aws_db_instance')).toBeNull()
})

test('what Terraform writes as a resource of its own', () => {
  expect(
    shown({ 'versioning.enabled': true, 'versioning.mfa_delete': true }, 'aws_s3_bucket'),
  ).toMatchInlineSnapshot(`
    "resource "aws_s3_bucket_versioning" "logs" {
      bucket = aws_s3_bucket.logs.id
      versioning_configuration {
        status = "Enabled"
        mfa_delete = "Enabled"
      }
    }"
  `)
  const algorithm =
    'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm'
  expect(shown({ [algorithm]: 'aws:kms' }, 'aws_s3_bucket')).toMatchInlineSnapshot(`
    "resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
      bucket = aws_s3_bucket.logs.id
      rule {
        apply_server_side_encryption_by_default {
          sse_algorithm = "aws:kms"
        }
      }
    }"
  `)
  expect(
    shown({ 'public_access_block.block_public_acls': true, force_destroy: false }, 'aws_s3_bucket'),
  ).toMatchInlineSnapshot(`
    "force_destroy = false

    resource "aws_s3_bucket_public_access_block" "logs" {
      bucket = aws_s3_bucket.logs.id
      block_public_acls = true
    }"
  `)
  // That Object Lock is on, no piece says.
  expect(shown({ object_lock_enabled: true }, 'aws_s3_bucket')).toBe('object_lock_enabled = true')
})

test('what there are several of is mended in each', () => {
  const set = { 'versioning.enabled': true }
  const remedy = remedyOf({ set }, 'aws_s3_bucket', knowledgeOf(tables))
  expect(remedy?.({ name: 'logs', by: 'count' })).toContain(
    'count = length(aws_s3_bucket.logs)\n  bucket = aws_s3_bucket.logs[count.index].id',
  )
  expect(remedy?.({ name: 'logs', by: 'for_each' })).toContain(
    'for_each = aws_s3_bucket.logs\n  bucket = each.value.id',
  )
})

test('the local name is that of the resource that is judged', () => {
  const declared = declaredIn(tables, 'aws_s3_bucket.logs', {}, {})
  const named = (address: string) =>
    localOf({ ...declared, origin: { ...declared.origin, address } })
  expect(named('aws_s3_bucket.logs')).toEqual({ name: 'logs', by: null })
  expect(named('aws_s3_bucket.logs[*]')).toEqual({ name: 'logs', by: 'count' })
  const inModule = 'module.store["a.b"].aws_s3_bucket.logs["x]\\".y"]'
  expect(named(inModule)).toEqual({ name: 'logs', by: 'for_each' })
  expect(named('module.store["a.b"].aws_s3_bucket_policy.logs').name).toBe('this')
  const live = declaredIn(tables, 'aws_s3_bucket.b', {}, { live: { account: '1', region: 'a' } })
  expect(localOf(live)).toEqual({ name: 'this', by: null })
})
