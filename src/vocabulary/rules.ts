import { Absent, type Plain } from '../resource.ts'
import { type Fields, isFields, isList, manyOf } from './plain.ts'
import type { RuleKind } from './statement.ts'

/** One rule with one source, and which rule and which of its sources it was made of. */
export interface SingleRule {
  readonly rule: Plain
  readonly from: number
  readonly source: { readonly attribute: string; readonly index: number } | undefined
}

/** Protocol and ports in one spelling, and one source a rule, so that code and a running account agree. */
export function singleRules(kind: RuleKind, rules: readonly Plain[]): readonly SingleRule[] {
  return rules.flatMap((rule, from): SingleRule[] => {
    if (rule instanceof Absent && isFields(rule.as))
      return singleRules(kind, [rule.as]).map(each => ({
        ...each,
        rule: manyOf(rule, each.rule),
        from,
      }))
    if (!isFields(rule)) return [{ rule, from, source: undefined }]
    const spelled = spell(rule)
    if (kind === 'network_acl') return [{ rule: spelled, from, source: undefined }]
    const bare = { ...spelled, ...noSource }
    const single = sources.flatMap((attribute): SingleRule[] => {
      const values = rule[attribute]
      if (values instanceof Absent)
        return [{ rule: { ...bare, [attribute]: values }, from, source: undefined }]
      if (!isList(values)) return []
      return values.map((value, index) => ({
        rule: { ...bare, [attribute]: [value] },
        from,
        source: { attribute, index },
      }))
    })
    if (rule.self === true || rule.self instanceof Absent)
      single.push({ rule: { ...bare, self: rule.self }, from, source: undefined })
    return single.length > 0 ? single : [{ rule: bare, from, source: undefined }]
  })
}

/** `all`, `-1`, `6`, `TCP` → `-1`, `-1`, `tcp`, `tcp`. */
export function spellProtocol(protocol: Plain): Plain {
  if (typeof protocol !== 'string') return protocol
  const lower = protocol.trim().toLowerCase()
  return Object.hasOwn(names, lower) ? names[lower] : lower
}

/** By IANA's number; no other protocol has a name that AWS answers with. */
const names: Readonly<Record<string, string>> = {
  all: '-1',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
}
const sources = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups'] as const
const noSource = {
  cidr_blocks: [],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: [],
  self: false,
}

/** With every protocol there are no ports: 0 and 0, as Terraform writes it. */
function spell(rule: Fields): Fields {
  const protocol = spellProtocol(rule.protocol)
  if (protocol === '-1') return { ...rule, protocol, from_port: 0, to_port: 0 }
  return protocol === rule.protocol ? rule : { ...rule, protocol }
}
