import type { NetworkAclEntry } from '@aws-sdk/client-ec2'
import { isInternet } from '../../check-kit/cidr.ts'
import { action, type Tags, type Target, Unset } from '../action.ts'
import { type Cloud, call, given, ifThere } from './cloud.ts'
import { portsOf, sensitivePorts } from './sensitive-ports.ts'
import { tagsOf } from './tags.ts'

interface State {
  readonly ports: readonly number[]
  readonly entries: readonly NetworkAclEntry[]
}

/** Turns the entries that let the internet reach administration into refusals. One that opens more than that is left to a person. */
export const naclAdminOpen = action<State>({
  id: 'nacl_admin_open',
  title: 'Refuse the internet the ports of administration in the network ACL',
  mends: ['ec2_networkacl_allow_ingress_tcp_port_22', 'ec2_networkacl_allow_ingress_tcp_port_3389'],
  blast: 'B3',
  mode: 'approve',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ec2:[\w-]+:\d{12}:network-acl\/(?<name>acl-[0-9a-z]+)$/,
  permissions: {
    read: ['ec2:DescribeNetworkAcls'],
    write: ['ec2:ReplaceNetworkAclEntry'],
    undo: ['ec2:ReplaceNetworkAclEntry'],
  },
  async read(cloud, target, { CheckID }) {
    const acl = await readAcl(cloud, target)
    return acl && { ports: portsOf(CheckID) ?? [22, 3389], entries: given(acl.Entries, 'Entries') }
  },
  isGood: state => opening(state).length === 0,
  mend: (state, { name }) => {
    const wide = opening(state).find(entry => !isNarrow(entry))
    if (wide) {
      throw new Unset(
        `the entry ${wide.RuleNumber} opens more than administration: split it by hand`,
      )
    }
    return opening(state).map(entry => replace(name, { ...entry, RuleAction: 'deny' }))
  },
  undo: (before, now, { name }) =>
    before.entries
      .filter(entry => {
        const is = now.entries.find(each => isSame(each, entry))
        return is !== undefined && is.RuleAction !== entry.RuleAction
      })
      .map(entry => replace(name, entry)),
  comparable: ({ entries }) =>
    entries
      .map(entry => JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))))
      .sort(),
  tags: async (cloud, target): Promise<Tags> => tagsOf((await readAcl(cloud, target))?.Tags),
})

function readAcl(cloud: Cloud, { name }: Target) {
  return ifThere(['InvalidNetworkAclID.NotFound'], async () => {
    const { NetworkAcls } = await cloud.ask('ec2', 'DescribeNetworkAcls', { NetworkAclIds: [name] })
    return given(given(NetworkAcls, 'NetworkAcls')[0], `network ACL ${name}`)
  })
}

/** The entries that let the internet in, of which none with a lower number refuses the same. */
function opening({ ports, entries }: State): readonly NetworkAclEntry[] {
  const ingress = entries
    .filter(entry => entry.Egress === false)
    .toSorted((a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0))
  return ingress.filter((entry, index) => {
    if (entry.RuleAction !== 'allow' || !isInternet(sourceOf(entry))) return false
    const reached = ports.filter(port => reaches(entry, port))
    const earlier = ingress.slice(0, index)
    return reached.some(
      port =>
        !earlier.some(
          each =>
            each.RuleAction === 'deny' &&
            reaches(each, port) &&
            (sourceOf(each) === sourceOf(entry) || isEverything(sourceOf(each), sourceOf(entry))),
        ),
    )
  })
}

function isEverything(wide: string, narrow: string): boolean {
  return narrow.includes(':') ? wide === '::/0' : wide === '0.0.0.0/0'
}

/** Nothing but ports that nobody needs from the internet. */
function isNarrow({ Protocol, PortRange }: NetworkAclEntry): boolean {
  if (Protocol !== '6' || !PortRange) return false
  const { From = 0, To = 65535 } = PortRange
  if (To - From > 64) return false
  const range = Array.from({ length: To - From + 1 }, (_, index) => From + index)
  return range.every(port => sensitivePorts.some(each => each === port))
}

function reaches({ Protocol, PortRange }: NetworkAclEntry, port: number): boolean {
  if (Protocol === '-1') return true
  return Protocol === '6' && (PortRange?.From ?? 0) <= port && (PortRange?.To ?? 65535) >= port
}

function sourceOf({ CidrBlock, Ipv6CidrBlock }: NetworkAclEntry): string {
  return CidrBlock ?? Ipv6CidrBlock ?? ''
}

function isSame(a: NetworkAclEntry, b: NetworkAclEntry): boolean {
  return a.RuleNumber === b.RuleNumber && a.Egress === b.Egress
}

function replace(name: string, entry: NetworkAclEntry) {
  const { RuleNumber, Protocol, RuleAction, Egress, ...rest } = entry
  return call('ec2', 'ReplaceNetworkAclEntry', {
    NetworkAclId: name,
    RuleNumber,
    Protocol,
    RuleAction,
    Egress,
    ...rest,
  })
}
