import { isUnknown, string, unknown } from '../make.ts'
import { children } from '../marks.ts'
import { Unknown, type Value } from '../value.ts'

/** A string of which some is known; wholly known where no part is a hole. */
export function partial(parts: readonly (string | Unknown)[]): Value {
  const flat: (string | Unknown)[] = []
  for (const part of parts) {
    const pieces = part instanceof Unknown && part.parts !== undefined ? part.parts : [part]
    for (const piece of pieces) {
      const last = flat.at(-1)
      if (typeof piece === 'string' && typeof last === 'string')
        flat[flat.length - 1] = last + piece
      else if (piece !== '') flat.push(piece)
    }
  }
  const hole = flat.find(piece => piece instanceof Unknown)
  if (hole === undefined) return string(flat.join(''))
  if (flat.length === 1) return unknown('string', hole)
  const more = flat.length > maxPieces ? { notNull: true } : { parts: flat }
  return unknown('string', new Unknown(hole.reason, more))
}

/** More pieces than this say nothing to anyone. */
const maxPieces = 1000

/** A string's text, or its hole. */
export function pieceOf(value: Value): string | Unknown {
  if (isUnknown(value)) return value.v
  return typeof value.v === 'string' ? value.v : ''
}

/** What a partly known string begins with for certain. */
export function knownPrefix(hole: Unknown): string {
  const first = hole.parts?.[0]
  if (typeof first !== 'string') return ''
  // A combining mark may follow and change the last letter.
  return /[-_./:@ ]$/.test(first) ? first : first.slice(0, -1)
}

export function knownSuffix(hole: Unknown): string {
  const last = hole.parts?.at(-1)
  return typeof last === 'string' ? last : ''
}

/** The same holes, with the literal text between them changed. */
export function mapKnown(hole: Unknown, change: (text: string) => string): Value {
  if (hole.parts === undefined) return unknown('string', new Unknown(hole.reason))
  const parts = hole.parts.map(part =>
    typeof part === 'string' ? change(part) : new Unknown(part.reason),
  )
  return unknown('string', new Unknown(hole.reason, { parts }))
}

/** The first unknown at any depth, of a value that is not wholly known. */
export function deepUnknown(value: Value): Unknown {
  const found = findUnknown(value)
  if (found === undefined) throw new Error('the value is known')
  return found
}

function findUnknown(value: Value): Unknown | undefined {
  if (isUnknown(value)) return value.v
  for (const item of children(value)) {
    const found = findUnknown(item)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a string of which not all is known is neither null nor empty: a resource's id and ARN never are. */
export function isSurelyText({ json, parts, notNull, reason }: Unknown): boolean {
  if (json !== undefined) return true
  if (parts !== undefined) return parts.some(part => typeof part === 'string' && part !== '')
  return notNull && /\.(?:id|arn) is known (?:after apply|only when Terraform runs)$/.test(reason)
}
