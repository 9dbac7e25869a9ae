import * as Sns from '@aws-sdk/client-sns'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'
import type { TopicEstate } from './state.ts'

export const sns: Service = {
  name: 'sns',
  signing: 'sns',
  protocol: 'query',
  xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  operations: [
    operation(Sns.ListTopics$, (input: Sns.ListTopicsInput, call) => {
      const all = call.state.sns(call.region).topics.map(topic => ({ TopicArn: arn(call, topic) }))
      const { items, next } = page(call, all, input.NextToken, undefined)
      return { Topics: items, NextToken: next }
    }),
    operation(Sns.GetTopicAttributes$, (input: Sns.GetTopicAttributesInput, call) => {
      const topic = find(call, input.TopicArn)
      return {
        Attributes: { TopicArn: arn(call, topic), Owner: call.state.account, ...topic.attributes },
      }
    }),
    operation(Sns.SetTopicAttributes$, (input: Sns.SetTopicAttributesInput, call) => {
      const topic = find(call, input.TopicArn)
      const { AttributeName = '', AttributeValue = '' } = input
      if (AttributeName === 'Policy') refuseMalformed(AttributeValue)
      topic.attributes = { ...topic.attributes, [AttributeName]: AttributeValue }
    }),
    operation(Sns.ListTagsForResource$, (input: Sns.ListTagsForResourceRequest, call) => ({
      Tags: find(call, input.ResourceArn).tags ?? [],
    })),
  ],
}

function find(call: Call, name: string | undefined): TopicEstate {
  const found = call.state.sns(call.region).topics.find(topic => arn(call, topic) === name)
  if (!found) throw new ApiError('NotFound', 404, 'Topic does not exist')
  return found
}

function arn({ state, region }: Call, { name }: TopicEstate): string {
  return `arn:aws:sns:${region}:${state.account}:${name}`
}

function refuseMalformed(policy: string): void {
  try {
    JSON.parse(policy)
  } catch {
    throw new ApiError('InvalidParameter', 400, 'Invalid parameter: Policy Error: null')
  }
}
