import { type Context, check, live, type Viewed } from '../../check.ts'
import { isInternet } from '../../check-kit/cidr.ts'
import { both, either, isSet } from '../../check-kit/decide.ts'
import { areApart } from '../../check-kit/zones.ts'

export default [
  check('aws_vpc', {
    id: 'vpc_subnet_different_az',
    title: 'VPCs have subnets in more than one availability zone',
    severity: 'medium',
    why: 'When the zone fails, everything in the VPC fails.',
    fix: 'Add subnets in a second `availability_zone`.',
    when: (_, { related }) => related('aws_subnet').some(() => true),
    pass: (_, { related }) =>
      related('aws_subnet').some(one =>
        related('aws_subnet').some(other =>
          areApart(one.availability_zone, other.availability_zone),
        ),
      ),
    bad: [withSubnets('eu-west-1a'), withSubnets('eu-west-1a', 'eu-west-1a')],
    good: [withSubnets('eu-west-1a', 'eu-west-1b')],
    fault: 'has all its subnets in one availability zone',
  }),

  check('aws_vpc', {
    id: 'vpc_subnet_separate_private_public',
    title: 'VPCs keep private subnets apart from public ones',
    severity: 'medium',
    why: 'Where every subnet leads to the internet, databases and other inner parts are one careless rule away from anyone.',
    fix: 'Add a subnet whose route table has no route to an `aws_internet_gateway`.',
    when: (_, { related }) => related('aws_subnet').some(() => true),
    // Subnets that lead outside may be another root module's.
    pass: (_, context) => context.related('aws_subnet').some(subnet => !isOpen(subnet, context)),
    bad: [
      withGateway(associated('a')),
      withGateway(`resource "aws_main_route_table_association" "a" {
        vpc_id         = aws_vpc.a.id
        route_table_id = aws_route_table.a.id
      }`),
    ],
    good: [
      withGateway(''),
      withGateway(
        `${associated('a')}
        resource "aws_subnet" "b" {
          vpc_id     = aws_vpc.a.id
          cidr_block = "10.0.1.0/24"
        }`,
      ),
      'cidr_block = "10.0.0.0/16"',
    ],
    fault: 'has no subnet without a route to the internet',
    live: live('aws_vpc', {
      when: (_, { referring }) => referring('aws_subnet').some(() => true),
      pass: (_, { referring }) =>
        both(
          () => referring('aws_subnet').some(subnet => subnet.routes_to_internet),
          () => referring('aws_subnet').some(subnet => !subnet.routes_to_internet),
        ),
      bad: [leading(true, true), leading(false)],
      good: [leading(true, false)],
      fault: 'does not separate private subnets from public ones',
    }),
  }),

  check('aws_subnet', {
    id: 'vpc_subnet_no_public_ip_by_default',
    title: 'Subnets give no public addresses by default',
    severity: 'high',
    why: 'Whatever is started in the subnet can be reached from the internet, whether or not it was meant to be.',
    fix: 'Set `map_public_ip_on_launch = false` and give addresses to what needs one.',
    aliases: ['CKV_AWS_130', 'AWS-0164'],
    pass: subnet => !subnet.map_public_ip_on_launch,
    bad: ['map_public_ip_on_launch = true'],
    good: ['', 'map_public_ip_on_launch = false'],
    set: { map_public_ip_on_launch: false },
  }),
]

type Subnet = Viewed<'aws_subnet'>
type Table = Viewed<'aws_route_table'>

/** By its own route table, or by the main one of its VPC, which is the one that is judged. */
function isOpen(subnet: Subnet, { related, referring }: Context): boolean {
  const leads = (table: Table) => leadsToInternet(table, related)
  const associations = related('aws_route_table_association', subnet)
  return either(
    () => associations.some(each => related('aws_route_table', each).some(leads)),
    () =>
      both(
        () => !associations.some(() => true),
        () =>
          either(
            () => referring('aws_route_table').some(table => table.is_default && leads(table)),
            () =>
              referring('aws_main_route_table_association').some(each =>
                related('aws_route_table', each).some(leads),
              ),
          ),
      ),
  )
}

function leadsToInternet(table: Table, related: Context['related']): boolean {
  return both(
    () =>
      table.route.some(route =>
        both(
          () => isSet(() => route.gateway_id),
          () =>
            either(
              () => isInternet(route.cidr_block ?? ''),
              () => isInternet(route.ipv6_cidr_block ?? ''),
            ),
        ),
      ),
    () =>
      either(
        () => related('aws_internet_gateway', table).some(() => true),
        () => table.route.some(route => (route.gateway_id ?? '').startsWith('igw-')),
      ),
  )
}

function withGateway(more: string): string {
  return `resource "aws_vpc" "a" {
    cidr_block = "10.0.0.0/16"
  }
  resource "aws_internet_gateway" "a" {
    vpc_id = aws_vpc.a.id
  }
  resource "aws_route_table" "a" {
    vpc_id = aws_vpc.a.id
    route {
      cidr_block = "0.0.0.0/0"
      gateway_id = aws_internet_gateway.a.id
    }
  }
  resource "aws_subnet" "a" {
    vpc_id     = aws_vpc.a.id
    cidr_block = "10.0.0.0/24"
  }
  ${more}`
}

function associated(subnet: string): string {
  return `resource "aws_route_table_association" "${subnet}" {
    subnet_id      = aws_subnet.${subnet}.id
    route_table_id = aws_route_table.a.id
  }`
}

function withSubnets(...zones: readonly string[]): string {
  const subnets = zones.map(
    (zone, at) => `resource "aws_subnet" "s${at}" {
    vpc_id            = aws_vpc.a.id
    cidr_block        = "10.0.${at}.0/24"
    availability_zone = "${zone}"
  }`,
  )
  return `resource "aws_vpc" "a" {
    cidr_block = "10.0.0.0/16"
  }
  ${subnets.join('\n')}`
}

function leading(...lead: readonly boolean[]) {
  return {
    aws_vpc: { id: 'vpc-0a1b2c3d4e5f60718' },
    aws_subnet: lead.map((routes_to_internet, at) => ({
      id: `subnet-0a1b2c3d4e5f6071${at}`,
      vpc_id: 'vpc-0a1b2c3d4e5f60718',
      routes_to_internet,
    })),
  }
}
