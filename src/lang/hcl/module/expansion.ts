import type { Attribute, Range } from '../ast.ts'
import { limitSummary } from '../hcl-error.ts'
import { isUnknown, string } from '../make.ts'
import { joinMarks, mark } from '../marks.ts'
import type { Scope } from '../scope.ts'
import { compareText } from '../text-order.ts'
import type { Marks, Value } from '../value.ts'
import { type Declaration, fileOf } from './declaration.ts'
import type { ParsedFile } from './files.ts'
import { type ProblemKind, problemAt } from './problem.ts'
import { evaluateIn, mostInstances, type Run } from './run.ts'

/** How many instances a block makes, and by which keys. */
export type Expansion =
  | { readonly kind: 'single' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'each'; readonly entries: ReadonlyMap<string, Value> }
  | {
      readonly kind: 'unknown'
      readonly of: 'count' | 'for_each'
      readonly reason: string
      readonly marks?: Marks | undefined
      /** More than is allowed: no instance is made, and what refers to one is unknown. */
      readonly isRefused?: boolean
    }

/** Stands for all instances of a block whose number is not known. */
export const anyKey: unique symbol = Symbol('any instance')
/** Null where the block makes one instance and no more. */
export type InstanceKey = string | number | typeof anyKey | null

export function expand(
  declaration: Declaration,
  address: string,
  scope: Scope,
  run: Run,
): Expansion {
  const count = declaration.body.attributes.get('count')
  const each = declaration.body.attributes.get('for_each')
  if (count !== undefined && each !== undefined) {
    const detail =
      'The "count" and "for_each" meta-arguments are mutually-exclusive: only one can say how many instances there are.'
    const file = fileOf(declaration, each)
    run.log.add(
      problemAt(
        'invalid',
        file,
        each.nameRange,
        'Invalid combination of "count" and "for_each"',
        detail,
      ),
    )
  }
  if (each !== undefined) return byKeys(place(declaration, each, address, run), scope)
  if (count !== undefined) return byCount(place(declaration, count, address, run), scope)
  return { kind: 'single' }
}

interface Place {
  readonly attribute: Attribute
  readonly range: Range
  readonly file: ParsedFile
  readonly address: string
  readonly run: Run
}

function place(declaration: Declaration, attribute: Attribute, address: string, run: Run): Place {
  const file = fileOf(declaration, attribute)
  return { attribute, range: attribute.expr.range, file, address, run }
}

function byCount(at: Place, scope: Scope): Expansion {
  const value = evaluateIn(at.attribute.expr, scope, at.file, at.run)
  if (isUnknown(value)) return unresolved(at, 'count', value.v.reason, value.marks)
  const count = wholeNumber(value)
  if (typeof count === 'string')
    return refused(at, 'count', 'invalid', 'Invalid count argument', count)
  if (count > mostInstances || !at.run.admit(count)) return overLimit(at, 'count', count)
  return { kind: 'count', count }
}

/** The number, or in words why there is none. */
function wholeNumber(value: Value): number | string {
  const given = 'The given "count" argument value is'
  if (value.v === null) return `${given} null. An integer is required.`
  if (value.marks?.sensitive) return 'Sensitive values cannot be used as count arguments.'
  const isText = typeof value.v === 'string' && value.v.trim() !== ''
  const number = value.type === 'number' || isText ? Number(value.v) : Number.NaN
  if (Number.isNaN(number)) return `${given} unsuitable: a number is required.`
  if (number < 0) return `${given} unsuitable: must be greater than or equal to zero.`
  if (!Number.isInteger(number)) return `${given} unsuitable: a whole number is required.`
  return number
}

function byKeys(at: Place, scope: Scope): Expansion {
  const summary = 'Invalid for_each argument'
  const value = evaluateIn(at.attribute.expr, scope, at.file, at.run)
  if (isUnknown(value)) return unresolved(at, 'for_each', value.v.reason, value.marks)
  if (value.v === null) {
    const detail =
      'The given "for_each" argument value is null. A map, or set of strings is allowed.'
    return refused(at, 'for_each', 'invalid', summary, detail)
  }
  const entries = entriesOf(value, at)
  if (!(entries instanceof Map)) return entries
  if (value.marks?.sensitive) {
    // Terraform refuses; what the instances would be is known all the same.
    const detail =
      'Sensitive values, or values derived from sensitive values, cannot be used as for_each arguments: a resource instance key would expose them.'
    at.run.log.add(problemAt('invalid', at.file, at.range, summary, detail))
  }
  if (entries.size > mostInstances || !at.run.admit(entries.size))
    return overLimit(at, 'for_each', entries.size)
  return { kind: 'each', entries }
}

function entriesOf(value: Value, at: Place): Map<string, Value> | Expansion {
  const { v, type, marks } = value
  if (v instanceof Map) {
    const sorted = [...v.keys()].sort(compareText)
    return new Map(sorted.map(key => [key, mark(v.get(key) ?? value, marks)]))
  }
  const kind = typeof type === 'string' ? type : type[0]
  if (kind !== 'set' || !Array.isArray(v)) {
    const detail = `The given "for_each" argument value is unsuitable: the "for_each" argument must be a map, or set of strings, and you have provided a value of type ${kind}.`
    return refused(at, 'for_each', 'invalid', 'Invalid for_each argument', detail)
  }
  const entries = new Map<string, Value>()
  for (const item of v) {
    if (item.v === null || (typeof item.v !== 'string' && !isUnknown(item))) {
      const element = item.v === null ? 'null values' : `type ${String(item.type)}`
      const detail = `The given "for_each" argument value is unsuitable: "for_each" supports maps and sets of strings, but you have provided a set containing ${element}.`
      return refused(at, 'for_each', 'invalid', 'Invalid for_each set argument', detail)
    }
    if (isUnknown(item))
      return unresolved(at, 'for_each', item.v.reason, joinMarks(marks, item.marks))
    entries.set(item.v, mark(string(item.v), marks))
  }
  return entries
}

function unresolved(
  at: Place,
  of: 'count' | 'for_each',
  reason: string,
  marks: Marks | undefined,
): Expansion {
  const detail = `The "${of}" value depends on what cannot be determined yet (${reason}), so Terraform cannot tell how many instances there will be.`
  at.run.log.add(
    problemAt('unresolved', at.file, at.range, `Invalid ${of} argument`, detail, at.address),
  )
  return { kind: 'unknown', of, reason, marks }
}

function overLimit(at: Place, of: 'count' | 'for_each', size: number): Expansion {
  const detail = `${size} instances of ${at.address} are more than are allowed: none is made.`
  return { ...refused(at, of, 'limit', limitSummary, detail), isRefused: true }
}

function refused(
  at: Place,
  of: 'count' | 'for_each',
  kind: ProblemKind,
  summary: string,
  detail: string,
): Expansion & { readonly kind: 'unknown' } {
  at.run.log.add(problemAt(kind, at.file, at.range, summary, detail, at.address))
  return { kind: 'unknown', of, reason: detail }
}

/** `aws_s3_bucket.logs["a"]`. */
export function withKey(address: string, key: InstanceKey): string {
  if (key === null) return address
  if (key === anyKey) return `${address}[*]`
  return `${address}[${typeof key === 'number' ? key : JSON.stringify(key)}]`
}
