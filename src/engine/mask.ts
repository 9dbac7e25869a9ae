import { holdsSecret } from '../check-kit/secrets.ts'
import { Absent, type Path, type Plain, type Resource } from '../resource.ts'
import type { Knowledge } from './knowledge.ts'
import { writtenAt } from './locate.ts'

export const hidden = '(hidden)'

/** A value as a report may show it: secrets hidden, what is absent null, and no more of it than a person reads. */
export function shown(resource: Resource, path: Path, value: Plain, knows: Knowledge): unknown {
  return show(value, path, { resource, knows, left: maxValues })
}

/** The resource's name, or the last part of its address where the name comes from a sensitive value. */
export function publicName({ name, attributes, origin }: Resource): string {
  const isHidden = Object.keys(attributes).some(
    key => attributes[key] === name && origin.sensitive?.([key]),
  )
  return isHidden ? (/([\w-]+)(?:\[[^[\]]*\])?$/.exec(origin.address ?? '')?.[1] ?? hidden) : name
}

interface Asking {
  readonly resource: Resource
  readonly knows: Knowledge
  /** How many more values are shown. */
  left: number
}

function show(value: Plain, path: Path, asking: Asking): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  if (asking.left-- <= 0) return '…'
  if (isSecretPlace(path, asking)) return hidden
  if (value instanceof Absent) return isText(value) ? show(textOf(value), path, asking) : null
  if (typeof value === 'string') return isSecret(value, path) ? hidden : shortened(value)
  if (typeof value !== 'object') return value
  if (isArray(value)) {
    const items = value.slice(0, maxItems).map((item, at) => show(item, [...path, at], asking))
    return value.length > maxItems ? [...items, `… ${value.length - maxItems} more`] : items
  }
  const fields = Object.entries(value).filter(([, field]) => isThere(field))
  const shownFields = fields
    .slice(0, maxItems)
    .map(([key, field]) => [key, show(field, [...path, key], asking)] as const)
  return Object.fromEntries(shownFields)
}

const maxValues = 100
const maxItems = 20
const maxLength = 400

/** A block's many unset attributes tell nothing. */
function isThere(value: Plain): boolean {
  if (value === undefined || value === null) return false
  return !(typeof value === 'object' && isArray(value) && value.length === 0)
}

function isText(value: Absent): boolean {
  return value.parts?.some(part => part !== null && part !== '') ?? false
}

/** `arn:aws:s3:::…/*` */
function textOf({ parts = [] }: Absent): string {
  return parts.map(part => part ?? '…').join('')
}

function shortened(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
}

function isSecretPlace(path: Path, { resource, knows }: Asking): boolean {
  if (path.length === 0) return false
  if (knows.isSecret(resource.type, path)) return true
  const written = writtenAt(resource, path)
  if (written.resource !== resource && knows.isSecret(written.resource.type, written.path))
    return true
  return written.resource.origin.sensitive?.(written.path) ?? false
}

function isSecret(value: string, path: Path): boolean {
  const name = path.findLast(key => typeof key === 'string')
  if (typeof name === 'string' && secretName.test(name)) return true
  return !value.startsWith('arn:') && (holdsSecret(value) || isRandom(value))
}

/** Variables and attributes that no vocabulary knows: `API_TOKEN` in an environment. */
export const secretName =
  /(^|[_.-])(pass(word|wd|phrase)?|pwd|secret|secret_?key|token|private_?key|api_?key|(secret_)?access_?key|account_?key|credentials?|connection_?string|client_?secret|auth_?key|secret_(string|binary)|(user|custom)_data)(_base64|_wo|_pem)?$/i

/** A long word in which upper, lower and digits are well mixed, as a generated key is and a name is not. */
function isRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+/=_-]{32,512}$/.test(text)) return false
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text)) return false
  return entropy(text) > 4.2
}

function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

function isArray(value: object): value is readonly Plain[] {
  return Array.isArray(value)
}
