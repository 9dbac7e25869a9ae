import type { Severity } from '../finding.ts'
import type { Json, Made } from '../lang/rego/index.ts'
import { toJson } from '../lang/rego/value/json.ts'
import { severityOf } from './card.ts'

/** One message of a rule, with what it says beside it. */
export interface Denial {
  /** Null where a rule only says that it denies. */
  readonly message: string | null
  readonly severity: Severity | null
  readonly title: string | null
  readonly remediation: string | null
  /** What the message is about: an address, an id or a name. */
  readonly resource: string | null
  readonly resourceType: string | null
  /** Where in it. */
  readonly path: string | null
}

/** What a rule made, as its denials; text says why it is none. */
export function denialsOf(
  made: Pick<Made, 'path' | 'value'>,
  depth: number,
): readonly Denial[] | string {
  const [key] = made.path.slice(depth)
  const value = toJson(made.value)
  // With `if` and without `contains`, a rule with brackets is an object whose keys are the messages.
  if (key !== undefined) return read(withDetails(toJson(key), value))
  return Array.isArray(value) ? all(value) : read(value)
}

function all(values: readonly Json[]): readonly Denial[] | string {
  const denials: Denial[] = []
  for (const value of values) {
    const each = read(value)
    if (typeof each === 'string') return each
    denials.push(...each)
  }
  return denials
}

function withDetails(key: Json, value: Json): Json {
  return typeof key === 'string' && isObject(value) ? { msg: key, ...value } : key
}

function read(value: Json): readonly Denial[] | string {
  if (value === false) return []
  if (value === true) return [bare]
  if (typeof value === 'string') return [{ ...bare, message: text(value) }]
  if (!isObject(value)) return `gives ${nameOf(value)}, where a string or an object is wanted`
  const message = text(value.msg) ?? text(value.message) ?? text(value.details)
  if (message === null) return "gives an object without 'msg'"
  const { severity } = value
  if (severity !== undefined && severity !== null && severityOf(severity) === null)
    return `gives the severity ${JSON.stringify(severity)}`
  const inner = isObject(value.resource) ? value.resource : {}
  return [
    {
      message,
      severity: severityOf(severity),
      title: text(value.title),
      remediation: text(value.remediation),
      resource:
        text(value.address) ??
        text(value.resource_id) ??
        text(value.resource) ??
        text(inner.address) ??
        text(inner.id) ??
        text(value.id) ??
        text(value.resource_name) ??
        text(value.name),
      resourceType: text(value.resource_type) ?? text(inner.type) ?? text(value.type),
      path: text(value.path) ?? text(value.attribute) ?? text(value.resource_attribute),
    },
  ]
}

const bare: Denial = {
  message: null,
  severity: null,
  title: null,
  remediation: null,
  resource: null,
  resourceType: null,
  path: null,
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function nameOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
