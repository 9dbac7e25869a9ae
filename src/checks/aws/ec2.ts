import { check } from '../../check.ts'
import { both, either, isSet, some } from '../../check-kit/decide.ts'
import { holdsSecret } from '../../check-kit/secrets.ts'

export default [
  check('aws_instance', {
    id: 'ec2_instance_imdsv2_enabled',
    title: 'Instances answer metadata requests with a session token only',
    severity: 'high',
    why: 'A program that can be made to fetch a URL gives away the credentials of the instance’s role.',
    fix: 'Set `http_tokens = "required"` in `metadata_options`.',
    cli: 'aws ec2 modify-instance-metadata-options --instance-id {name} --http-tokens required --region {region}',
    aliases: ['CKV_AWS_79', 'AWS-0028'],
    pass: requiresToken,
    bad: ['', 'metadata_options {\n http_tokens = "optional"\n}'],
    good: [
      'metadata_options {\n http_tokens = "required"\n}',
      'metadata_options {\n http_endpoint = "disabled"\n}',
    ],
    set: { 'metadata_options.http_tokens': 'required' },
    fault: 'answers metadata requests without a session token',
  }),

  check('aws_instance', {
    id: 'ec2_confidential_workload_host_imdsv2_not_enforced',
    title: 'Hosts of enclaves answer metadata requests with a session token only',
    severity: 'high',
    why: 'Stolen credentials of the host’s role may be enough to use the keys of the enclave.',
    fix: 'Set `http_tokens = "required"` in `metadata_options`.',
    cli: 'aws ec2 modify-instance-metadata-options --instance-id {name} --http-tokens required --region {region}',
    when: instance => instance.enclave_options?.enabled ?? false,
    pass: requiresToken,
    bad: ['enclave_options {\n enabled = true\n}'],
    good: [
      'enclave_options {\n enabled = true\n}\nmetadata_options {\n http_tokens = "required"\n}',
      '',
    ],
    set: { 'metadata_options.http_tokens': 'required' },
    fault: 'answers metadata requests without a session token',
  }),

  check('aws_ec2_instance_metadata_defaults', {
    id: 'ec2_instance_account_imdsv2_enabled',
    title: 'New instances get session tokens for metadata by default',
    severity: 'high',
    why: 'Whoever forgets the setting gives away the credentials of the instance’s role to any program that can be made to fetch a URL.',
    fix: 'Set `http_tokens = "required"` in `aws_ec2_instance_metadata_defaults`.',
    cli: 'aws ec2 modify-instance-metadata-defaults --http-tokens required --region {region}',
    pass: defaults => defaults.http_tokens === 'required',
    bad: ['', 'http_tokens = "optional"'],
    good: ['http_tokens = "required"'],
    set: { http_tokens: 'required' },
  }),

  check('aws_instance', {
    id: 'ec2_instance_profile_attached',
    title: 'Instances have a role',
    severity: 'medium',
    why: 'Programs that call AWS get long-lived keys on the disk instead of the role’s short-lived ones.',
    fix: 'Set `iam_instance_profile`.',
    aliases: ['CKV2_AWS_41'],
    pass: instance => isSet(() => instance.iam_instance_profile),
    bad: [''],
    good: ['iam_instance_profile = "app"'],
  }),

  check('aws_instance', {
    id: 'ec2_instance_detailed_monitoring_enabled',
    title: 'Instances are monitored by the minute',
    severity: 'low',
    why: 'With figures every five minutes alarms come late, and short bursts are not seen.',
    fix: 'Set `monitoring = true`.',
    cli: 'aws ec2 monitor-instances --instance-ids {name} --region {region}',
    aliases: ['CKV_AWS_126'],
    pass: instance => instance.monitoring,
    bad: ['', 'monitoring = false'],
    good: ['monitoring = true'],
    set: { monitoring: true },
  }),

  check('aws_instance', {
    id: 'ec2_instance_uses_single_eni',
    title: 'Instances have one network interface',
    severity: 'low',
    why: 'An instance with a foot in two networks is a way around what separates them.',
    fix: 'Keep one `network_interface` and route between networks by a gateway.',
    pass: instance => instance.network_interface.length < 2,
    bad: [interfaces(2)],
    good: ['', interfaces(1)],
    fault: 'has several network interfaces',
  }),

  check('aws_instance', {
    id: 'ec2_instance_secrets_user_data',
    title: 'User data of instances holds no secrets',
    severity: 'high',
    why: 'Whoever may describe the instance, or fetch a URL on it, reads the user data in clear.',
    fix: 'Let the instance fetch the secret from Secrets Manager or Parameter Store by its role, and replace the one that was written here.',
    aliases: ['CKV_AWS_46', 'AWS-0029'],
    pass: instance =>
      !hasSecret(
        () => instance.user_data,
        () => instance.user_data_base64,
      ),
    bad: [
      'user_data = "export DB_PASSWORD=hunter22"',
      'user_data_base64 = base64encode("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE")',
    ],
    good: ['', 'user_data = "yum install -y nginx"'],
    fault: 'has a secret in its user data',
  }),

  check(['aws_instance', 'aws_launch_configuration'], {
    id: 'ec2_instance_block_devices_encrypted',
    title: 'Instances encrypt the disks that are made with them',
    severity: 'high',
    why: 'Snapshots of the disk, and images made of it, can be read by whoever gets a copy.',
    fix: 'Set `encrypted = true` in `root_block_device` and in every `ebs_block_device`.',
    aliases: ['CKV_AWS_8', 'AWS-0131', 'AWS-0008'],
    pass: instance =>
      both(
        () => instance.root_block_device.encrypted,
        () => instance.ebs_block_device.every(disk => disk.encrypted),
      ),
    bad: [
      '',
      'root_block_device {\n encrypted = false\n}',
      'root_block_device {\n encrypted = true\n}\nebs_block_device {\n device_name = "/dev/sdf"\n}',
    ],
    good: [
      'root_block_device {\n encrypted = true\n}',
      'root_block_device {\n encrypted = true\n}\nebs_block_device {\n device_name = "/dev/sdf"\n encrypted = true\n}',
    ],
    fault: 'has a disk that is not encrypted',
  }),

  check(['aws_launch_template', 'aws_launch_configuration'], {
    id: 'ec2_launch_template_imdsv2_required',
    title: 'Launch templates require a session token for metadata',
    severity: 'high',
    why: 'Every instance that is started from it gives away its role’s credentials to a program that can be made to fetch a URL.',
    fix: 'Set `http_tokens = "required"` in `metadata_options`.',
    aliases: ['CKV_AWS_79', 'AWS-0130'],
    pass: requiresToken,
    bad: ['', 'metadata_options {\n http_tokens = "optional"\n}'],
    good: [
      'metadata_options {\n http_tokens = "required"\n}',
      'metadata_options {\n http_endpoint = "disabled"\n}',
    ],
    set: { 'metadata_options.http_tokens': 'required' },
    fault: 'lets instances answer metadata requests without a session token',
  }),

  check('aws_launch_template', {
    id: 'ec2_launch_template_no_public_ip',
    title: 'Launch templates give no public address',
    severity: 'high',
    why: 'Every instance that is started from it stands on the internet.',
    fix: 'Set `associate_public_ip_address = false` in `network_interfaces`.',
    aliases: ['CKV_AWS_88', 'AWS-0009'],
    pass: template =>
      !template.network_interfaces.some(each => each.associate_public_ip_address === 'true'),
    bad: ['network_interfaces {\n associate_public_ip_address = true\n}'],
    good: ['', 'network_interfaces {\n associate_public_ip_address = false\n}'],
    fault: 'gives a public address',
  }),

  check(['aws_launch_template', 'aws_launch_configuration'], {
    id: 'ec2_launch_template_no_secrets',
    title: 'User data of launch templates holds no secrets',
    severity: 'high',
    why: 'Whoever may describe the template, or fetch a URL on its instances, reads the user data in clear.',
    fix: 'Let instances fetch the secret from Secrets Manager or Parameter Store by their role, and replace the one that was written here.',
    aliases: ['CKV_AWS_46', 'AWS-0129'],
    pass: template => !holdsSecret(template.user_data ?? ''),
    bad: [
      'user_data = base64encode("export DB_PASSWORD=hunter22")',
      'user_data = "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"',
    ],
    good: ['', 'user_data = base64encode("yum install -y nginx")'],
    fault: 'has a secret in its user data',
  }),

  check('aws_ec2_client_vpn_endpoint', {
    id: 'ec2_client_vpn_endpoint_connection_logging_enabled',
    title: 'Client VPN endpoints log connections',
    severity: 'low',
    why: 'Nobody can tell who came into the network, from where and when.',
    fix: 'Set `enabled = true` and a `cloudwatch_log_group` in `connection_log_options`.',
    pass: endpoint => endpoint.connection_log_options.enabled,
    bad: ['connection_log_options {\n enabled = false\n}'],
    good: ['connection_log_options {\n enabled = true\n cloudwatch_log_group = "vpn"\n}'],
    set: { 'connection_log_options.enabled': true },
  }),

  check('aws_ec2_transit_gateway', {
    id: 'ec2_transitgateway_auto_accept_vpc_attachments',
    title: 'Transit gateways accept no attachments by themselves',
    severity: 'high',
    why: 'Any account that the gateway is shared with joins its network to yours.',
    fix: 'Set `auto_accept_shared_attachments = "disable"`.',
    aliases: ['CKV_AWS_331'],
    pass: gateway => gateway.auto_accept_shared_attachments !== 'enable',
    bad: ['auto_accept_shared_attachments = "enable"'],
    good: ['', 'auto_accept_shared_attachments = "disable"'],
    set: { auto_accept_shared_attachments: 'disable' },
  }),

  check('aws_eip', {
    id: 'ec2_elastic_ip_unassigned',
    title: 'Elastic IP addresses are in use',
    severity: 'low',
    why: 'An address that nothing uses costs money, and records that still point to it wait for whoever gets it next.',
    fix: 'Associate the address with an instance or an interface, or release it.',
    aliases: ['CKV2_AWS_19'],
    pass: (address, { related }) =>
      either(
        () => isSet(() => address.instance),
        () => isSet(() => address.network_interface),
        () => related('aws_nat_gateway').some(() => true),
      ),
    bad: [''],
    good: [
      'instance = "i-1"',
      `resource "aws_eip" "a" {
      }
      resource "aws_nat_gateway" "a" {
        allocation_id = aws_eip.a.id
        subnet_id     = "subnet-1"
      }`,
    ],
    fault: 'is not in use',
  }),
]

interface WithMetadata {
  readonly metadata_options: { readonly http_endpoint: string; readonly http_tokens: string }
}

function requiresToken({ metadata_options }: WithMetadata): boolean {
  return either(
    () => metadata_options.http_tokens === 'required',
    () => metadata_options.http_endpoint === 'disabled',
  )
}

function hasSecret(...texts: readonly (() => string | undefined)[]): boolean {
  return some(texts, text => holdsSecret(text() ?? ''))
}

function interfaces(count: number): string {
  return `dynamic "network_interface" {
    for_each = range(${count})
    content {
      device_index         = network_interface.value
      network_interface_id = "eni-\${network_interface.value}"
    }
  }`
}
