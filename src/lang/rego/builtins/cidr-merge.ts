import { lastAddress, type Network } from './cidr.ts'

interface Range {
  readonly bits: 32 | 128
  readonly first: bigint
  readonly last: bigint
  /** Set while the range is a single network of the list. */
  readonly network: Network | undefined
}

/** Joins networks that overlap or touch, and covers each range with as few networks as can be. */
export function mergeNetworks(networks: readonly Network[]): readonly Network[] {
  const ranges = networks.map((network): Range => {
    const { address, prefix } = network
    const shift = BigInt(address.bits - prefix)
    const first = (address.value >> shift) << shift
    const last = lastAddress({ address: { ...address, value: first }, prefix }).value
    return { bits: address.bits, first, last, network }
  })
  ranges.sort((a, b) => order(a.last, b.last) || order(a.first, b.first))
  for (let i = ranges.length - 1; i > 0; i--) {
    const [previous, current] = [ranges[i - 1], ranges[i]]
    if (previous === undefined || current === undefined) continue
    if (previous.bits !== current.bits || current.first - 1n > previous.last) continue
    const first = order(previous.first, current.first) < 0 ? previous.first : current.first
    ranges.splice(i - 1, 2, { bits: current.bits, first, last: current.last, network: undefined })
  }
  return ranges.flatMap(range => (range.network === undefined ? cover(range) : [range.network]))
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function cover({ bits, first, last }: Range): readonly Network[] {
  const networks: Network[] = []
  for (let at = first; at <= last; ) {
    let size = 0
    while (
      size < bits &&
      at % (1n << BigInt(size + 1)) === 0n &&
      at + (1n << BigInt(size + 1)) - 1n <= last
    )
      size++
    networks.push({ address: { value: at, bits }, prefix: bits - size })
    at += 1n << BigInt(size)
  }
  return networks
}
