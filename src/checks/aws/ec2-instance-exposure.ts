import { type Context, check } from '../../check.ts'
import { both, either, isSet } from '../../check-kit/decide.ts'
import { hasPorts, isFromInternet, opensToInternet } from '../../check-kit/ports.ts'

/** Services that are for the inside, with the TCP ports that they listen on. */
const exposed = [
  exposure('cassandra', 'Cassandra', [7000, 7001, 7199, 9042, 9160]),
  exposure('cifs', 'CIFS', [139, 445]),
  exposure('elasticsearch_kibana', 'Elasticsearch and Kibana', [9200, 9300, 5601]),
  exposure('ftp', 'FTP', [20, 21]),
  exposure('kafka', 'Kafka', [9092]),
  exposure('kerberos', 'Kerberos', [88, 464, 749, 750]),
  exposure('ldap', 'LDAP', [389, 636]),
  exposure('memcached', 'Memcached', [11211]),
  exposure('mongodb', 'MongoDB', [27017, 27018]),
  exposure('mysql', 'MySQL', [3306]),
  exposure('oracle', 'Oracle', [1521, 2483, 2484]),
  exposure('postgresql', 'PostgreSQL', [5432]),
  exposure('rdp', 'RDP', [3389]),
  exposure('redis', 'Redis', [6379]),
  exposure('sqlserver', 'SQL Server', [1433, 1434]),
  exposure('ssh', 'SSH', [22]),
  exposure('telnet', 'Telnet', [23]),
]

export default [
  // finished: our own list, not a view
  ...exposed,

  check('aws_instance', {
    id: 'ec2_instance_public_ip',
    title: 'Instances have no public address',
    severity: 'medium',
    why: 'The instance stands on the internet, one careless rule away from anyone.',
    fix: 'Set `associate_public_ip_address = false`, and put a load balancer or NAT gateway in front.',
    aliases: ['CKV_AWS_88', 'AWS-0009'],
    pass: (instance, context) => !hasPublicAddress(instance, context),
    bad: ['associate_public_ip_address = true', withAddress(''), inSubnet(true)],
    good: ['associate_public_ip_address = false', inSubnet(false)],
    fault: 'has a public address',
  }),

  check('aws_instance', {
    id: 'ec2_instance_internet_facing_with_instance_profile',
    title: 'Instances with a role have no public address',
    severity: 'high',
    why: 'Who breaks into the instance from the internet gets the role’s credentials as well.',
    fix: 'Set `associate_public_ip_address = false`, or take the instance profile off.',
    pass: (instance, context) =>
      !both(
        () => hasProfile(instance),
        () => hasPublicAddress(instance, context),
      ),
    bad: ['associate_public_ip_address = true\niam_instance_profile = "app"'],
    good: [
      'associate_public_ip_address = true',
      'associate_public_ip_address = false\niam_instance_profile = "app"',
    ],
    fault: 'has a public address and a role',
  }),

  check('aws_instance', {
    id: 'ec2_confidential_workload_host_public_ip',
    title: 'Hosts of enclaves have no public address',
    severity: 'medium',
    why: 'What is secret enough for an enclave is attacked through its host.',
    fix: 'Set `associate_public_ip_address = false`.',
    when: instance => instance.enclave_options?.enabled ?? false,
    pass: (instance, context) => !hasPublicAddress(instance, context),
    bad: ['associate_public_ip_address = true\nenclave_options {\n enabled = true\n}'],
    good: [
      'associate_public_ip_address = false\nenclave_options {\n enabled = true\n}',
      'associate_public_ip_address = true',
    ],
    fault: 'has a public address',
  }),

  check('aws_instance', {
    id: 'ec2_confidential_workload_host_unrestricted_ingress',
    title: 'Hosts of enclaves are not open to the internet',
    severity: 'high',
    why: 'What is secret enough for an enclave is attacked through its host.',
    fix: 'Take `0.0.0.0/0` and `::/0` out of the security groups of the instance.',
    when: instance => instance.enclave_options?.enabled ?? false,
    pass: (_, { related }) =>
      !related('aws_security_group').some(group =>
        group.ingress.some(rule =>
          both(
            () => hasPorts(rule),
            () => isFromInternet(rule),
          ),
        ),
      ),
    bad: [withGroup('enclave_options {\n enabled = true\n}', 443, '0.0.0.0/0')],
    good: [withGroup('enclave_options {\n enabled = true\n}', 443, '10.0.0.0/8')],
    fault: 'has a security group that is open to the internet',
  }),

  check('aws_instance', {
    id: 'ec2_confidential_workload_host_vsock_proxy_exposed',
    title: 'Hosts of enclaves do not offer the way into the enclave to the internet',
    severity: 'medium',
    why: 'A proxy on the host passes TCP on to the enclave; whoever reaches it talks to the enclave.',
    fix: 'Take `0.0.0.0/0` and `::/0` out of the rules for the ports of the proxy.',
    when: instance => instance.enclave_options?.enabled ?? false,
    pass: (_, { related }) =>
      !related('aws_security_group').some(group => opensToInternet(group.ingress, proxies)),
    bad: [
      withGroup('enclave_options {\n enabled = true\n}', 5000, '0.0.0.0/0'),
      withGroup('enclave_options {\n enabled = true\n}', 8042, '0.0.0.0/0'),
    ],
    good: [
      withGroup('enclave_options {\n enabled = true\n}', 8000, '10.0.0.0/8'),
      withGroup('enclave_options {\n enabled = true\n}', 443, '0.0.0.0/0'),
      withGroup('', 5000, '0.0.0.0/0'),
    ],
    fault: 'offers a port that proxies to enclaves use to the internet',
  }),
]

