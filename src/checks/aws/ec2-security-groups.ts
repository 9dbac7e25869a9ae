import { check } from '../../check.ts'
import { ipv4Prefix, isPublic } from '../../check-kit/cidr.ts'
import { both, either } from '../../check-kit/decide.ts'
import {
  hasPorts,
  hasSource,
  isFromInternet,
  isFromPublic,
  opensToInternet,
  type Rule,
  reachesEveryPort,
} from '../../check-kit/ports.ts'

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
          () => reachesEveryPort(rule),
          () => isFromInternet(rule),
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
          () => hasPorts(rule),
          () => isFromInternet(rule),
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
    title: 'Security groups open no port to public addresses of others',
    severity: 'medium',
    why: 'Addresses outside of the own networks change hands; the rule stays and lets their next owner in.',
    fix: 'Let partners and offices in through a VPN or PrivateLink, and take the public addresses out.',
    pass: group =>
      !group.ingress.some(rule =>
        both(
          () => hasPorts(rule),
          () => isFromPublic(rule),
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
      ingress(
        'protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["0.0.0.0/0"]\nipv6_cidr_blocks = ["::/0"]',
      ),
    ],
    fault: 'lets public addresses of others reach a port',
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

function hasWideSource(rule: Rule): boolean {
  return hasSource(rule, cidr =>
    both(
      () => isPublic(cidr),
      () => isWide(ipv4Prefix(cidr)),
    ),
  )
}

function isWide(bits: number | null): boolean {
  return bits !== null && bits > 0 && bits < 24
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
