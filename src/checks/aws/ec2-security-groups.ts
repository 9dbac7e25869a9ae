import { check } from '../../check.ts'
import { ipv4Prefix, isPublic } from '../../check-kit/cidr.ts'
import { both, either, isSet, some } from '../../check-kit/decide.ts'
import {
  hasPorts,
  hasSource,
  isFromInternet,
  isFromPublic,
  opensToInternet,
  type Rule,
  reachesEveryPort,
} from '../../check-kit/ports.ts'
import { endsWith, startsWith, type Text } from '../../check-kit/text.ts'

const prefix = 'ec2_securitygroup_allow_ingress_from_internet_to'
const close =
  'Name the networks or the security groups that need to connect, in place of `0.0.0.0/0` and `::/0`.'

/** Services that are for the inside, with the ports that they listen on. */
const services = [
  service('tcp_port_22', 'SSH', [22], ['CKV_AWS_24']),
  service('tcp_port_3389', 'RDP', [3389], ['CKV_AWS_25']),
  service('tcp_port_cassandra_7199_9160_8888', 'Cassandra', [7199, 9160, 8888]),
  service(
    'tcp_port_elasticsearch_kibana_9200_9300_5601',
    'Elasticsearch and Kibana',
    [9200, 9300, 5601],
  ),
  service('tcp_port_ftp_20_21', 'FTP', [20, 21]),
  service('tcp_port_kafka_9092', 'Kafka', [9092]),
  service('tcp_port_memcached_11211', 'Memcached', [11211]),
  service('tcp_port_mongodb_27017_27018', 'MongoDB', [27017, 27018]),
  service('tcp_port_mysql_3306', 'MySQL', [3306]),
  service('tcp_port_oracle_1521_2483', 'Oracle', [1521, 2483]),
  service('tcp_port_postgres_5432', 'PostgreSQL', [5432]),
  service('tcp_port_redis_6379', 'Redis', [6379]),
  service('tcp_port_sql_server_1433_1434', 'SQL Server', [1433, 1434]),
  service('tcp_port_telnet_23', 'Telnet', [23]),
  service(
    'high_risk_tcp_ports',
    'services that are often attacked',
    [25, 110, 135, 143, 445, 3000, 4333, 5000, 5500, 8080, 8088],
  ),
]

