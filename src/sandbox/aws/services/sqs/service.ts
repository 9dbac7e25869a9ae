import * as Sqs from '@aws-sdk/client-sqs'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation, type Service } from '../../wire/service.ts'
import type { QueueEstate } from './state.ts'

export const sqs: Service = {
  name: 'sqs',
  signing: 'sqs',
  protocol: 'json-1.0',
  xmlNamespace: '',
  operations: [
    operation(Sqs.ListQueues$, (input: Sqs.ListQueuesRequest, call) => {
      const urls = call.state.sqs(call.region).queues.map(({ name }) => url(call, name))
      const { items, next } = page(call, urls, input.NextToken, input.MaxResults)
      return { QueueUrls: items, NextToken: next }
    }),
    ofQueue(Sqs.GetQueueAttributes$, (queue, call) => ({
      Attributes: {
        QueueArn: `arn:aws:sqs:${call.region}:${call.state.account}:${queue.name}`,
        VisibilityTimeout: '30',
        SqsManagedSseEnabled: 'false',
        ...queue.attributes,
      },
    })),
    ofQueue(Sqs.ListQueueTags$, queue => ({ Tags: queue.tags ?? {} })),
    ofQueue(Sqs.SetQueueAttributes$, (queue, _call, input: Sqs.SetQueueAttributesRequest) => {
      const attributes = { ...queue.attributes, ...input.Attributes }
      // An empty text takes the policy away.
      if (attributes.Policy === '') delete attributes.Policy
      queue.attributes = attributes
    }),
  ],
}

function ofQueue<Input extends { readonly QueueUrl?: string | undefined }>(
  schema: Operation['schema'],
  answer: (queue: QueueEstate, call: Call, input: Input) => unknown,
): Operation {
  return operation(schema, (input: Input, call) => {
    const name = input.QueueUrl?.split('/').at(-1)
    const queue = call.state.sqs(call.region).queues.find(one => one.name === name)
    if (!queue) {
      throw new ApiError('QueueDoesNotExist', 400, 'The specified queue does not exist.')
    }
    return answer(queue, call, input)
  })
}

function url({ state, region }: Call, name: string): string {
  return `https://sqs.${region}.amazonaws.com/${state.account}/${name}`
}
