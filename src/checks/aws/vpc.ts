import { check, live, type Viewed } from '../../check.ts'
import { isInternet, isWithin } from '../../check-kit/cidr.ts'
import { both, either, isSet } from '../../check-kit/decide.ts'
import { homeOf, isOutsider, trustsOutsiders } from '../../check-kit/policy/outsider.ts'
import { endsWith } from '../../check-kit/text.ts'

export default [
  check('aws_vpc', {
    id: 'vpc_flow_logs_enabled',
    title: 'VPCs have flow logs',
    severity: 'medium',
    why: 'After a break-in nobody can tell which hosts talked to which.',
    fix: 'Add an `aws_flow_log` for the VPC.',
    aliases: ['CKV2_AWS_11', 'AWS-0178'],
    pass: vpc => vpc.flow_log.some(() => true),
    bad: ['cidr_block = "10.0.0.0/16"'],
    good: [
      `resource "aws_vpc" "a" {
        cidr_block = "10.0.0.0/16"
      }
      resource "aws_flow_log" "a" {
        vpc_id          = aws_vpc.a.id
        traffic_type    = "ALL"
        log_destination = "arn:aws:s3:::flows"
        log_destination_type = "s3"
      }`,
    ],
    fault: 'has no flow log',
  }),

  check('aws_vpc', {
    id: 'vpc_endpoint_for_ec2_enabled',
    title: 'VPCs have an endpoint for the EC2 API',
    severity: 'medium',
    why: 'Calls to the EC2 API leave the VPC through the internet, so the network has to be open for them.',
    fix: 'Add an `aws_vpc_endpoint` for the service `com.amazonaws.<region>.ec2`.',
    pass: (_, { related }) =>
      related('aws_vpc_endpoint').some(endpoint => endsWith(endpoint.service_name ?? '', '.ec2')),
    bad: ['cidr_block = "10.0.0.0/16"', withEndpoint('s3')],
    good: [withEndpoint('ec2')],
    fault: 'has no endpoint for the EC2 API',
  }),

  check('aws_route_table', {
    id: 'vpc_peering_routing_tables_with_least_privilege',
    title: 'Routes to a peered VPC lead to what is needed of it',
    severity: 'medium',
    why: 'With a route for everything, a break-in on one side reaches all of the other.',
    fix: 'Route only the subnets that are needed to `vpc_peering_connection_id`.',
    aliases: ['CKV2_AWS_44'],
    pass: table =>
      !table.route.some(route =>
        both(
          () => isSet(() => route.vpc_peering_connection_id),
          () =>
            either(
              () => isInternet(route.cidr_block ?? ''),
              () => isInternet(route.ipv6_cidr_block ?? ''),
            ),
        ),
      ),
    bad: [routeTo('0.0.0.0/0'), routeTo('0.0.0.0/1')],
    good: ['', routeTo('10.1.2.0/24')],
    fault: 'routes everything to a peered VPC',
    live: live('aws_route_table', {
      pass: (table, { all }) =>
        !table.route.some(route =>
          both(
            () => isSet(() => route.vpc_peering_connection_id),
            () =>
              either(
                () => isInternet(route.cidr_block ?? ''),
                () => isInternet(route.ipv6_cidr_block ?? ''),
                () =>
                  all('aws_vpc_peering_connection').some(peering =>
                    both(
                      () => peering.id === route.vpc_peering_connection_id,
                      () => takesIn(route, table.vpc_id === peering.vpc_id, peering),
                    ),
                  ),
              ),
          ),
        ),
      bad: [
        peered('0.0.0.0/0'),
        peered('10.5.0.0/16'),
        peered('10.0.0.0/8'),
        peered('10.4.0.0/16', 'vpc-there'),
      ],
      good: [
        peered('10.5.1.0/24'),
        peered('10.4.0.0/16'),
        { vpc_id: 'vpc-here', route: [{ cidr_block: '10.5.0.0/16', gateway_id: 'igw-1' }] },
      ],
      fault: 'routes a whole peered VPC',
    }),
  }),

  check('aws_vpc_endpoint', {
    id: 'vpc_endpoint_connections_trust_boundaries',
    title: 'VPC endpoint policies let in known accounts only',
    severity: 'high',
    why: 'With stolen credentials of any account, data leaves through the endpoint.',
    fix: 'Give the endpoint a `policy` that names your principals, or restricts them by `aws:PrincipalOrgID` or `aws:PrincipalAccount`.',
    options: { trusted_accounts: [] },
    pass: (endpoint, context) => !trustsOutsiders(endpoint.policy, homeOf(context)),
    bad: ['', endpointPolicy('{}')],
    good: [endpointPolicy('{ StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }')],
    fault: 'lets in anyone, or another account, through its policy',
  }),

  check('aws_vpc_endpoint', {
    id: 'vpc_endpoint_multi_az_enabled',
    title: 'Interface endpoints are in more than one availability zone',
    severity: 'medium',
    why: 'When the zone fails, the service can no longer be reached from the whole VPC.',
    fix: 'Name subnets of several zones in `subnet_ids`.',
    when: endpoint => endpoint.vpc_endpoint_type === 'Interface',
    pass: endpoint => endpoint.subnet_ids.length > 1,
    bad: [
      'vpc_endpoint_type = "Interface"\nsubnet_ids = ["subnet-1"]',
      'vpc_endpoint_type = "Interface"',
    ],
    good: ['vpc_endpoint_type = "Interface"\nsubnet_ids = ["subnet-1", "subnet-2"]', ''],
    fault: 'is in one availability zone at most',
  }),

  check('aws_vpc_endpoint_service', {
    id: 'vpc_endpoint_services_allowed_principals_trust_boundaries',
    title: 'VPC endpoint services let in known accounts only',
    severity: 'high',
    why: 'Whoever may connect reaches the service’s network port, as if it stood on the internet.',
    fix: 'Name the principals of your own accounts in `allowed_principals`.',
    options: { trusted_accounts: [] },
    pass: (service, context) =>
      !service.allowed_principals.some(
        principal => principal === '*' || isOutsider(principal, homeOf(context)),
      ),
    bad: ['allowed_principals = ["*"]'],
    good: ['allowed_principals = []'],
    fault: 'lets in anyone, or another account',
  }),
]

