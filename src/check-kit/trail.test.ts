import { describe, expect, test } from 'vitest'
import { logsManagementEvents, logsObjectEvents, type Trail } from './trail.ts'

const basic = (more: Partial<Trail['event_selector'][number]> = {}): Trail => ({
  event_selector: [
    { include_management_events: true, read_write_type: 'All', data_resource: [], ...more },
  ],
  advanced_event_selector: [],
})
const advanced = (fields: Readonly<Record<string, string>>): Trail => ({
  event_selector: [],
  advanced_event_selector: [
    {
      field_selector: Object.entries(fields).map(([field, value]) => ({
        field,
        equals: [value],
        starts_with: [],
      })),
    },
  ],
})

describe('management events', () => {
  test.each<[string, Trail, boolean, boolean]>([
    ['no selector', { event_selector: [], advanced_event_selector: [] }, true, true],
    ['all', basic(), true, true],
    ['reading', basic({ read_write_type: 'ReadOnly' }), true, false],
    ['none', basic({ include_management_events: false }), false, false],
    ['advanced', advanced({ eventCategory: 'Management' }), true, true],
    [
      'advanced, writing',
      advanced({ eventCategory: 'Management', readOnly: 'false' }),
      false,
      true,
    ],
    ['advanced, data', advanced({ eventCategory: 'Data' }), false, false],
  ])('%s', (_, trail, read, write) => {
    expect([logsManagementEvents(trail, 'read'), logsManagementEvents(trail, 'write')]).toEqual([
      read,
      write,
    ])
  })
})

describe('object events', () => {
  const objects = (value: string, type = 'AWS::S3::Object') =>
    basic({ data_resource: [{ type, values: [value] }] })
  const object = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object' }

  test.each<[string, Trail, boolean]>([
    ['every object', objects('arn:aws:s3'), true],
    ['every bucket', objects('arn:aws:s3:::'), true],
    ['another partition', objects('arn:aws-us-gov:s3'), true],
    ['one bucket', objects('arn:aws:s3:::logs/'), false],
    ['functions', objects('arn:aws:lambda', 'AWS::Lambda::Function'), false],
    ['advanced', advanced(object), true],
    ['advanced, one bucket', advanced({ ...object, 'resources.ARN': 'arn:aws:s3:::a/' }), false],
    ['advanced, one call', advanced({ ...object, eventName: 'DeleteObject' }), false],
    ['advanced, writing', advanced({ ...object, readOnly: 'false' }), false],
  ])('%s', (_, trail, expected) => expect(logsObjectEvents(trail, 'read')).toBe(expected))
})
