import { check } from '../../check.ts'
import { both } from '../../check-kit/decide.ts'

export default [
  check('aws_vpc', {
    id: 'vpc_subnet_separate_private_public',
    title: 'VPCs have private subnets and public ones',
    severity: 'medium',
    why: 'Where every subnet leads to the internet, databases stand beside what the public talks to.',
    fix: 'Create subnets without a route to the internet gateway for what need not be reached from outside.',
    on: 'live',
    when: (_, { referring }) => referring('aws_subnet').some(() => true),
    pass: (_, { referring }) =>
      both(
        () => referring('aws_subnet').some(subnet => subnet.routes_to_internet),
        () => referring('aws_subnet').some(subnet => !subnet.routes_to_internet),
      ),
    bad: [withSubnets(true, true), withSubnets(false)],
    good: [withSubnets(true, false)],
    fault: 'does not separate private subnets from public ones',
  }),

  check('aws_vpn_connection', {
    id: 'vpc_vpn_connection_tunnels_up',
    title: 'Both tunnels of VPN connections are up',
    severity: 'medium',
    why: 'When the other tunnel fails, or AWS replaces its end, the networks are cut off from one another.',
    fix: 'Configure both tunnels on the customer gateway and restart the one that is down.',
    on: 'live',
    pass: connection => connection.vgw_telemetry.every(tunnel => tunnel.status === 'UP'),
    bad: [tunnels('UP', 'DOWN')],
    good: [tunnels('UP', 'UP')],
    fault: 'has a tunnel that is down',
  }),
]

function withSubnets(...lead: readonly boolean[]) {
  return {
    aws_vpc: { id: 'vpc-0a1b2c3d4e5f60718' },
    aws_subnet: lead.map((routes_to_internet, at) => ({
      id: `subnet-0a1b2c3d4e5f6071${at}`,
      vpc_id: 'vpc-0a1b2c3d4e5f60718',
      routes_to_internet,
    })),
  }
}

function tunnels(...states: readonly string[]) {
  return { vgw_telemetry: states.map(status => ({ status })) }
}
