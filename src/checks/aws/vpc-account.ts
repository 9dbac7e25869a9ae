import { check } from '../../check.ts'

export default [
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

function tunnels(...states: readonly string[]) {
  return { vgw_telemetry: states.map(status => ({ status })) }
}
