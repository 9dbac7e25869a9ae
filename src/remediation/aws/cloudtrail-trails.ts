import { action, type Tags, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere } from './cloud.ts'
import { tagsOf } from './tags.ts'

/** What every action on a trail says of it; the ARN names it, also where an organisation's trail is another account's. */
const trail = {
  scope: 'resource',
  arn: /^(?<name>arn:aws[\w-]*:cloudtrail:[\w-]+:\d{12}:trail\/[\w.-]+)$/,
  tags: trailTags,
} as const

const gone = ['TrailNotFoundException']

export const cloudtrailValidation = action<{ readonly on: boolean }>({
  ...trail,
  id: 'cloudtrail_validation',
  title: 'Sign the trail’s log files',
  mends: ['cloudtrail_log_file_validation_enabled'],
  blast: 'B0',
  mode: 'auto',
  permissions: {
    read: ['cloudtrail:GetTrail', 'cloudtrail:ListTags', 'cloudtrail:DescribeTrails'],
    write: ['cloudtrail:UpdateTrail'],
    undo: ['cloudtrail:UpdateTrail'],
  },
  read: (cloud, { name }) =>
    ifThere(gone, async () => {
      const { Trail } = await cloud.ask('cloudtrail', 'GetTrail', { Name: name })
      return { on: given(Trail, 'Trail').LogFileValidationEnabled === true }
    }),
  isGood: ({ on }) => on,
  population: countTrails,
  mend: (_, { name }) => [validate(name, true)],
  undo: ({ on }, _, { name }) => [validate(name, on)],
})

export const cloudtrailLogging = action<{ readonly on: boolean }>({
  ...trail,
  id: 'cloudtrail_logging',
  title: 'Let the trail log again',
  mends: [],
  blast: 'B0',
  mode: 'auto',
  permissions: {
    read: ['cloudtrail:GetTrailStatus', 'cloudtrail:ListTags', 'cloudtrail:DescribeTrails'],
    write: ['cloudtrail:StartLogging'],
    undo: ['cloudtrail:StopLogging'],
  },
  read: (cloud, { name }) =>
    ifThere(gone, async () => {
      const { IsLogging } = await cloud.ask('cloudtrail', 'GetTrailStatus', { Name: name })
      return { on: given(IsLogging, 'IsLogging') }
    }),
  isGood: ({ on }) => on,
  population: countTrails,
  mend: (_, { name }) => [call('cloudtrail', 'StartLogging', { Name: name })],
  undo: ({ on }, _, { name }) => (on ? [] : [call('cloudtrail', 'StopLogging', { Name: name })]),
})

/** Twice the events, twice the price, where the account has other trails. */
export const cloudtrailMultiRegion = action<{ readonly on: boolean; readonly home: string }>({
  ...trail,
  id: 'cloudtrail_multi_region',
  title: 'Let the trail record all regions',
  // Where the account has no such trail, a person says which is to become it.
  mends: [],
  maybe: ['cloudtrail_multi_region_enabled'],
  blast: 'B0',
  mode: 'approve',
  permissions: {
    read: ['cloudtrail:GetTrail', 'cloudtrail:ListTags'],
    write: ['cloudtrail:UpdateTrail'],
    undo: ['cloudtrail:UpdateTrail'],
  },
  read: (cloud, { name }) =>
    ifThere(gone, async () => {
      const { Trail } = await cloud.ask('cloudtrail', 'GetTrail', { Name: name })
      const { IsMultiRegionTrail, HomeRegion } = given(Trail, 'Trail')
      return { on: IsMultiRegionTrail === true, home: HomeRegion ?? '' }
    }),
  isGood: ({ on }) => on,
  mend: (_, { name }) => [everywhere(name, true)],
  undo: ({ on }, _, { name }) => [everywhere(name, on)],
})

function validate(Name: string, EnableLogFileValidation: boolean) {
  return call('cloudtrail', 'UpdateTrail', { Name, EnableLogFileValidation })
}

function everywhere(Name: string, IsMultiRegionTrail: boolean) {
  return call('cloudtrail', 'UpdateTrail', { Name, IsMultiRegionTrail })
}

async function trailTags(cloud: Cloud, { name }: Target): Promise<Tags> {
  const { ResourceTagList } = await cloud.ask('cloudtrail', 'ListTags', { ResourceIdList: [name] })
  return tagsOf(given(ResourceTagList, 'ResourceTagList')[0]?.TagsList)
}

async function countTrails(cloud: Cloud): Promise<number> {
  const { trailList } = await cloud.ask('cloudtrail', 'DescribeTrails', {})
  return given(trailList, 'trailList').length
}