/** What samples of such proxies listen on. */
const proxies = Array.from({ length: 91 }, (_, at) => 8000 + at).concat(5000, 9000)

function exposure(id: string, name: string, ports: readonly number[]) {
  const [port = 0] = ports
  const facing = 'associate_public_ip_address = true'
  return check('aws_instance', {
    id: `ec2_instance_port_${id}_exposed_to_internet`,
    title: `Instances do not offer ${name} to the internet`,
    severity: 'critical',
    why: 'The instance has a public address and its security group lets anyone in.',
    fix: 'Name the networks that need to connect in the security group, or take the public address away.',
    pass: (instance, context) =>
      !both(
        () =>
          context
            .related('aws_security_group')
            .some(group => opensToInternet(group.ingress, ports)),
        () => hasPublicAddress(instance, context),
      ),
    bad: [withGroup(facing, port, '0.0.0.0/0'), withAddress(withGroup('', port, '0.0.0.0/0'))],
    good: [
      facing,
      withGroup(facing, port, '10.0.0.0/8'),
      withGroup(facing, 443, '0.0.0.0/0'),
      withGroup('associate_public_ip_address = false', port, '0.0.0.0/0'),
    ],
    fault: `offers TCP port ${ports.join(' or ')} to the internet`,
  })
}

interface Instance {
  readonly associate_public_ip_address: boolean | undefined
  readonly iam_instance_profile: string | undefined
}

/** One of its own or, where nothing is said, one by its subnet. */
function hasPublicAddress(instance: Instance, { related }: Pick<Context, 'related'>): boolean {
  return either(
    () =>
      instance.associate_public_ip_address ??
      related('aws_subnet').some(subnet => subnet.map_public_ip_on_launch),
    () => related('aws_eip').some(() => true),
  )
}

function hasProfile(instance: Instance): boolean {
  return isSet(() => instance.iam_instance_profile)
}

function withGroup(body: string, port: number, cidr: string): string {
  return `resource "aws_security_group" "a" {
    name = "a"
    ingress {
      protocol    = "tcp"
      from_port   = ${port}
      to_port     = ${port}
      cidr_blocks = ["${cidr}"]
    }
  }
  resource "aws_instance" "a" {
    vpc_security_group_ids = [aws_security_group.a.id]
    ${body}
  }`
}

function inSubnet(isPublic: boolean): string {
  return `resource "aws_subnet" "a" {
    cidr_block              = "10.0.0.0/24"
    map_public_ip_on_launch = ${isPublic}
  }
  resource "aws_instance" "a" {
    subnet_id = aws_subnet.a.id
  }`
}

function withAddress(instance: string): string {
  return `${instance === '' ? 'resource "aws_instance" "a" {\n}' : instance}
  resource "aws_eip" "a" {
    instance = aws_instance.a.id
  }`
}
