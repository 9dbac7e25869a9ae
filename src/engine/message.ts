import type { Absent, Path } from '../resource.ts'
import { formatPath } from './locate.ts'
import { hidden } from './mask.ts'

/** One line, and nothing in it that a terminal obeys or that turns the reading direction. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(steering, '')
}

/** Marks and overrides of the reading direction. */
const steering = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** `encrypted is false`, `acl is public-read`, `kms_key_id is not set`. */
export function describe(path: Path, value: unknown): string {
  return `${formatPath(path)} ${predicate(value)}`
}

function predicate(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'is not set'
  if (value === hidden) return 'has a value that is at fault'
  if (Array.isArray(value)) {
    if (value.length === 0) return 'is empty'
    const items = value.filter(item => typeof item !== 'object')
    if (items.length === value.length) return `is ${items.slice(0, 5).map(word).join(', ')}`
  }
  return typeof value === 'object' ? 'is not as it has to be' : `is ${word(value)}`
}

function word(value: unknown): string {
  const text = String(value)
  return /^[\w.:/*+-]{1,200}$/.test(text) ? text : JSON.stringify(text.slice(0, 200))
}

/** Why a value is not known: which variable, which permission. */
export function reasonOf(absent: Absent, path: Path): string {
  if (absent.kind === 'denied') return `no permission for ${absent.reason}`
  if (absent.kind === 'pending') return `${formatPath(path)} was not collected`
  return absent.reason
}
