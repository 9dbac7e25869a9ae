import { beforeAll, describe, expect, test } from 'vitest'
import { serviceOf } from './aws/services.generated.ts'
import { isSecret, kindOf, nameOf, secretPaths, taggable } from './knowledge.ts'
import { loadVocabulary, type Tables } from './load.ts'

let tables: Tables
beforeAll(async () => {
  tables = await loadVocabulary(Object.keys(serviceOf))
})

describe('kindOf', () => {
  test.each([
    ['aws_ebs_volume', ['encrypted'], 'boolean'],
    ['aws_ebs_volume', ['size'], undefined],
    ['aws_ebs_volume', ['tags'], undefined],
    ['aws_s3_bucket', ['versioning'], 'object'],
    ['aws_s3_bucket', ['versioning', 'enabled'], 'boolean'],
    ['aws_s3_bucket', ['logging'], undefined],
    ['aws_s3_bucket', ['cors_rule'], 'array'],
    ['aws_s3_bucket', ['cors_rule', 0], 'object'],
    ['aws_s3_bucket', ['cors_rule', 0, 'allowed_origins'], 'array'],
    ['aws_s3_bucket', ['cors_rule', 0, 'allowed_origins', 0], undefined],
    ['aws_s3_bucket', ['policy'], 'policy'],
    ['aws_s3_bucket', ['policy', 'Statement'], 'array'],
    ['aws_s3_bucket', ['policy', 'Statement', 0], 'object'],
    ['aws_s3_bucket', ['policy', 'Statement', 0, 'Effect'], undefined],
    ['aws_s3_bucket', ['policy', 'Statement', 0, 'Principal', 'AWS'], 'array'],
    ['aws_s3_bucket', ['policy', 'Statement', 0, 'Condition', 0], 'object'],
    ['aws_iam_role', ['inline_policy', 3, 'policy'], 'policy'],
    ['aws_iam_role', ['inline_policy', 3, 'policy', 'Statement', 1, 'Action'], 'array'],
    ['aws_iam_role', ['nothing'], undefined],
    ['__proto__', ['constructor'], undefined],
  ] as const)('%s %j is %s', (type, path, kind) => expect(kindOf(tables, type, path)).toBe(kind))
})

describe('secrets', () => {
  test('are stated, or told by their names', () => {
    expect(secretPaths(tables, 'aws_instance')).toEqual([
      'password_data',
      'user_data',
      'user_data_base64',
    ])
    expect(secretPaths(tables, 'nobody_knows')).toEqual([])
  })

  test.each([
    ['aws_db_instance', ['password'], true],
    ['aws_db_instance', ['password_wo_version'], false],
    ['aws_db_instance', ['manage_master_user_password'], false],
    ['aws_db_instance', ['iam_database_authentication_enabled'], false],
    ['aws_iam_account_password_policy', ['max_password_age'], false],
    ['aws_s3_object', ['content'], true],
    ['aws_s3_bucket', ['policy', 'Statement', 0], false],
    ['nobody_knows', ['config', 0, 'api_key'], true],
    ['nobody_knows', ['secret_arn'], false],
  ] as const)('%s %j: %s', (type, path, secret) =>
    expect(isSecret(tables, type, path)).toBe(secret),
  )
})

test('nameOf answers what is known, and a tag only where it is asked for', () => {
  expect(nameOf(tables, 'aws_s3_bucket', { bucket: 'b', name: 'n' })).toBe('b')
  expect(nameOf(tables, 'aws_db_instance', { identifier: null, db_name: 'd' })).toBe('d')
  const tagged = { tags: { Name: 'main' } }
  expect(nameOf(tables, 'aws_vpc', tagged)).toBeUndefined()
  expect(nameOf(tables, 'aws_vpc', tagged, { tags: true })).toBe('main')
  expect(nameOf(tables, 'nobody_knows', { name: 'n' })).toBe('n')
})

test('taggable', () => {
  expect(taggable(tables, 'aws_s3_bucket')).toBe(true)
  expect(taggable(tables, 'aws_s3_bucket_versioning')).toBe(false)
})
