import { decodeHoled, type Unknown, type Value } from '../../lang/hcl/index.ts'
import { isEntries, isItems, Unknown as UnknownValue } from '../../lang/hcl/value.ts'
import { Absent, type Plain } from '../../resource.ts'

/** The value as plain data: numbers as JavaScript has them, what is unknown as an Absent. */
export function toPlain(value: Value): Plain {
  const { v } = value
  if (v === null || typeof v === 'string' || typeof v === 'boolean' || typeof v === 'number')
    return v
  if (v instanceof UnknownValue)
    return v.items === undefined ? toAbsent(v, value.marks?.from) : v.items.map(anyNumber)
  if (isItems(v)) return v.map(toPlain)
  if (isEntries(v)) return fields([...v].map(([name, item]) => [name, toPlain(item)] as const))
  return Number(v)
}

/** An unknown element of a list whose length is not known. */
function anyNumber(item: Value): Plain {
  return item.v instanceof UnknownValue && item.v.parts === undefined && item.v.json === undefined
    ? toAbsent(item.v, item.marks?.from, { many: true })
    : toPlain(item)
}

export function toAbsent(
  unknown: Unknown,
  from: readonly string[] | undefined,
  more: { readonly many?: boolean; readonly as?: Plain } = {},
): Absent {
  const json = unknown.json ?? withinText(unknown)
  const parts = unknown.parts ?? certain(unknown)
  return new Absent('unresolved', unknown.reason, {
    ...(unknown.as === undefined ? {} : { many: true, as: toPlain(unknown.as) }),
    ...more,
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map(part => (typeof part === 'string' ? part : null)),
          holes: parts.flatMap(part => (typeof part === 'string' ? [] : [part.reason])),
        }),
    ...(json === undefined ? {} : { json: toPlain(json) }),
    ...(from === undefined ? {} : { from }),
  })
}

/** A template that puts JSON into JSON: of the inner one is known what it is made of. */
function withinText({ parts }: Unknown): Value | undefined {
  const isNested = parts?.some(part => typeof part !== 'string' && part.json !== undefined)
  return parts !== undefined && isNested ? decodeHoled(parts, unmetered) : undefined
}

/** The text has been paid for by whatever made it. */
const unmetered = { budget: { spend() {} } }

/**
 * What a resource's own id or ARN is for certain where no expression has made something else of it: a text, and an ARN
 * begins as every ARN does, so a policy that names it does not name everything.
 */
function certain(unknown: Unknown): readonly (string | Unknown)[] | undefined {
  const { notNull, json, reason } = unknown
  if (json === undefined && texts.test(reason)) return [unknown]
  if (!notNull || json !== undefined) return undefined
  const [, name] =
    /\.(arn|id) is known (?:after apply|only when Terraform runs)$/.exec(reason) ?? []
  return name === 'arn' ? ['arn:', unknown] : name === 'id' ? [unknown] : undefined
}

/** Attributes that are texts whatever their values. */
const texts =
  /\bdata\.aws_(?:availability_zones\.\S+\.(?:names|zone_ids)\[\d+\]|caller_identity\.\S+\.(?:account_id|user_id)) is known only /

/** Names are users' data: no prototype that they could collide with. */
export function fields(entries: Iterable<readonly [string, Plain]>): { [name: string]: Plain } {
  const result: { [name: string]: Plain } = Object.create(null)
  for (const [name, value] of entries) result[name] = value
  return result
}
