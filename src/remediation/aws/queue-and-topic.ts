import type { QueueAttributeName } from '@aws-sdk/client-sqs'
import { action, type Tags, type Target, Unset } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { isOpen, policyValue, withoutStrangers } from './policy.ts'
import { tagsOf } from './tags.ts'

const queue = {
  scope: 'resource',
  arn: /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:(?<name>[\w-]+(?:\.fifo)?)$/,
  tags: queueTags,
} as const

interface Policy {
  readonly policy: string | null
}

export const sqsPublic = action<Policy>({
  ...queue,
  id: 'sqs_public',
  title: 'Take the statements that let everybody in out of the queue’s policy',
  mends: ['sqs_queues_not_publicly_accessible'],
  blast: 'B2',
  mode: 'approve',
  permissions: {
    read: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
    write: ['sqs:SetQueueAttributes'],
    undo: ['sqs:SetQueueAttributes'],
  },
  read: (cloud, target) =>
    ifThere(gone, async () => ({ policy: (await attributes(cloud, target)).Policy || null })),
  isGood: ({ policy }) => !isOpen(policy),
  mend: ({ policy }, target) => [set(target, { Policy: withoutStrangers(policy ?? '') ?? '' })],
  undo: ({ policy }, _, target) => [set(target, { Policy: policy ?? '' })],
  comparable: ({ policy }) => policyValue(policy),
})

export const sqsSse = action<{ readonly managed: boolean; readonly key: string | null }>({
  ...queue,
  id: 'sqs_sse',
  title: 'Encrypt the queue with SQS’s own keys',
  mends: ['sqs_queues_server_side_encryption_enabled'],
  blast: 'B0',
  mode: 'auto',
  permissions: {
    read: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags', 'sqs:ListQueues'],
    write: ['sqs:SetQueueAttributes'],
    undo: ['sqs:SetQueueAttributes'],
  },
  read: (cloud, target) =>
    ifThere(gone, async () => {
      const { SqsManagedSseEnabled, KmsMasterKeyId } = await attributes(cloud, target)
      return { managed: SqsManagedSseEnabled === 'true', key: KmsMasterKeyId || null }
    }),
  isGood: ({ managed, key }) => managed || key !== null,
  population: countQueues,
  mend: (_, target) => [set(target, { SqsManagedSseEnabled: 'true' })],
  undo: ({ managed }, _, target) => [set(target, { SqsManagedSseEnabled: String(managed) })],
})

const gone = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']

async function attributes(
  cloud: Cloud,
  target: Target,
): Promise<Partial<Record<QueueAttributeName, string>>> {
  const { Attributes } = await cloud.ask('sqs', 'GetQueueAttributes', {
    QueueUrl: urlOf(target),
    AttributeNames: ['All'],
  })
  return given(Attributes, 'Attributes')
}

function set(target: Target, Attributes: Partial<Record<QueueAttributeName, string>>) {
  return call('sqs', 'SetQueueAttributes', { QueueUrl: urlOf(target), Attributes })
}

/** SQS goes by the path of the URL, wherever it is asked. */
function urlOf({ partition, region, account, name }: Target): string {
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `https://sqs.${region}.${suffix}/${account}/${name}`
}

async function queueTags(cloud: Cloud, target: Target): Promise<Tags> {
  const { Tags } = await cloud.ask('sqs', 'ListQueueTags', { QueueUrl: urlOf(target) })
  return Tags ?? {}
}

async function countQueues(cloud: Cloud): Promise<number> {
  const all = await pages(
    NextToken => cloud.ask('sqs', 'ListQueues', { NextToken, MaxResults: 1000 }),
    page => page.QueueUrls,
    page => page.NextToken,
  )
  return all.length
}

export const snsPublic = action<Policy>({
  id: 'sns_public',
  title: 'Take the statements that let everybody in out of the topic’s policy',
  mends: ['sns_topics_not_publicly_accessible'],
  blast: 'B2',
  mode: 'approve',
  scope: 'resource',
  arn: /^(?<name>arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+(?:\.fifo)?)$/,
  permissions: {
    read: ['sns:GetTopicAttributes', 'sns:ListTagsForResource'],
    write: ['sns:SetTopicAttributes'],
    undo: ['sns:SetTopicAttributes'],
  },
  read: (cloud, { name }) =>
    ifThere(['NotFound', 'NotFoundException'], async () => {
      const { Attributes } = await cloud.ask('sns', 'GetTopicAttributes', { TopicArn: name })
      return { policy: given(Attributes, 'Attributes').Policy ?? null }
    }),
  isGood: ({ policy }) => !isOpen(policy),
  mend: ({ policy }, { name }) => {
    const rest = withoutStrangers(policy ?? '')
    if (rest === null)
      throw new Unset('nothing would be left of the topic’s policy: write a new one')
    return [setPolicy(name, rest)]
  },
  undo: ({ policy }, _, { name }) => [setPolicy(name, policy ?? '')],
  comparable: ({ policy }) => policyValue(policy),
  tags: async (cloud, { name }) => {
    const { Tags } = await cloud.ask('sns', 'ListTagsForResource', { ResourceArn: name })
    return tagsOf(given(Tags, 'Tags'))
  },
})

function setPolicy(TopicArn: string, AttributeValue: string) {
  return call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue })
}
