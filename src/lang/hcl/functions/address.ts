export interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

export function parseCidr(text: string): { address: Address; length: number } | undefined {
  const slash = text.indexOf('/')
  const digits = text.slice(slash + 1)
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash))
  if (address === undefined || !/^\d{1,3}$/.test(digits)) return undefined
  const length = Number(digits)
  return length > address.bits ? undefined : { address, length }
}

function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = parse4(text)
    return value === undefined ? undefined : { bits: 32, value }
  }
  const value = parse6(text)
  return value === undefined ? undefined : { bits: 128, value }
}

/** Leading zeros are decimal, as they always were in Terraform. */
function parse4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    if (!/^\d+$/.test(part) || Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return value
}

function parse6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = groupsOf(halves[0] ?? '', halves.length === 1)
  const tail = groupsOf(halves[1] ?? '', true)
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...new Array<bigint>(missing).fill(0n), ...tail]
  return groups.reduce((value, group) => (value << 16n) | group, 0n)
}

/** Groups of sixteen bits; the last part of an address may be written as IPv4. */
function groupsOf(text: string, isLast: boolean): bigint[] | undefined {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    if (isLast && i === parts.length - 1 && part.includes('.')) {
      const value = parse4(part)
      if (value === undefined) return undefined
      groups.push(value >> 16n, value & 0xffffn)
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}

export function formatAddress({ bits, value }: Address): string {
  if (bits === 32) return format4(value)
  if (value >> 32n === 0xffffn) return format4(value & 0xffffffffn)
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  )
  const { start, length } = longestZeros(groups)
  if (length < 2) return groups.join(':')
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`
}

function format4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.')
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  for (const [i, group] of groups.entries()) {
    if (group !== '0') start = i + 1
    else if (i + 1 - start > best.length) best = { start, length: i + 1 - start }
  }
  return best
}
