import { isInternet } from '../../check-kit/cidr.ts'
import { action } from '../action.ts'
import { asJson } from '../json.ts'
import {
  authorize,
  comparableRules,
  missing,
  type Rule,
  readGroup,
  readRules,
  revoke,
  securityGroup,
} from './security-group.ts'
import { portsOf, sensitivePorts, webPorts } from './sensitive-ports.ts'

interface State {
  /** The ports that the finding is about; null: any but a web server's. */
  readonly ports: readonly number[] | null
  readonly owner: string
  readonly rules: readonly Rule[]
}

const prefix = 'ec2_securitygroup_allow_ingress_from_internet_to'

/** Takes away the rules that let everybody in, each by its id, and no other: a permission's other sources stay as they are. */
export const sgOpenToWorld = action<State>({
  ...securityGroup,
  id: 'sg_open_to_world',
  title: 'Revoke the rules of the security group that let the whole internet in',
  mends: [
    `${prefix}_tcp_port_22`,
    `${prefix}_tcp_port_3389`,
    `${prefix}_tcp_port_cassandra_7199_9160_8888`,
    `${prefix}_tcp_port_elasticsearch_kibana_9200_9300_5601`,
    `${prefix}_tcp_port_ftp_20_21`,
    `${prefix}_tcp_port_kafka_9092`,
    `${prefix}_tcp_port_memcached_11211`,
    `${prefix}_tcp_port_mongodb_27017_27018`,
    `${prefix}_tcp_port_mysql_3306`,
    `${prefix}_tcp_port_oracle_1521_2483`,
    `${prefix}_tcp_port_postgres_5432`,
    `${prefix}_tcp_port_redis_6379`,
    `${prefix}_tcp_port_sql_server_1433_1434`,
    `${prefix}_tcp_port_telnet_23`,
    `${prefix}_high_risk_tcp_ports`,
    `${prefix}_all_ports`,
  ],
  maybe: [`${prefix}_any_port`],
  blast: 'B2',
  mode: 'auto',
  permissions: {
    read: ['ec2:DescribeSecurityGroupRules', 'ec2:DescribeSecurityGroups'],
    write: ['ec2:RevokeSecurityGroupIngress'],
    undo: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateTags'],
  },
  async read(cloud, target, finding) {
    const group = await readGroup(cloud, target)
    if (!group) return null
    return {
      ports: portsOf(finding.CheckID),
      owner: group.OwnerId ?? '',
      rules: await readRules(cloud, target),
    }
  },
  isGood: state => offending(state).length === 0,
  holds: async (_, { account }, state) => [
    ...(state.owner === account ? [] : [`the group belongs to the account ${state.owner}`]),
    ...new Set(offending(state).flatMap(doubts)),
  ],
  mend: (state, { name }) => revoke(name, offending(state), false),
  undo: (before, now, { name }) => authorize(name, missing(before.rules, now.rules), false),
  comparable: ({ owner, rules }) => ({ owner: asJson(owner), rules: comparableRules(rules) }),
})

/** The rules that let the internet reach what the finding is about. */
function offending({ ports, rules }: Omit<State, 'owner'>): readonly Rule[] {
  return rules.filter(
    rule =>
      rule.IsEgress === false &&
      isInternet(rule.CidrIpv4 ?? rule.CidrIpv6 ?? '') &&
      (ports === null ? !isWebOnly(rule) : ports.some(port => reaches(rule, port))),
  )
}

/** Why a person is to look at it: it would close a web server too, or what it opens may be meant to be open. */
function doubts(rule: Rule): readonly string[] {
  const { SecurityGroupRuleId: id } = rule
  const web = webPorts.filter(port => reaches(rule, port))
  if (web.length > 0) return [`the rule ${id} opens port ${web.join(' and ')} as well`]
  if (sensitivePorts.some(port => reaches(rule, port))) return []
  return [`the rule ${id} opens no port of administration or of a database`]
}

function isWebOnly(rule: Rule): boolean {
  return (
    rule.IpProtocol === 'tcp' &&
    rule.FromPort === rule.ToPort &&
    webPorts.some(port => port === rule.FromPort)
  )
}

function reaches({ IpProtocol, FromPort = -1, ToPort = -1 }: Rule, port: number): boolean {
  return IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && ToPort >= port)
}
