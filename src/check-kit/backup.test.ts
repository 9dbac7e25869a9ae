import { expect, test } from 'vitest'
import type { Context } from '../check.ts'
import { Absent, Missing } from '../resource.ts'
import { isBackedUp, type Stored } from './backup.ts'

const nothing = { resources: [], not_resources: [], selection_tag: [], condition: [] }
const none = { string_equals: [], string_like: [], string_not_equals: [], string_not_like: [] }
const arn = (of: string) =>
  new Absent('unresolved', `${of}.arn is known after apply`, { parts: ['arn:', null], from: [of] })

function judged(selection: object, more: Partial<Stored & Context> = {}): boolean | string {
  const stored: Stored = {
    service: 'rds',
    kind: 'db:',
    name: () => 'a',
    tags: () => ({ backup: 'daily' }),
    ...more,
  }
  const context = {
    id: 'aws_db_instance.a',
    account: null,
    region: null,
    all: () => [{ ...nothing, ...selection }],
    ...more,
  }
  try {
    // The test's own selection in place of a view of one.
    return isBackedUp(stored, context as unknown as Context)
  } catch (signal) {
    if (signal instanceof Missing) return signal.absent.reason
    throw signal
  }
}

test.each([
  [['*'], true],
  [['arn:aws:rds:*'], true],
  [['arn:aws:rds:eu-west-1:111122223333:db:a'], true],
  [['arn:aws-cn:rds:*:*:db:*'], true],
  [['arn:aws:rds:*:*:cluster:*'], false],
  [['arn:aws:rds:*:*:db:b*'], false],
  [['arn:aws:ec2:*:*:volume/*'], false],
  [[arn('aws_db_instance.a')], true],
  [[arn('aws_db_instance.b')], false],
  [[arn('aws_db_instance.b'), 'arn:aws:rds:*:*:db:a'], true],
])('%j takes the instance in: %s', (resources, wanted) => {
  expect(judged({ resources })).toBe(wanted)
})

test('its region and account are the plan’s, unless they are known to be others', () => {
  const resources = ['arn:aws:rds:eu-west-1:111122223333:db:a']
  expect(judged({ resources }, { region: 'eu-west-1', account: '111122223333' })).toBe(true)
  expect(judged({ resources }, { region: 'us-east-1', account: '111122223333' })).toBe(false)
  const parts = ['arn:aws:rds:', null, ':', null, ':db:*']
  expect(judged({ resources: [new Absent('unresolved', 'var.region', { parts })] })).toBe(true)
})

test('what is not known of a name is not known of the selection', () => {
  const name = () => {
    throw new Missing(new Absent('unresolved', 'var.name has no value'))
  }
  expect(judged({ resources: ['arn:aws:rds:*:*:db:*'] }, { name })).toBe(true)
  expect(judged({ resources: ['arn:aws:rds:*:*:db:a'] }, { name })).toBe('var.name has no value')
  expect(judged({ resources: ['arn:aws:ec2:*:*:volume/a'] }, { name })).toBe(false)
})

test('ARNs and tags add to one another, and conditions narrow both', () => {
  const daily = { type: 'STRINGEQUALS', key: 'aws:ResourceTag/backup', value: 'daily' }
  const production = { ...none, string_equals: [{ key: 'aws:ResourceTag/env', value: 'prod' }] }
  const resources = ['arn:aws:rds:*:*:db:b']
  expect(judged({ resources, selection_tag: [daily] })).toBe(true)
  expect(judged({ resources, selection_tag: [daily], condition: [production] })).toBe(false)
  expect(judged({ condition: [production] }, { tags: () => ({ env: 'prod' }) })).toBe(true)
})

test('an untagged resource is not tagged otherwise, and one that names nothing takes everything', () => {
  const condition = [
    {
      ...none,
      string_not_equals: [{ key: 'aws:ResourceTag/env', value: 'prod' }],
      string_not_like: [{ key: 'aws:ResourceTag/env', value: 'p*' }],
    },
  ]
  expect(judged({ condition })).toBe(true)
  expect(judged({ condition }, { tags: () => ({ env: 'prod' }) })).toBe(false)
  expect(judged({})).toBe(true)
})

test('what it excludes it does not take in', () => {
  const resources = ['*']
  expect(judged({ resources, not_resources: [arn('aws_db_instance.a')] })).toBe(false)
  expect(judged({ resources, not_resources: [arn('aws_db_instance.b')] })).toBe(true)
  expect(judged({ resources, not_resources: ['arn:aws:rds:*:*:db:*'] })).toBe(false)
})
