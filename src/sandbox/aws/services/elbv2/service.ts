import * as Elb from '@aws-sdk/client-elastic-load-balancing-v2'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'
import type { LoadBalancerEstate } from './state.ts'

export const elbv2: Service = {
  name: 'elbv2',
  signing: 'elasticloadbalancing',
  protocol: 'query',
  xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  operations: [
    operation(Elb.DescribeLoadBalancers$, (input: Elb.DescribeLoadBalancersInput, call) => {
      const all = call.state.elbv2(call.region).loadBalancers
      const { items, next } = page(call, all, input.Marker, input.PageSize)
      return {
        LoadBalancers: items.map(({ listeners: _, tags: __, ...one }) => one),
        NextMarker: next,
      }
    }),
    operation(Elb.DescribeListeners$, (input: Elb.DescribeListenersInput, call) => {
      const all = find(call, input.LoadBalancerArn).listeners ?? []
      const { items, next } = page(call, all, input.Marker, input.PageSize)
      return { Listeners: items, NextMarker: next }
    }),
    operation(Elb.DescribeTags$, (input: Elb.DescribeTagsInput, call) => ({
      TagDescriptions: (input.ResourceArns ?? []).map(ResourceArn => ({
        ResourceArn,
        Tags: find(call, ResourceArn).tags ?? [],
      })),
    })),
    operation(Elb.ModifyListener$, (input: Elb.ModifyListenerInput, call) => {
      const listener = call.state
        .elbv2(call.region)
        .loadBalancers.flatMap(one => one.listeners ?? [])
        .find(each => each.ListenerArn === input.ListenerArn)
      if (!listener) throw new ApiError('ListenerNotFound', 400, 'The listener does not exist')
      if (input.DefaultActions) listener.DefaultActions = input.DefaultActions
      return { Listeners: [listener] }
    }),
  ],
}

function find({ state, region }: Call, arn: string | undefined): LoadBalancerEstate {
  const found = state.elbv2(region).loadBalancers.find(one => one.LoadBalancerArn === arn)
  if (!found) throw new ApiError('LoadBalancerNotFound', 400, `Load balancers '[${arn}]' not found`)
  return found
}
