import { Absent, type Plain } from '../../resource.ts'
import type { Field, Fold } from '../fold.ts'
import type { ServiceVocabulary, Settle } from '../statement.ts'

/**
 * What an instance gets where neither it nor its AMI nor the account says more:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
const metadata = {
  metadata_options: {},
  'metadata_options.http_endpoint': 'enabled',
  'metadata_options.http_put_response_hop_limit': 1,
  'metadata_options.http_tokens': 'optional',
} as const

const moreMetadata = {
  ...metadata,
  'metadata_options.http_protocol_ipv6': 'disabled',
  'metadata_options.instance_metadata_tags': 'disabled',
} as const

const disks = {
  root_block_device: {},
  'root_block_device.delete_on_termination': true,
  'root_block_device.encrypted': false,
  'ebs_block_device.delete_on_termination': true,
  'ebs_block_device.encrypted': false,
  'ebs_block_device.snapshot_id': null,
} as const

/** What an instance leaves open its launch template may say, or the interface that it is given. */
const launched: Settle = (attributes, isDeclared) => {
  const [names, decides] =
    attributes.launch_template !== undefined
      ? [[...templated, ...ofInterface], 'the launch template decides']
      : isDeclared('network_interface') || isDeclared('primary_network_interface')
        ? [ofInterface, 'the network interface decides']
        : [[], '']
  const open = names.filter(name => !isDeclared(name))
  if (open.length === 0) return null
  return Object.fromEntries(
    open.map(name => [name, new Absent('unresolved', `${decides} ${name}`)]),
  )
}

const ofInterface = ['associate_public_ip_address', 'subnet_id', 'vpc_security_group_ids'] as const

const templated = [
  'disable_api_stop',
  'disable_api_termination',
  'ebs_block_device',
  'iam_instance_profile',
  'key_name',
  'metadata_options',
  'monitoring',
  'root_block_device',
  'tenancy',
  'user_data',
  'user_data_base64',
] as const

/** A volume from a snapshot is encrypted as that is. */
const restored: Settle = (attributes, isDeclared): { [name: string]: Plain } | null =>
  attributes.snapshot_id === undefined || isDeclared('encrypted')
    ? null
    : { encrypted: new Absent('unresolved', 'the snapshot decides encrypted') }

