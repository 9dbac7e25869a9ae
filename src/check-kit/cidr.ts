import ipaddr from 'ipaddr.js'
import { Absent } from '../resource.ts'
import { isSame, type Text, known as textOrStop, undecided } from './text.ts'

/** A source so wide that no one network owns it: `0.0.0.0/0`, `::/0`, and the halves and quarters of them. */
export function isInternet(cidr: Text): boolean {
  if (cidr instanceof Absent)
    return isOfNetwork(cidr) || (knownBits(cidr) ?? 0) >= widest ? false : undecided(cidr)
  const block = parse(cidr)
  return block !== null && block.bits < widest && overlapsPublic(block)
}

/** A block that holds addresses which are routed on the internet, however few. */
export function isPublic(cidr: Text): boolean {
  if (cidr instanceof Absent) return isOfNetwork(cidr) ? false : undecided(cidr)
  const block = parse(cidr)
  return block !== null && overlapsPublic(block)
}

/** `0.0.0.0/0` or `::/0`. */
export function isEverywhere(cidr: Text): boolean {
  return parse(textOrStop(cidr))?.bits === 0
}

/** Whether the first block is all in the second. */
export function isWithin(inner: Text, outer: Text): boolean {
  if (inner instanceof Absent && isSame(inner, outer)) return true
  const [one, other] = [parse(textOrStop(inner)), parse(textOrStop(outer))]
  return one !== null && other !== null && holds(other, one)
}

/** The prefix length of an IPv4 block (a lone address has 32); null for IPv6 and for what is no block. */
export function ipv4Prefix(cidr: Text): number | null {
  const block = parse(textOrStop(cidr))
  return block?.address.kind() === 'ipv4' ? block.bits : null
}

/** The block of a VPC or of a subnet: whatever it is, it is the network's own, and no wider than a /16. */
function isOfNetwork({ holes, parts = [null] }: Absent): boolean {
  return (
    parts.length === 1 &&
    holes.every(reason =>
      /\baws_(?:default_)?(?:vpc|subnet)\b\S*cidr_block\S* is known/.test(reason),
    )
  )
}

/** `${aws_eip.a.public_ip}/32`. */
function knownBits({ parts }: Absent): number | null {
  const [, bits] = /\/(\d{1,3})$/.exec(parts?.at(-1) ?? '') ?? []
  return bits === undefined ? null : Number(bits)
}

/** No owner holds more than a /8 of IPv4, nor a /8 of IPv6. */
const widest = 8

interface Block {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6
  readonly bits: number
}

function parse(cidr: string): Block | null {
  const text = cidr.trim()
  // A prefix of 0 is everything, whatever stands before it (`0/0`, `1.2.3.4/0`).
  if (/^[0-9.]+\/0+$/.test(text)) return { address: ipaddr.IPv4.parse('0.0.0.0'), bits: 0 }
  const [, host = '', prefix] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  if (!ipaddr.IPv6.isValid(host) && !ipaddr.IPv4.isValidFourPartDecimal(host)) return null
  const address = ipaddr.parse(host)
  const width = address.kind() === 'ipv4' ? 32 : 128
  const bits = prefix === undefined ? width : Number(prefix)
  return bits <= width ? { address, bits } : null
}

function overlapsPublic(block: Block): boolean {
  if (block.address.kind() === 'ipv6' && !holds(globalUnicast, block))
    return holds(block, globalUnicast)
  return !special.some(range => holds(range, block))
}

function holds(outer: Block, inner: Block): boolean {
  return (
    inner.address.kind() === outer.address.kind() &&
    inner.bits >= outer.bits &&
    inner.address.match(outer.address, outer.bits)
  )
}

const globalUnicast = known('2000::/3')

/** Not routed on the internet: the IANA registries of special-purpose addresses. */
const special = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001:db8::/32',
].map(known)

function known(text: string): Block {
  const [address, bits] = ipaddr.parseCIDR(text)
  return { address, bits }
}
