import type { ServiceVocabulary } from '../statement.ts'
import { aliases, folds } from './vpc-folds.ts'

const blocks = ['ingress', 'egress'].flatMap(way => [
  `${way}.cidr_blocks`,
  `${way}.ipv6_cidr_blocks`,
])

const securityGroup = {
  texts: blocks,
  rules: { ingress: 'security_group', egress: 'security_group' },
  absent: {
    // Terraform takes away the rule that lets everything out when it creates a group, and every rule of a default
    // group: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
    ingress: [],
    egress: [],
    'ingress.cidr_blocks': [],
    'ingress.description': null,
    'ingress.ipv6_cidr_blocks': [],
    'ingress.prefix_list_ids': [],
    'ingress.security_groups': [],
    'ingress.self': false,
    'egress.cidr_blocks': [],
    'egress.description': null,
    'egress.ipv6_cidr_blocks': [],
    'egress.prefix_list_ids': [],
    'egress.security_groups': [],
    'egress.self': false,
  },
} as const

const networkAcl = {
  rules: { ingress: 'network_acl', egress: 'network_acl' },
  absent: {
    // Without an entry everything is denied; Terraform empties an adopted default ACL too.
    ingress: [],
    egress: [],
    subnet_ids: [],
    'ingress.cidr_block': null,
    'ingress.icmp_code': null,
    'ingress.icmp_type': null,
    'ingress.ipv6_cidr_block': null,
    'egress.cidr_block': null,
    'egress.icmp_code': null,
    'egress.icmp_type': null,
    'egress.ipv6_cidr_block': null,
  },
} as const

const routes = {
  route: [],
  propagating_vgws: [],
  'route.carrier_gateway_id': null,
  'route.cidr_block': null,
  'route.core_network_arn': null,
  'route.destination_prefix_list_id': null,
  'route.egress_only_gateway_id': null,
  'route.gateway_id': null,
  'route.ipv6_cidr_block': null,
  'route.local_gateway_id': null,
  'route.nat_gateway_id': null,
  'route.network_interface_id': null,
  'route.transit_gateway_id': null,
  'route.vpc_endpoint_id': null,
  'route.vpc_peering_connection_id': null,
} as const

const flowLogs = {
  flow_log: {
    $: 'block:list:o',
    iam_role_arn: 's:o',
    log_destination: 's:oc',
    log_destination_type: 's:o',
    max_aggregation_interval: 'n:o',
    traffic_type: 's:o',
  },
} as const
const flowLogDefaults = {
  'flow_log.log_destination': null,
  'flow_log.log_destination_type': 'cloud-watch-logs',
  'flow_log.max_aggregation_interval': 600,
} as const

export const vpc: ServiceVocabulary = {
  types: {
    aws_vpc: {
      name: ['tags.Name'],
      adds: { ...flowLogs, is_default: 'b:o' },
      absent: {
        ...flowLogDefaults,
        enable_dns_hostnames: false,
        enable_dns_support: true,
        instance_tenancy: 'default',
        ipv6_cidr_block: null,
      },
    },
    aws_default_vpc: {
      name: ['tags.Name'],
      absent: { enable_dns_hostnames: true, enable_dns_support: true, ipv6_cidr_block: null },
    },
    aws_subnet: {
      name: ['tags.Name'],
      texts: ['availability_zone'],
      // Live, whether its route table (the main one where it has none of its own) leads to an internet gateway.
      adds: { ...flowLogs, is_default: 'b:o', routes_to_internet: 'b:c' },
      absent: { ...flowLogDefaults, ipv6_cidr_block: null },
    },
    aws_default_subnet: {
      name: ['tags.Name'],
      absent: { map_public_ip_on_launch: true, ipv6_cidr_block: null },
    },
    aws_security_group: {
      ...securityGroup,
      texts: ['name', ...blocks],
      adds: { is_default: 'b:o' },
      absent: {
        ...securityGroup.absent,
        description: 'Managed by Terraform',
        // Not set, Terraform makes one up.
        name: null,
        name_prefix: null,
      },
    },
    aws_default_security_group: securityGroup,
    aws_security_group_rule: {
      name: [],
      protocols: ['protocol'],
      absent: { source_security_group_id: null },
    },
    aws_vpc_security_group_ingress_rule: { name: [], protocols: ['ip_protocol'] },
    aws_vpc_security_group_egress_rule: { name: [], protocols: ['ip_protocol'] },
    aws_network_acl: { ...networkAcl, name: ['tags.Name'], adds: { is_default: 'b:o' } },
    aws_default_network_acl: { ...networkAcl, name: ['tags.Name'] },
    aws_network_acl_rule: { name: [], protocols: ['protocol'] },
    aws_network_acl_association: {},
    aws_flow_log: {
      name: [],
      absent: {
        log_destination: null,
        log_destination_type: 'cloud-watch-logs',
        max_aggregation_interval: 600,
      },
    },
    aws_vpc_endpoint: {
      name: ['service_name'],
      texts: ['service_name'],
      policies: ['policy'],
      absent: {
        // Without a policy of its own an endpoint lets everybody do everything through it:
        // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
        policy: {
          Version: '2008-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
        },
        private_dns_enabled: false,
        route_table_ids: [],
        subnet_ids: [],
        vpc_endpoint_type: 'Gateway',
      },
    },
    aws_vpc_endpoint_policy: { name: [], policies: ['policy'] },
    aws_vpc_endpoint_service: {
      name: ['tags.Name'],
      absent: { allowed_principals: [], private_dns_name: null },
    },
    aws_vpc_endpoint_service_allowed_principal: {},
    aws_vpc_endpoint_subnet_association: {},
    aws_vpc_endpoint_security_group_association: {},
    aws_vpc_peering_connection: {
      name: ['tags.Name'],
      // Live: the blocks of the two VPCs, which no code declares here.
      adds: { cidr_blocks: '[s:o', peer_cidr_blocks: '[s:o' },
    },
    aws_vpc_peering_connection_accepter: {},
    aws_vpc_peering_connection_options: {},
    aws_route: { absent: { network_interface_id: null } },
    aws_route_table: {
      name: ['tags.Name'],
      adds: { is_default: 'b:o' },
      absent: routes,
    },
    aws_default_route_table: {
      name: ['tags.Name'],
      absent: Object.fromEntries(
        Object.entries({ ...routes, 'route.instance_id': null }).filter(
          ([name]) => !/carrier|local/.test(name),
        ),
      ),
    },
    aws_route_table_association: {},
    aws_main_route_table_association: {},
    aws_internet_gateway: { name: ['tags.Name'], absent: { vpc_id: null } },
    aws_internet_gateway_attachment: {},
    aws_egress_only_internet_gateway: { name: ['tags.Name'] },
    aws_nat_gateway: { name: ['tags.Name'], absent: { connectivity_type: 'public' } },
    aws_vpn_connection: {
      name: ['tags.Name'],
      secrets: ['tunnel1_preshared_key', 'tunnel2_preshared_key', 'customer_gateway_configuration'],
      absent: { enable_acceleration: false, static_routes_only: false },
    },
    aws_vpn_gateway: { name: ['tags.Name'], absent: { vpc_id: null } },
    aws_vpc_block_public_access_options: { name: ['internet_gateway_block_mode'] },
  },
  aliases,
  folds,
}