export default [
  // finished: our own list, not a view
  ...services,

  check('aws_security_group', {
    id: `${prefix}_all_ports`,
    title: 'Security groups do not open every port to the internet',
    severity: 'critical',
    why: 'Whatever listens, or ever will, can be reached and attacked by anyone.',
    fix: close,
    aliases: ['CKV_AWS_277'],
    pass: group =>
      !group.ingress.some(rule =>
        both(
          () => isFromInternet(rule),
          () => reachesEveryPort(rule),
        ),
      ),
    bad: [
      ingress('protocol = "-1"\nfrom_port = 0\nto_port = 0\ncidr_blocks = ["0.0.0.0/0"]'),
      ingress('protocol = "tcp"\nfrom_port = 0\nto_port = 65535\nipv6_cidr_blocks = ["::/0"]'),
    ],
    good: [
      '',
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["0.0.0.0/0"]'),
      ingress('protocol = "-1"\nfrom_port = 0\nto_port = 0\ncidr_blocks = ["10.0.0.0/8"]'),
      ingress('protocol = "-1"\nfrom_port = 0\nto_port = 0\nself = true'),
    ],
    fault: 'lets the internet reach every port',
  }),

  check('aws_security_group', {
    id: `${prefix}_any_port`,
    title: 'Security groups open no port to the internet',
    severity: 'high',
    why: 'Anyone can reach what listens on the port, and attack it.',
    fix: close,
    aliases: ['AWS-0107'],
    pass: group =>
      !group.ingress.some(rule =>
        both(
          () => isFromInternet(rule),
          () => hasPorts(rule),
        ),
      ),
    bad: [
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["0.0.0.0/0"]'),
      ingress('protocol = "udp"\nfrom_port = 53\nto_port = 53\nipv6_cidr_blocks = ["::/0"]'),
      ruleResource('cidr_ipv4 = "0.0.0.0/0"\nip_protocol = "tcp"\nfrom_port = 80\nto_port = 80'),
    ],
    good: [
      '',
      ingress('protocol = "icmp"\nfrom_port = -1\nto_port = -1\ncidr_blocks = ["0.0.0.0/0"]'),
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\nsecurity_groups = ["sg-1"]'),
      ruleResource('cidr_ipv4 = "192.168.0.0/16"\nip_protocol = "-1"'),
    ],
    fault: 'lets the internet reach a port',
  }),

  check('aws_security_group', {
    id: `${prefix}_any_port_from_ip`,
    title: 'Security groups open no port to public addresses',
    severity: 'medium',
    why: 'Addresses outside of the own networks change hands; the rule stays and lets their next owner in.',
    fix: 'Let partners and offices in through a VPN or PrivateLink, and take the public addresses out.',
    pass: group =>
      !group.ingress.some(rule =>
        both(
          () => isFromPublic(rule),
          () => hasPorts(rule),
        ),
      ),
    bad: [
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["8.8.8.8/32"]'),
      ingress(
        'protocol = "tcp"\nfrom_port = 443\nto_port = 443\nipv6_cidr_blocks = ["2600:1f00::/24"]',
      ),
    ],
    good: [
      '',
      ingress(
        'protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["10.0.0.0/8", "100.64.0.0/10"]',
      ),
    ],
    fault: 'lets public addresses reach a port',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_allow_wide_open_public_ipv4',
    title: 'Security group rules name no wide ranges of public IPv4 addresses',
    severity: 'high',
    why: 'A range that wide belongs to many, so strangers are let in, or data is let out to them.',
    fix: 'Name the addresses that are meant, in blocks of /24 or smaller.',
    pass: group =>
      !either(
        () => group.ingress.some(hasWideSource),
        () => group.egress.some(hasWideSource),
      ),
    bad: [
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["82.0.0.0/8"]'),
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["82.122.0.0/16"]'),
    ],
    good: [
      '',
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["82.122.4.0/24"]'),
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["10.0.0.0/8"]'),
    ],
    fault: 'names a wide range of public addresses',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_default_restrict_traffic',
    title: 'Default security groups let nothing through',
    severity: 'high',
    why: 'Whatever is started without a group of its own gets this one, and talks to everything else that has it.',
    fix: 'Declare `aws_default_security_group` without rules, and give everything a group of its own.',
    aliases: ['AWS-0173'],
    when: group => group.is_default,
    pass: group =>
      !either(
        () => group.ingress.some(() => true),
        () => group.egress.some(() => true),
      ),
    bad: [
      defaultGroup('ingress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n self = true\n}'),
      defaultGroup(
        'egress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n cidr_blocks = ["0.0.0.0/0"]\n}',
      ),
    ],
    good: [defaultGroup('')],
    fault: 'is a default group with rules',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_from_launch_wizard',
    title: 'Security groups are not leftovers of the launch wizard',
    severity: 'medium',
    why: 'The wizard’s groups open SSH or RDP to the world, and nobody owns them.',
    fix: 'Move its instances to a group that was made for them, and delete it.',
    pass: group => !isOfWizard(group.name ?? ''),
    bad: ['name = "launch-wizard-1"'],
    good: ['', 'name = "web"'],
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_with_many_ingress_egress_rules',
    title: 'Security groups have few enough rules to understand',
    severity: 'medium',
    why: 'Among so many rules nobody notices the one that is too wide.',
    fix: 'Group the addresses in a prefix list, refer to other groups, or split the group.',
    options: { max_rules: 50 },
    pass: (group, { options }) =>
      both(
        () => group.ingress.length <= Number(options.max_rules),
        () => group.egress.length <= Number(options.max_rules),
      ),
    bad: [manyRules(51)],
    good: ['', manyRules(50)],
    fault: 'has too many rules',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_allow_egress_to_internet_to_all_ports',
    title: 'Security groups do not let everything out to the internet',
    severity: 'medium',
    why: 'After a break-in, data and commands go out on whatever port the intruder likes.',
    fix: 'Name the ports and networks that have to be reached.',
    aliases: ['CKV_AWS_382', 'AWS-0104'],
    pass: group =>
      !group.egress.some(rule =>
        both(
          () => isFromInternet(rule),
          () => reachesEveryPort(rule),
        ),
      ),
    bad: [
      'egress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n cidr_blocks = ["0.0.0.0/0"]\n}',
      'egress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n ipv6_cidr_blocks = ["::/0"]\n}',
    ],
    good: [
      '',
      'egress {\n protocol = "tcp"\n from_port = 443\n to_port = 443\n cidr_blocks = ["0.0.0.0/0"]\n}',
    ],
    fault: 'lets everything out to the internet',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_rules_have_description',
    title: 'Security group rules say what they are for',
    severity: 'low',
    why: 'A rule that nobody can explain is a rule that nobody dares to remove.',
    fix: 'Give every rule a `description`.',
    aliases: ['CKV_AWS_23', 'AWS-0124'],
    pass: group =>
      both(
        () => group.ingress.every(isDescribed),
        () => group.egress.every(isDescribed),
      ),
    bad: [
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["10.0.0.0/8"]'),
    ],
    good: [
      '',
      ingress(
        'description = "offices"\nprotocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["10.0.0.0/8"]',
      ),
    ],
    fault: 'has a rule without a description',
  }),
]

