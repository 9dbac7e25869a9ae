import {
  bool,
  decodeHoled,
  isEntries,
  isItems,
  isUnknown,
  nullOf,
  number,
  object,
  string,
  tuple,
  type Unknown,
  type Value,
} from '../../lang/hcl/index.ts'

/** JSON text of a document without holes. */
export function documentText(document: Value, indent: number): string {
  return JSON.stringify(plain(document), null, indent)
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

function plain({ v }: Value): Json {
  if (v === null || typeof v === 'string' || typeof v === 'boolean') return v
  if (isItems(v)) return v.map(plain)
  if (!isEntries(v)) return Number(v)
  const fields: { [name: string]: Json } = Object.create(null)
  for (const [name, value] of v) fields[name] = plain(value)
  return fields
}

/** What is not known in it, if anything. */
export function firstHole(value: Value): Unknown | undefined {
  if (isUnknown(value)) return value.v
  const { v } = value
  const inner = isItems(v) ? v : isEntries(v) ? v.values() : []
  for (const item of inner) {
    const hole = firstHole(item)
    if (hole !== undefined) return hole
  }
  return undefined
}

/** The document that a text holds; undefined where it is no JSON. */
export function parsedDocument(text: Value): Value | undefined {
  if (typeof text.v !== 'string') return undefined
  try {
    const parsed: Json = JSON.parse(text.v)
    return fromJson(parsed)
  } catch {
    // The provider would refuse it; what the document says is then nobody's to know.
    return undefined
  }
}

/** The document that a partly known text holds; undefined where too little of it is known. */
export function holedDocument({ json, parts }: Unknown): Value | undefined {
  return json ?? (parts === undefined ? undefined : decodeHoled(parts, unmetered))
}

/** The text has been paid for by whatever made it. */
const unmetered = { budget: { spend() {} } }

function fromJson(json: Json): Value {
  if (json === null) return nullOf('dynamic')
  if (typeof json === 'string') return string(json)
  if (typeof json === 'number') return number(json)
  if (typeof json === 'boolean') return bool(json)
  if (isList(json)) return tuple(json.map(fromJson))
  return object(Object.entries(json).map(([name, value]) => [name, fromJson(value)] as const))
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}
