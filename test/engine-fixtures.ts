import { type Check, check, type ResourceType } from '../src/check.ts'
import type { Knowledge } from '../src/engine/knowledge.ts'
import { Absent, type Attributes, type Plain, type Resource } from '../src/resource.ts'

/** A resource of code, as a source and the fold would leave it. */
export function resource(attributes: Attributes, more: Partial<Resource> = {}): Resource {
  const type = more.type ?? 'aws_thing'
  const id = more.id ?? `${type}.a`
  return {
    type,
    id,
    name: 'a',
    account: null,
    region: null,
    attributes,
    partial: hasAbsent(attributes),
    origin: { source: 'terraform', address: id, span: null, root: '' },
    ...more,
  }
}

export function unknown(reason = 'var.x has no value', more: { many?: boolean } = {}): Absent {
  return new Absent('unresolved', reason, more)
}

export function pending(reason = 'aws:Get'): Absent {
  return new Absent('pending', reason)
}

export function denied(reason = 'aws:Get'): Absent {
  return new Absent('denied', reason)
}

/** A check of a made-up type: `pass` sees whatever the test says it sees. */
export function thing<T>(
  pass: (thing: T, context: { related(type: string, of?: T): readonly T[] }) => boolean,
  more: { [name: string]: unknown } = {},
): Check {
  const input = {
    id: 'thing_is_good',
    title: 'Things are good',
    severity: 'high',
    why: 'Bad things happen.',
    fix: 'Set `good = true`.',
    bad: [],
    pass,
    ...more,
  }
  return check<ResourceType>(['aws_thing'] as never, input as never)
}

/** Kinds by dotted path, where `[]` is any index. */
export function knowing(
  kinds: Readonly<Record<string, ReturnType<Knowledge['kindOf']>>> = {},
  secrets: readonly string[] = [],
): Knowledge {
  const name = (path: readonly (string | number)[]) =>
    path.map(key => (typeof key === 'number' ? '[]' : key)).join('.')
  return {
    kindOf: (_, path) => kinds[name(path)],
    isSecret: (_, path) => secrets.includes(name(path)),
  }
}

function hasAbsent(value: Plain): boolean {
  if (value instanceof Absent) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasAbsent)
}