function withEndpoint(service: string): string {
  return `resource "aws_vpc" "a" {
    cidr_block = "10.0.0.0/16"
  }
  resource "aws_vpc_endpoint" "a" {
    vpc_id       = aws_vpc.a.id
    service_name = "com.amazonaws.eu-west-1.${service}"
  }`
}

/** Whether the route leads to a whole block of the VPC on the other side. */
function takesIn(
  { cidr_block, ipv6_cidr_block }: Viewed<'aws_route_table'>['route'][number],
  isOfRequester: boolean,
  peering: Viewed<'aws_vpc_peering_connection'>,
): boolean {
  const there = isOfRequester ? peering.peer_cidr_blocks : peering.cidr_blocks
  return there.some(block => isWithin(block, cidr_block ?? ipv6_cidr_block ?? ''))
}

function peered(cidr: string, vpc = 'vpc-here') {
  return {
    aws_route_table: {
      vpc_id: vpc,
      route: [{ cidr_block: cidr, vpc_peering_connection_id: 'pcx-1' }],
    },
    aws_vpc_peering_connection: {
      id: 'pcx-1',
      vpc_id: 'vpc-here',
      cidr_blocks: ['10.4.0.0/16'],
      peer_vpc_id: 'vpc-there',
      peer_cidr_blocks: ['10.5.0.0/16'],
    },
  }
}

function routeTo(cidr: string): string {
  return `route {
    cidr_block                = "${cidr}"
    vpc_peering_connection_id = "pcx-1"
  }`
}

function endpointPolicy(condition: string): string {
  return `policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "*"
      Condition = ${condition}
    }]
  })`
}
