import { isInternet, isWithin } from './cidr.ts'
import { both, either } from './decide.ts'
import { reaches, reachesEveryPort } from './ports.ts'

/** A numbered rule of a network ACL: of those that match, the lowest number decides. */
export interface NumberedRule {
  readonly rule_no: number
  readonly action: string
  readonly protocol: string
  readonly from_port: number
  readonly to_port: number
  readonly cidr_block: string | undefined
  readonly ipv6_cidr_block: string | undefined
}

/** Whether the internet gets through to the TCP port, or, with `every`, to all of them. */
export function admitsInternet(rules: readonly NumberedRule[], port: number | 'every'): boolean {
  return rules.some(allow =>
    both(
      () => allow.action === 'allow',
      () => isAbout(allow, port),
      () => hasSource(allow, isInternet),
      () => !rules.some(deny => shuts(deny, allow, port)),
    ),
  )
}

/** An earlier rule that denies all that the later one allows. */
function shuts(deny: NumberedRule, allow: NumberedRule, port: number | 'every'): boolean {
  return both(
    () => deny.action === 'deny',
    () => deny.rule_no < allow.rule_no,
    () => isAbout(deny, port),
    () => hasSource(allow, source => hasSource(deny, block => isWithin(source, block))),
  )
}

function isAbout(rule: NumberedRule, port: number | 'every'): boolean {
  return port === 'every' ? reachesEveryPort(rule) : reaches(rule, port)
}

/** A rule has an IPv4 source or an IPv6 source. */
function hasSource(rule: NumberedRule, isMeant: (cidr: string) => boolean): boolean {
  return either(
    () => isMeant(rule.cidr_block ?? ''),
    () => isMeant(rule.ipv6_cidr_block ?? ''),
  )
}
