import type { Plain } from '../resource.ts'

/** How one resource type is a piece of another: `aws_s3_bucket_versioning` of `aws_s3_bucket`. */
export interface Fold {
  readonly child: string
  readonly parent: string
  /** The child's attribute that names its parent, dotted; a list names several parents. */
  readonly link: string
  /** The parent's attributes that the link may equal; default: `id` and what names the parent. */
  readonly by?: readonly string[]
  /** The parent's attribute that the child fills. */
  readonly into: string
  /** Whether the slot is an array that each child adds to. */
  readonly many?: true
  /** The fold holds for children with this attribute value only. */
  readonly when?: { readonly attribute: string; readonly equals: Plain }
  readonly take: Take
}

/**
 * What of the child fills the slot: the value at a dotted path; a constant; an object made of fields, by dotted names;
 * with `each` one such element for every element of the child's array there, the element itself where no field is named.
 */
export type Take =
  | string
  | { readonly is: Plain }
  | { readonly fields: Readonly<Record<string, Field>>; readonly each?: string }

/** A dotted path in the child (in the element, with `each`), perhaps changed on the way, or a constant. */
export type Field =
  | string
  | {
      readonly from: string
      readonly as?: (value: Plain) => Plain
      /** What the child says for a value of the parent's; without it nothing can be written back. */
      readonly back?: (value: Plain) => Plain
      /** The value becomes the only element of a list; nothing becomes an empty one. */
      readonly list?: true
    }
  | { readonly is: Plain }

/** A type that is another one by a different name: `aws_default_vpc` is an `aws_vpc`. */
export interface Alias {
  readonly type: string
  readonly of: string
  readonly set: Readonly<Record<string, Plain>>
}

/** What is written in a child. */
export interface Writing {
  /** Names alone: of a block's list the one block. */
  readonly path: readonly string[]
  readonly value: Plain
}

/** How a child says what stands at a path of its slot; null where it cannot. */
export function writtenIn({ take }: Fold, path: readonly string[], value: Plain): Writing | null {
  if (typeof take === 'string') return { path: [...names(take), ...path], value }
  if ('is' in take || take.each !== undefined) return null
  const name = Object.keys(take.fields)
    .filter(each => `${path.join('.')}.`.startsWith(`${each}.`))
    .sort((a, b) => b.length - a.length)[0]
  const field = name === undefined ? undefined : take.fields[name]
  if (name === undefined || field === undefined) return null
  const rest = path.slice(name.split('.').length)
  if (typeof field === 'string') return { path: [...names(field), ...rest], value }
  if ('is' in field || field.list || rest.length > 0) return null
  if (field.as === undefined) return { path: names(field.from), value }
  return field.back === undefined ? null : { path: names(field.from), value: field.back(value) }
}

function names(path: string): readonly string[] {
  return path.split('.').filter(step => !/^\d+$/.test(step))
}
