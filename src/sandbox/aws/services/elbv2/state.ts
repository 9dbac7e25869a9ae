import type { Listener, LoadBalancer, Tag } from '@aws-sdk/client-elastic-load-balancing-v2'

export interface Elbv2Estate {
  readonly loadBalancers?: readonly LoadBalancerEstate[]
}

export interface LoadBalancerEstate extends LoadBalancer {
  LoadBalancerArn: string
  listeners?: Listener[]
  tags?: Tag[]
}

export interface Elbv2State {
  readonly loadBalancers: LoadBalancerEstate[]
}

export function elbv2State(estate: Elbv2Estate): Elbv2State {
  return { loadBalancers: structuredClone([...(estate.loadBalancers ?? [])]) }
}
