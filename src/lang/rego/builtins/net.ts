import { type Machine, spend } from '../eval/machine.ts'
import { isArray, isObject, isSet } from '../value/kind.ts'
import { objectEntries } from '../value/object.ts'
import { RegoSet, type Value } from '../value/value.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import {
  type Address,
  lastAddress,
  type Network,
  parseAddress,
  parseNetwork,
  showAddress,
  showNetwork,
} from './cidr.ts'
import { mergeNetworks } from './cidr-merge.ts'
import { string } from './operands.ts'

export const net: Readonly<Record<string, BuiltinFunction>> = {
  'net.cidr_contains': (_, a, b) => contains(string(a, 1), string(b, 2)),
  'net.cidr_overlap': (_, a, b) => contains(string(a, 1), string(b, 2)),
  'net.cidr_contains_matches': (m, a, b) => containsMatches(m, a, b),
  'net.cidr_intersects': (_, a, b) => {
    const [x, y] = [network(string(a, 1)), network(string(b, 2))]
    return holds(x, y.address) || holds(y, x.address)
  },
  'net.cidr_expand': (m, a) => expand(m, string(a, 1)),
  'net.cidr_is_valid': (_, a) => typeof a === 'string' && parseNetwork(a) !== undefined,
  'net.cidr_merge': (m, a) => {
    const items = isArray(a) ? a : isSet(a) ? a.sorted() : undefined
    if (items === undefined) throw failure('operand must be an array')
    spend(m, items.length)
    return RegoSet.of(mergeNetworks(items.map(mergeable)).map(showNetwork))
  },
}

function network(text: string): Network {
  const parsed = parseNetwork(text)
  if (parsed === undefined) throw failure(`invalid CIDR address: ${text}`)
  return parsed
}

function holds({ address, prefix }: Network, other: Address): boolean {
  const shift = BigInt(address.bits - prefix)
  return address.bits === other.bits && address.value >> shift === other.value >> shift
}

function encloses(outer: Network, inner: Network): boolean {
  return holds(outer, inner.address) && holds(outer, lastAddress(inner))
}

function contains(outer: string, inner: string): boolean {
  const first = network(outer)
  const address = parseAddress(inner)
  if (address !== undefined) return holds(first, address)
  const second = parseNetwork(inner)
  if (second === undefined) {
    const reason = `not a valid textual representation of an IP address or CIDR: ${inner}`
    throw failure(reason)
  }
  return encloses(first, second)
}

type Labelled = readonly [label: Value, cidr: Value]

function containsMatches(m: Machine, a: Value, b: Value): Value {
  const matches = new RegoSet()
  const inner = labelled(b, 2)
  for (const [left, outerText] of labelled(a, 1)) {
    for (const [right, innerText] of inner) {
      spend(m, 16)
      if (contains(string(outerText, 1), string(innerText, 2))) matches.add([left, right])
    }
  }
  return matches
}

function labelled(value: Value, position: number): readonly Labelled[] {
  if (typeof value === 'string') return [[value, value]]
  if (isArray(value)) return value.map((item, i): Labelled => [i, cidrOf(item, position)])
  if (isSet(value)) return value.sorted().map((item): Labelled => [item, cidrOf(item, position)])
  if (isObject(value))
    return objectEntries(value).map(([key, item]): Labelled => [key, cidrOf(item, position)])
  return []
}

function cidrOf(item: Value, position: number): Value {
  if (typeof item === 'string') return item
  const first = isArray(item) ? item[0] : undefined
  if (first === undefined)
    throw failure(`operand ${position}: element must be string or non-empty array`)
  return first
}

function expand(m: Machine, text: string): Value {
  const { address, prefix } = network(text)
  const size = 1n << BigInt(address.bits - prefix)
  spend(m, Number(size) * 16)
  const all = new RegoSet()
  for (let i = 0n; i < size; i++)
    all.add(showAddress({ value: address.value + i, bits: address.bits }))
  return all
}

/** An address of its own is the network of its old class. */
function mergeable(item: Value): Network {
  if (typeof item !== 'string') throw failure('element must be string')
  const address = parseAddress(item)
  if (address === undefined) return network(item)
  if (address.bits !== 32) throw failure('IPv6 invalid: needs prefix length')
  const first = Number(address.value >> 24n)
  return { address, prefix: first < 128 ? 8 : first < 192 ? 16 : 24 }
}
