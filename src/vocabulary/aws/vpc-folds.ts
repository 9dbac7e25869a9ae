import type { Alias, Field, Fold } from '../fold.ts'

export const aliases: readonly Alias[] = [
  {
    type: 'aws_default_vpc',
    of: 'aws_vpc',
    set: { is_default: true },
  },
  { type: 'aws_default_subnet', of: 'aws_subnet', set: { is_default: true } },
  {
    type: 'aws_default_security_group',
    of: 'aws_security_group',
    set: { is_default: true, name: 'default', description: 'default VPC security group' },
  },
  { type: 'aws_default_network_acl', of: 'aws_network_acl', set: { is_default: true } },
  { type: 'aws_default_route_table', of: 'aws_route_table', set: { is_default: true } },
]

export const folds: readonly Fold[] = [
  ...['ingress', 'egress'].flatMap((way): Fold[] => [
    {
      child: 'aws_security_group_rule',
      parent: 'aws_security_group',
      link: 'security_group_id',
      when: { attribute: 'type', equals: way },
      into: way,
      many: true,
      take: {
        fields: {
          ...same(
            'cidr_blocks',
            'description',
            'from_port',
            'ipv6_cidr_blocks',
            'prefix_list_ids',
            'protocol',
            'self',
            'to_port',
          ),
          security_groups: { from: 'source_security_group_id', list: true },
        },
      },
    },
    {
      child: `aws_vpc_security_group_${way}_rule`,
      parent: 'aws_security_group',
      link: 'security_group_id',
      into: way,
      many: true,
      take: {
        fields: {
          ...same('description', 'from_port', 'to_port'),
          protocol: 'ip_protocol',
          cidr_blocks: { from: 'cidr_ipv4', list: true },
          ipv6_cidr_blocks: { from: 'cidr_ipv6', list: true },
          prefix_list_ids: { from: 'prefix_list_id', list: true },
          security_groups: { from: 'referenced_security_group_id', list: true },
        },
      },
    },
    {
      child: 'aws_network_acl_rule',
      parent: 'aws_network_acl',
      link: 'network_acl_id',
      when: { attribute: 'egress', equals: way === 'egress' },
      into: way,
      many: true,
      take: {
        fields: {
          ...same(
            'cidr_block',
            'from_port',
            'icmp_code',
            'icmp_type',
            'ipv6_cidr_block',
            'protocol',
            'to_port',
          ),
          action: 'rule_action',
          rule_no: 'rule_number',
        },
      },
    },
  ]),
  {
    child: 'aws_network_acl_association',
    parent: 'aws_network_acl',
    link: 'network_acl_id',
    into: 'subnet_ids',
    many: true,
    take: 'subnet_id',
  },
  ...[
    ['aws_vpc', 'vpc_id'],
    ['aws_subnet', 'subnet_id'],
  ].map(
    ([parent = '', link = '']): Fold => ({
      child: 'aws_flow_log',
      parent,
      link,
      into: 'flow_log',
      many: true,
      take: {
        fields: same(
          'iam_role_arn',
          'log_destination',
          'log_destination_type',
          'max_aggregation_interval',
          'traffic_type',
        ),
      },
    }),
  ),
  {
    child: 'aws_route',
    parent: 'aws_route_table',
    link: 'route_table_id',
    into: 'route',
    many: true,
    take: {
      fields: {
        cidr_block: 'destination_cidr_block',
        ipv6_cidr_block: 'destination_ipv6_cidr_block',
        egress_only_gateway_id: 'egress_only_gateway_id',
        ...same(
          'carrier_gateway_id',
          'core_network_arn',
          'destination_prefix_list_id',
          'gateway_id',
          'local_gateway_id',
          'nat_gateway_id',
          'network_interface_id',
          'transit_gateway_id',
          'vpc_endpoint_id',
          'vpc_peering_connection_id',
        ),
      },
    },
  },
  {
    child: 'aws_vpc_endpoint_policy',
    parent: 'aws_vpc_endpoint',
    link: 'vpc_endpoint_id',
    into: 'policy',
    take: 'policy',
  },
  {
    child: 'aws_vpc_endpoint_subnet_association',
    parent: 'aws_vpc_endpoint',
    link: 'vpc_endpoint_id',
    into: 'subnet_ids',
    many: true,
    take: 'subnet_id',
  },
  {
    child: 'aws_vpc_endpoint_service_allowed_principal',
    parent: 'aws_vpc_endpoint_service',
    link: 'vpc_endpoint_service_id',
    into: 'allowed_principals',
    many: true,
    take: 'principal_arn',
  },
  ...['accepter', 'requester'].map(
    (side): Fold => ({
      child: 'aws_vpc_peering_connection_options',
      parent: 'aws_vpc_peering_connection',
      link: 'vpc_peering_connection_id',
      into: side,
      take: side,
    }),
  ),
  {
    child: 'aws_internet_gateway_attachment',
    parent: 'aws_internet_gateway',
    link: 'internet_gateway_id',
    into: 'vpc_id',
    take: 'vpc_id',
  },
]

function same(...names: string[]): Record<string, Field> {
  return Object.fromEntries(names.map(name => [name, name]))
}
