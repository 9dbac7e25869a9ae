import { action, type Tags, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'

/** What every action on a key says of it. */
const key = {
  scope: 'resource',
  arn: /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/(?<name>[\w-]+)$/,
  tags: keyTags,
} as const

export const kmsRotation = action<{ readonly on: boolean; readonly days: number | null }>({
  ...key,
  id: 'kms_rotation',
  title: 'Rotate the key every year',
  mends: ['kms_cmk_rotation_enabled'],
  blast: 'B0',
  mode: 'auto',
  permissions: {
    read: ['kms:GetKeyRotationStatus', 'kms:ListResourceTags', 'kms:ListKeys'],
    write: ['kms:EnableKeyRotation'],
    undo: ['kms:DisableKeyRotation', 'kms:EnableKeyRotation'],
  },
  read: (cloud, { name }) =>
    ifThere(['NotFoundException'], async () => {
      const answer = await cloud.ask('kms', 'GetKeyRotationStatus', { KeyId: name })
      return {
        on: given(answer.KeyRotationEnabled, 'KeyRotationEnabled'),
        days: answer.RotationPeriodInDays ?? null,
      }
    }),
  isGood: ({ on }) => on,
  population: countKeys,
  mend: (_, { name }) => [call('kms', 'EnableKeyRotation', { KeyId: name })],
  undo: ({ on, days }, _, { name }) => [
    on
      ? call('kms', 'EnableKeyRotation', {
          KeyId: name,
          ...(days === null ? {} : { RotationPeriodInDays: days }),
        })
      : call('kms', 'DisableKeyRotation', { KeyId: name }),
  ],
  comparable: ({ on, days }) => (on ? days : false),
})

interface Deletion {
  readonly state: string
  /** Days that were left when it was read: what the way back asks for. */
  readonly left: number | null
}

/** The key stays disabled: who needs it enables it, who wanted it gone asks again. */
export const kmsPendingDeletion = action<Deletion>({
  ...key,
  id: 'kms_pending_deletion',
  title: 'Cancel the deletion of the key, which stays disabled',
  mends: ['kms_cmk_not_deleted_unintentionally'],
  blast: 'B1',
  mode: 'approve',
  permissions: {
    read: ['kms:DescribeKey', 'kms:ListResourceTags'],
    write: ['kms:CancelKeyDeletion'],
    undo: ['kms:ScheduleKeyDeletion'],
  },
  read: (cloud, { name }, _, now) =>
    ifThere(['NotFoundException'], async () => {
      const { KeyMetadata } = await cloud.ask('kms', 'DescribeKey', { KeyId: name })
      const { KeyState, DeletionDate } = given(KeyMetadata, 'KeyMetadata')
      const left = DeletionDate ? (DeletionDate.getTime() - now.getTime()) / 86_400_000 : null
      return { state: given(KeyState, 'KeyState'), left: left && Math.round(left) }
    }),
  isGood: ({ state }) => state !== 'PendingDeletion',
  mend: (_, { name }) => [call('kms', 'CancelKeyDeletion', { KeyId: name })],
  undo: ({ left }, _, { name }) => [
    call('kms', 'ScheduleKeyDeletion', {
      KeyId: name,
      PendingWindowInDays: Math.min(30, Math.max(7, left ?? 30)),
    }),
  ],
  // The day of the deletion comes again only as near as KMS allows.
  comparable: ({ state }) => state,
})

async function keyTags(cloud: Cloud, { name }: Target): Promise<Tags> {
  const { Tags } = await cloud.ask('kms', 'ListResourceTags', { KeyId: name })
  return Object.fromEntries(
    given(Tags, 'Tags').map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]),
  )
}

async function countKeys(cloud: Cloud): Promise<number> {
  const all = await pages(
    Marker => cloud.ask('kms', 'ListKeys', { Marker }),
    page => given(page.Keys, 'Keys'),
    page => page.NextMarker,
  )
  return all.length
}
