import type { Action as ListenerAction } from '@aws-sdk/client-elastic-load-balancing-v2'
import { action, type Target, Unset } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

interface Listener {
  readonly arn: string
  readonly protocol: string
  readonly port: number
  readonly actions: readonly ListenerAction[]
}

interface State {
  readonly listeners: readonly Listener[]
}

/** Sends who comes by HTTP to HTTPS; where nothing listens for that, they would find nobody. */
export const elbHttpRedirect = action<State>({
  id: 'elb_http_redirect',
  title: 'Redirect the load balancer’s HTTP to HTTPS',
  mends: ['elbv2_ssl_listeners'],
  blast: 'B2',
  mode: 'approve',
  scope: 'resource',
  arn: /^(?<name>arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/app\/[\w-]+\/[0-9a-f]+)$/,
  permissions: {
    read: ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeTags'],
    write: ['elasticloadbalancing:ModifyListener'],
    undo: ['elasticloadbalancing:ModifyListener'],
  },
  resources: ({ arn }) => [`${arn.replace(':loadbalancer/', ':listener/')}/*`],
  read: (cloud, target) =>
    ifThere(['LoadBalancerNotFound', 'LoadBalancerNotFoundException'], async () => ({
      listeners: await readListeners(cloud, target),
    })),
  isGood: ({ listeners }) => !listeners.some(isPlain),
  mend: ({ listeners }) => {
    const secure = listeners.find(({ protocol }) => protocol === 'HTTPS')
    if (!secure) throw new Unset('the load balancer has no HTTPS listener to redirect to')
    return listeners.filter(isPlain).map(({ arn }) =>
      modify(arn, [
        {
          Type: 'redirect',
          RedirectConfig: {
            Protocol: 'HTTPS',
            Port: String(secure.port),
            StatusCode: 'HTTP_301',
          },
        },
      ]),
    )
  },
  undo: (before, now) =>
    before.listeners
      .filter(listener => {
        const is = now.listeners.find(({ arn }) => arn === listener.arn)
        return is !== undefined && isPlain(listener) && !isPlain(is)
      })
      .map(({ arn, actions }) => modify(arn, actions)),
  comparable: ({ listeners }) =>
    listeners.map(({ arn, protocol, port, actions }) => ({
      ...{ arn, protocol, port },
      actions: actions.map(meaning),
    })),
  tags: async (cloud, { name }) => {
    const { TagDescriptions } = await cloud.ask('elbv2', 'DescribeTags', { ResourceArns: [name] })
    return tagsOf(given(TagDescriptions, 'TagDescriptions')[0]?.Tags)
  },
})

async function readListeners(cloud: Cloud, { name }: Target): Promise<readonly Listener[]> {
  const found = await pages(
    Marker => cloud.ask('elbv2', 'DescribeListeners', { LoadBalancerArn: name, Marker }),
    page => given(page.Listeners, 'Listeners'),
    page => page.NextMarker,
  )
  return found
    .map(each => ({
      arn: given(each.ListenerArn, 'ListenerArn'),
      protocol: given(each.Protocol, 'Protocol'),
      port: given(each.Port, 'Port'),
      actions: given(each.DefaultActions, 'DefaultActions'),
    }))
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1))
}

function isPlain({ protocol, actions }: Listener): boolean {
  return (
    protocol === 'HTTP' &&
    !actions.some(each => each.Type === 'redirect' && each.RedirectConfig?.Protocol === 'HTTPS')
  )
}

/** AWS fills in what a redirect leaves open. */
function meaning({ Type, RedirectConfig, ...rest }: ListenerAction): string {
  const { Protocol, Port, StatusCode } = RedirectConfig ?? {}
  return JSON.stringify([Type, Protocol, Port, StatusCode, Object.entries(rest).sort()])
}

function modify(ListenerArn: string, actions: readonly ListenerAction[]) {
  return call('elbv2', 'ModifyListener', { ListenerArn, DefaultActions: [...actions] })
}