function service(
  id: string,
  name: string,
  ports: readonly number[],
  aliases: readonly string[] = [],
) {
  const [port = 0] = ports
  const last = ports.at(-1) ?? port
  const open = (more: string) => ingress(`protocol = "tcp"\n${more}`)
  return check('aws_security_group', {
    id: `${prefix}_${id}`,
    title: `Security groups do not open ${name} to the internet`,
    severity: 'high',
    why: 'Anyone can try passwords and known faults on it, day and night.',
    fix: close,
    aliases,
    pass: group => !opensToInternet(group.ingress, ports),
    bad: [
      open(`from_port = ${port}\nto_port = ${port}\ncidr_blocks = ["0.0.0.0/0"]`),
      open(`from_port = ${last}\nto_port = ${last}\nipv6_cidr_blocks = ["::/0"]`),
      open('from_port = 0\nto_port = 65535\ncidr_blocks = ["10.0.0.0/8", "128.0.0.0/1"]'),
      ingress('protocol = "-1"\nfrom_port = 0\nto_port = 0\ncidr_blocks = ["0.0.0.0/0"]'),
      ruleResource(
        `cidr_ipv6 = "::/0"\nip_protocol = "tcp"\nfrom_port = ${port}\nto_port = ${port}`,
      ),
    ],
    good: [
      '',
      open(`from_port = ${port}\nto_port = ${port}\ncidr_blocks = ["10.0.0.0/8"]`),
      open('from_port = 443\nto_port = 443\ncidr_blocks = ["0.0.0.0/0"]'),
      open(`from_port = ${port}\nto_port = ${port}\nsecurity_groups = ["sg-1"]\nself = true`),
      ingress(
        `protocol = "udp"\nfrom_port = ${port}\nto_port = ${port}\ncidr_blocks = ["0.0.0.0/0"]`,
      ),
    ],
    fault: group => {
      const open = ports.filter(each => opensToInternet(group.ingress, [each]))
      return `lets the internet reach TCP port ${open.join(' and ')}`
    },
  })
}

/** `launch-wizard-7`; a name that is partly known decides by its beginning or by its end. */
function isOfWizard(name: Text): boolean {
  return both(
    () => startsWith(name, 'launch-wizard-'),
    () => some('0123456789'.split(''), digit => endsWith(name, digit)),
  )
}

function hasWideSource(rule: Rule): boolean {
  return hasSource(rule, cidr => {
    const bits = ipv4Prefix(cidr)
    return bits !== null && bits > 0 && bits < 24 && isPublic(cidr)
  })
}

function isDescribed(rule: { readonly description: string | undefined }): boolean {
  return isSet(() => rule.description)
}

function ingress(body: string): string {
  return `ingress {\n${body}\n}`
}

function ruleResource(body: string): string {
  return `resource "aws_security_group" "a" {
    name = "a"
  }
  resource "aws_vpc_security_group_ingress_rule" "a" {
    security_group_id = aws_security_group.a.id
    ${body}
  }`
}

function defaultGroup(body: string): string {
  return `resource "aws_default_security_group" "a" {
    ${body}
  }`
}

function manyRules(count: number): string {
  return `dynamic "ingress" {
    for_each = range(${count})
    content {
      protocol    = "tcp"
      from_port   = 1000 + ingress.value
      to_port     = 1000 + ingress.value
      cidr_blocks = ["10.0.0.0/8"]
    }
  }`
}
