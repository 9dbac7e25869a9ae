import { isEverywhere, isInternet, isPublic } from './cidr.ts'
import { both, either, some } from './decide.ts'

/** A rule of a security group. Protocols are as AWS answers: `-1`, `tcp`, `udp`, `icmp`, `icmpv6`, a number. */
export interface Rule {
  readonly protocol: string
  readonly from_port: number
  readonly to_port: number
  readonly cidr_blocks: readonly string[]
  readonly ipv6_cidr_blocks: readonly string[]
}

type Ports = Pick<Rule, 'protocol' | 'from_port' | 'to_port'>

/** Whether one of the rules lets the internet reach one of the TCP ports. */
export function opensToInternet(rules: readonly Rule[], ports: readonly number[]): boolean {
  return rules.some(rule =>
    both(
      () => some(ports, port => reaches(rule, port)),
      () => isFromInternet(rule),
    ),
  )
}

/** Other groups, prefix lists and the group itself are not the internet. */
export function isFromInternet(rule: Rule): boolean {
  return hasSource(rule, isInternet)
}

/** A source with public addresses, be it one host, that somebody has named: not the whole internet. */
export function isFromPublic(rule: Rule): boolean {
  return hasSource(rule, cidr =>
    both(
      () => isPublic(cidr),
      () => !isEverywhere(cidr),
    ),
  )
}

export function hasSource(rule: Rule, isMeant: (cidr: string) => boolean): boolean {
  return either(
    () => rule.cidr_blocks.some(isMeant),
    () => rule.ipv6_cidr_blocks.some(isMeant),
  )
}

/** Whether the rule is about the TCP port. With every protocol no ports are written, or they do not count. */
export function reaches(rule: Ports, port: number): boolean {
  return (
    rule.protocol === '-1' ||
    both(
      () => rule.protocol === 'tcp',
      () => rule.from_port <= port,
      () => rule.to_port >= port,
    )
  )
}

/** All traffic, or every port of TCP or of UDP. */
export function reachesEveryPort(rule: Ports): boolean {
  return (
    rule.protocol === '-1' ||
    both(
      () => hasPorts(rule),
      () => rule.from_port <= 1,
      () => rule.to_port >= 65_535,
    )
  )
}

/** ICMP and its like have no ports. */
export function hasPorts(rule: Ports): boolean {
  return ['-1', 'tcp', 'udp'].includes(rule.protocol)
}
