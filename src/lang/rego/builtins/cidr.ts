/** An IPv4 or IPv6 address as a number of 32 or 128 bits. */
export interface Address {
  readonly value: bigint
  readonly bits: 32 | 128
}

export interface Network {
  /** The first of the network. */
  readonly address: Address
  readonly prefix: number
}

export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  const length = text.slice(slash + 1)
  if (slash < 0 || !/^\d{1,3}$/.test(length)) return undefined
  const address = parseAddress(text.slice(0, slash))
  const prefix = Number(length)
  if (address === undefined || prefix > address.bits) return undefined
  const shift = BigInt(address.bits - prefix)
  return { address: { ...address, value: (address.value >> shift) << shift }, prefix }
}

export function lastAddress({ address, prefix }: Network): Address {
  const size = 1n << BigInt(address.bits - prefix)
  return { bits: address.bits, value: address.value | (size - 1n) }
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return { value, bits: 32 }
}

function parseV6(text: string): Address | undefined {
  const [left = '', right, ...more] = text.split('::')
  if (more.length > 0) return undefined
  const head = groups(left)
  const tail = right === undefined ? [] : groups(right)
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (right === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...head, ...Array<bigint>(Math.max(missing, 0)).fill(0n), ...tail]
  const value = all.reduce((sum, group) => (sum << 16n) | group, 0n)
  // Go takes an IPv4 address in IPv6 clothes for what it is.
  return value >> 32n === 0xffffn ? { value: value & 0xffffffffn, bits: 32 } : { value, bits: 128 }
}

/** Groups of 16 bits; the last two may be written as IPv4. */
function groups(text: string): bigint[] | undefined {
  if (text === '') return []
  const found: bigint[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1 && part.includes('.')) {
      const v4 = parseV4(part)
      if (v4 === undefined) return undefined
      found.push(v4.value >> 16n, v4.value & 0xffffn)
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) found.push(BigInt(`0x${part}`))
    else return undefined
  }
  return found
}

export function showAddress({ value, bits }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.')
  const parts: string[] = []
  for (let shift = 112n; shift >= 0n; shift -= 16n)
    parts.push(((value >> shift) & 0xffffn).toString(16))
  const zeros = longestZeros(parts)
  if (zeros === undefined) return parts.join(':')
  const [start, length] = zeros
  return `${parts.slice(0, start).join(':')}::${parts.slice(start + length).join(':')}`
}

/** The first longest run of at least two zero groups. */
function longestZeros(parts: readonly string[]): readonly [number, number] | undefined {
  let best: readonly [number, number] | undefined
  for (let i = 0; i < parts.length; i++) {
    let length = 0
    while (parts[i + length] === '0') length++
    if (length > Math.max(best?.[1] ?? 1, 1)) best = [i, length]
  }
  return best
}

export function showNetwork({ address, prefix }: Network): string {
  return `${showAddress(address)}/${prefix}`
}
