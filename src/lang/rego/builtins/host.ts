import { parseSignatures } from '../types/parse.ts'
import { anything, type Signature } from '../types/type.ts'
import { fromBigInt } from '../value/big.ts'
import { type Json, toJson } from '../value/json.ts'
import { define } from '../value/object.ts'
import { RegoSet, type Value } from '../value/value.ts'
import { type Builtin, BuiltinFailure, failure } from './builtin.ts'

/** A function that the host lends to policies. It has to give the same answer for the same arguments. */
export interface HostFunction {
  readonly arity: number
  /**
   * Types of the arguments and of the answer, for the type checker: `string [...any] -> {...string:any}`. `[T,…,...T]`
   * is an array, `<T>` a set, `{name:T,...K:V}` an object, `(A|B)` a union. Anything where it is left out.
   */
  readonly types?: string
  /**
   * Arguments come as plain JSON, sets as sorted arrays. The answer is JSON, in which a Set is a set; undefined where
   * there is none. What is thrown is an error of the builtin: the call has no value.
   */
  readonly run: (...args: readonly Json[]) => unknown
}

export function hostBuiltin(name: string, { arity, types, run }: HostFunction): Builtin {
  return {
    signature: signatureOf(name, arity, types),
    run: (_, ...args) => {
      try {
        return fromHost(run(...args.map(toJson)), 0)
      } catch (error) {
        if (error instanceof BuiltinFailure) throw error
        throw failure(error instanceof Error ? error.message : String(error))
      }
    },
  }
}

function signatureOf(name: string, arity: number, types: string | undefined): Signature {
  if (types === undefined) return { args: Array(arity).fill(anything), result: anything }
  const signature = parseSignatures(`${name} ${types}`).get(name)
  if (signature?.args.length !== arity)
    throw new TypeError(`the types of the function ${name} do not fit its ${arity} arguments`)
  return signature
}

const deepest = 1000

function fromHost(value: unknown, depth: number): Value | undefined {
  if (depth > deepest) throw failure('the answer is nested too deeply')
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value
    case 'number':
      if (Number.isFinite(value)) return value || 0
      throw failure('the answer holds a number that is not finite')
    case 'bigint':
      return fromBigInt(value)
    case 'object':
      return value === null ? null : fromObject(value, depth + 1)
    default:
      throw failure(`the answer holds a ${typeof value}`)
  }
}

function fromObject(value: object, depth: number): Value {
  if (Array.isArray(value)) return value.map(item => fromHost(item, depth) ?? null)
  if (value instanceof Set)
    return RegoSet.of([...value].map(member => fromHost(member, depth) ?? null))
  const object: { [key: string]: Value } = {}
  for (const [key, member] of Object.entries(value)) {
    const converted = fromHost(member, depth)
    if (converted !== undefined) define(object, key, converted)
  }
  return object
}