export const ec2: ServiceVocabulary = {
  types: {
    aws_instance: {
      settle: launched,
      name: ['tags.Name'],
      secrets: ['user_data', 'user_data_base64', 'password_data'],
      texts: ['user_data', 'user_data_base64'],
      hashed: ['user_data'],
      // Live alone; times in ISO 8601.
      adds: {
        ami_deprecation_time: 's:c',
        launch_time: 's:c',
        // When its state last changed, from the reason for it; null where that names no time.
        state_transition_time: 's:c',
        virtualization_type: 's:c',
      },
      absent: {
        ...moreMetadata,
        ...disks,
        'root_block_device.kms_key_id': null,
        'ebs_block_device.kms_key_id': null,
        // Not set, the subnet decides.
        associate_public_ip_address: null,
        // Not set, the default group of the VPC, which lets in nothing but itself.
        vpc_security_group_ids: [],
        'enclave_options.enabled': false,
        'network_interface.delete_on_termination': false,
        disable_api_stop: false,
        disable_api_termination: false,
        iam_instance_profile: null,
        key_name: null,
        monitoring: false,
        placement_group: null,
        // Names of EC2-Classic; in a VPC the ids say it.
        security_groups: [],
        source_dest_check: true,
        tenancy: 'default',
        user_data_base64: null,
      },
    },
    aws_launch_template: {
      secrets: ['user_data'],
      texts: ['user_data'],
      absent: {
        ...moreMetadata,
        name_prefix: null,
        'private_dns_name_options.hostname_type': null,
        'monitoring.enabled': false,
      },
    },
    aws_launch_configuration: {
      secrets: ['user_data', 'user_data_base64'],
      texts: ['user_data', 'user_data_base64'],
      hashed: ['user_data'],
      absent: {
        ...metadata,
        ...disks,
        // Not set, the subnet decides.
        associate_public_ip_address: null,
        enable_monitoring: true,
        key_name: null,
        name_prefix: null,
      },
    },
    aws_ebs_volume: {
      settle: restored,
      name: ['tags.Name'],
      // Encryption by default is an account's setting, off in a fresh one:
      // https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
      absent: { encrypted: false, kms_key_id: null, snapshot_id: null, type: 'gp2' },
    },
    aws_ebs_snapshot: {
      name: ['tags.Name'],
      adds: { create_volume_permission: '<s:o', public: 'b:c' },
      absent: { storage_tier: 'standard' },
    },
    aws_ebs_snapshot_copy: {
      name: ['tags.Name'],
      adds: { create_volume_permission: '<s:o' },
      absent: { storage_tier: 'standard' },
    },
    aws_snapshot_create_volume_permission: { name: ['snapshot_id'] },
    aws_ebs_encryption_by_default: { absent: { enabled: true } },
    aws_ebs_default_kms_key: { name: ['key_arn'] },
    aws_ebs_snapshot_block_public_access: { name: ['state'] },
    aws_ec2_image_block_public_access: { name: ['state'] },
    aws_ami: {
      adds: { launch_permission: launchPermission() },
      absent: { 'ebs_block_device.delete_on_termination': true },
    },
    aws_ami_copy: {
      adds: { launch_permission: launchPermission() },
      absent: { kms_key_id: null },
    },
    aws_ami_from_instance: { adds: { launch_permission: launchPermission() } },
    aws_ami_launch_permission: { name: ['image_id'] },
    aws_eip: {
      name: ['tags.Name'],
      absent: { domain: 'vpc', instance: null, network_interface: null },
    },
    aws_eip_association: {
      name: ['allocation_id'],
      absent: { instance_id: null, network_interface_id: null },
    },
    aws_ec2_transit_gateway: {
      name: ['tags.Name'],
      absent: {
        auto_accept_shared_attachments: 'disable',
        default_route_table_association: 'enable',
        default_route_table_propagation: 'enable',
        dns_support: 'enable',
        multicast_support: 'disable',
        vpn_ecmp_support: 'enable',
        security_group_referencing_support: 'disable',
        encryption_support: 'disable',
      },
    },
    aws_ec2_client_vpn_endpoint: {
      name: ['tags.Name'],
      absent: { 'connection_log_options.cloudwatch_log_stream': null, vpn_port: 443 },
    },
    aws_ec2_instance_metadata_defaults: {
      absent: {
        http_endpoint: 'no-preference',
        http_tokens: 'no-preference',
        http_put_response_hop_limit: null,
        instance_metadata_tags: 'no-preference',
      },
    },
    aws_ec2_serial_console_access: { absent: { enabled: true } },
    aws_key_pair: { name: ['key_name'] },
    aws_network_interface: {
      name: ['tags.Name'],
      absent: { source_dest_check: true, attachment: [] },
    },
    aws_network_interface_sg_attachment: {},
    aws_network_interface_attachment: {},
    aws_volume_attachment: { name: ['device_name'] },
  },
  folds: [
    ...['aws_ebs_snapshot', 'aws_ebs_snapshot_copy'].map(
      (parent): Fold => ({
        child: 'aws_snapshot_create_volume_permission',
        parent,
        link: 'snapshot_id',
        into: 'create_volume_permission',
        many: true,
        take: 'account_id',
      }),
    ),
    ...['aws_ami', 'aws_ami_copy', 'aws_ami_from_instance'].map(
      (parent): Fold => ({
        child: 'aws_ami_launch_permission',
        parent,
        link: 'image_id',
        into: 'launch_permission',
        many: true,
        take: {
          fields: same('account_id', 'group', 'organization_arn', 'organizational_unit_arn'),
        },
      }),
    ),
    ...['allocation_id', 'public_ip'].flatMap((link): Fold[] => [
      {
        child: 'aws_eip_association',
        parent: 'aws_eip',
        link,
        by: [link, 'id'],
        into: 'instance',
        take: 'instance_id',
      },
      {
        child: 'aws_eip_association',
        parent: 'aws_eip',
        link,
        by: [link, 'id'],
        into: 'network_interface',
        take: 'network_interface_id',
      },
    ]),
  ],
}

function same(...names: string[]): Record<string, Field> {
  return Object.fromEntries(names.map(name => [name, name]))
}

function launchPermission() {
  return {
    $: 'block:list:o',
    account_id: 's:o',
    group: 's:o',
    organization_arn: 's:o',
    organizational_unit_arn: 's:o',
  } as const
}
