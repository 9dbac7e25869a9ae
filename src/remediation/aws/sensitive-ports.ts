/** The TCP ports that a check is about, or null where it is about any. */
export function portsOf(checkId: string): readonly number[] | null {
  if (checkId.endsWith('_high_risk_tcp_ports')) {
    return [25, 110, 135, 143, 445, 3000, 4333, 5000, 5500, 8080, 8088]
  }
  const [, ports] = /_tcp_port_(?:[a-z_]+_)?(\d+(?:_\d+)*)$/.exec(checkId) ?? []
  return ports === undefined ? null : ports.split('_').map(Number)
}

/** Administration, databases and the inside of a network: nobody needs these from anywhere. */
export const sensitivePorts = [
  20, 21, 22, 23, 135, 137, 138, 139, 445, 1433, 1434, 1521, 2483, 3306, 3389, 5432, 5601, 5985,
  5986, 6379, 7199, 9092, 9160, 9200, 9300, 11211, 27017, 27018,
] as const

/** What a web server is reached by. */
export const webPorts = [80, 443] as const
