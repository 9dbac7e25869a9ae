import { list, string } from '../make.ts'
import { type Address, formatAddress, parseCidr } from './address.ts'
import { type Functions, integerOf, param, plain, textOf } from './define.ts'
import { FunctionError } from './spec.ts'

export const network: Functions = {
  cidrhost: plain({ prefix: 'string', hostnum: 'whole' }, 'string', ({ prefix, hostnum }) => {
    const { address, length } = cidrOf(prefix)
    const size = 1n << BigInt(address.bits - length)
    if (hostnum >= size || hostnum < -size)
      throw new FunctionError(`a prefix of ${length} has no host ${hostnum}`, 1)
    const host = hostnum < 0n ? size + hostnum : hostnum
    return formatAddress({ ...address, value: address.value | (host << hostShift(address)) })
  }),
  cidrnetmask: plain({ prefix: 'string' }, 'string', ({ prefix }) => {
    const { address, length } = cidrOf(prefix)
    if (address.bits !== 32) throw new FunctionError('IPv6 addresses have no netmask', 0)
    return formatAddress({ bits: 32, value: maskOf(32, length) })
  }),
  cidrsubnet: plain(
    { prefix: 'string', newbits: 'integer', netnum: 'whole' },
    'string',
    ({ prefix, newbits, netnum }) => {
      const { address, length } = cidrOf(prefix)
      const extended = length + Number(newbits)
      if (extended > address.bits || extended < 0)
        throw new FunctionError(`no room to extend a prefix of ${length} by ${newbits}`, 1)
      if (newbits >= 0n && netnum >= 1n << newbits)
        throw new FunctionError(`${newbits} bits do not hold a subnet ${netnum}`, 2)
      // A negative number is or-ed in two's complement, and the sign of the result is dropped.
      const value = address.value | (netnum << BigInt(address.bits - extended))
      return `${formatAddress({ ...address, value: value < 0n ? -value : value })}/${extended}`
    },
  ),
  cidrsubnets: {
    params: [param('prefix', 'string')],
    variadic: param('newbits', 'number'),
    returns: ['list', 'string'],
    call: ([prefix, ...newbits]) =>
      list(
        'string',
        subnets(
          textOf(prefix),
          newbits.map((bits, i) => Number(integerOf(bits, i + 1))),
        ).map(string),
      ),
  },
}

/** One behind the other, each at the next multiple of its size. */
function subnets(prefix: string, newbits: readonly number[]): string[] {
  const { address, length } = cidrOf(prefix)
  const end = address.value + (1n << BigInt(address.bits - length))
  let next = address.value
  return newbits.map((bits, i) => {
    const extended = length + bits
    if (bits < 1 || bits > 32 || extended > address.bits)
      throw new FunctionError(`cannot extend a prefix of ${length} by ${bits} bits`, i + 1)
    const size = 1n << BigInt(address.bits - extended)
    const start = ((next + size - 1n) / size) * size
    if (start + size > end) throw new FunctionError(`no room for a prefix of ${extended}`, i + 1)
    next = start + size
    return `${formatAddress({ ...address, value: start })}/${extended}`
  })
}

function cidrOf(text: string): { readonly address: Address; readonly length: number } {
  const parsed = parseCidr(text)
  if (parsed === undefined) throw new FunctionError(`not a CIDR prefix: ${JSON.stringify(text)}`, 0)
  const { address, length } = parsed
  const mask = maskOf(address.bits, length)
  return { address: { ...address, value: address.value & mask }, length }
}

function maskOf(bits: number, length: number): bigint {
  return ((1n << BigInt(length)) - 1n) << BigInt(bits - length)
}

/** Terraform takes an IPv4 address within IPv6 for one of 32 bits and counts its hosts too high. */
function hostShift(address: Address): bigint {
  return address.bits === 128 && address.value >> 32n === 0xffffn ? 96n : 0n
}
