import type { Part, Path, Plain, Resource } from '../resource.ts'
import type { Tables } from '../vocabulary/load.ts'
import { sourcePath } from '../vocabulary/normalise.ts'
import { child, isList } from '../vocabulary/plain.ts'
import { linked } from './link.ts'
import { type Filter, shaped } from './shape.ts'
import { below, convert, type Place, put, type Touch } from './values.ts'

type Values = { [name: string]: unknown }

/**
 * One resource as policies read it: what its source declares (live: what is in effect), with the blocks that split
 * resources fill where older code writes them inline.
 */
export function resourceInput(tables: Tables, resource: Resource, touch: Touch): Values {
  const { declared } = resource.origin
  const form = declared === undefined ? 'normal' : 'declared'
  const spot = { resource, path: [], form } as const
  const values = linked<Values>({}, { parent: null, key: '', owner: resource, spot })
  const root: Place = { parent: null, key: '', resource, path: [] }
  if (declared === undefined) {
    const filter = isFoldedShell(resource) ? pieceFilter(tables, resource) : everything(resource)
    addShaped(values, {
      tables,
      resource,
      names: Object.keys(resource.attributes),
      filter,
      root,
      touch,
    })
    return values
  }
  const schema = tables.types.get(resource.type)?.schema
  const slots = new Set((resource.parts ?? []).map(({ at: [slot] }) => String(slot)))
  for (const name of Object.keys(declared.values))
    if (!slots.has(name))
      put(
        values,
        name,
        convert(declared.values[name], below(root, values, name), touch, schema?.[name]),
        touch,
      )
  for (const slot of slots) addSlot(values, slot, { tables, resource, root, touch })
  return values
}

interface Making {
  readonly tables: Tables
  readonly resource: Resource
  readonly root: Place
  readonly touch: Touch
}

/** What is declared inline comes first, as it is written, then what the pieces add. */
function addSlot(values: Values, slot: string, making: Making): void {
  const { tables, resource, root, touch } = making
  const own = resource.origin.declared?.values[slot]
  const pieces = new Set(
    (resource.parts ?? []).filter(part => part.at[0] === slot).map(part => part.at[1]),
  )
  const folded = resource.attributes[slot]
  const entry = tables.types.get(resource.type)?.schema[slot]
  const by = { filter: pieceFilter(tables, resource), touch }
  const at = below(root, values, slot)
  if (!isList(folded)) {
    put(values, slot, shaped(folded, entry, at, by), touch)
    return
  }
  const inline = convert(own, at, touch, entry)
  const onlyPieces = folded.map((element, index) => (pieces.has(index) ? element : undefined))
  const added = shaped(onlyPieces, entry, at, by)
  const value = [...listOf(inline.value), ...listOf(added.value)]
  put(values, slot, { value: relinked(value, at), notes: [...inline.notes, ...added.notes] }, touch)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

function relinked(value: unknown[], { parent, key }: Place): unknown[] {
  return linked(value, { parent, key })
}

function addShaped(
  values: Values,
  {
    tables,
    resource,
    names,
    filter,
    root,
    touch,
  }: Making & { names: readonly string[]; filter: Filter },
): void {
  const schema = tables.types.get(resource.type)?.schema
  for (const name of names) {
    const at = below(root, values, name)
    put(
      values,
      name,
      shaped(resource.attributes[name], schema?.[name], at, { filter, touch }),
      touch,
    )
  }
}

function isFoldedShell({ shell, parts }: Resource): boolean {
  return shell === true && parts !== undefined
}

/** Live every value is one in effect. Code that does not say what it declares at least says where. */
function everything({ origin }: Resource): Filter {
  const { locate } = origin
  return {
    keeps: ({ path }) => locate === undefined || locate(path) !== null,
    place: at => at,
    raw: () => undefined,
  }
}

/** Of a piece, only what its own source declares; and everything that no piece filled. */
function pieceFilter(tables: Tables, resource: Resource): Filter {
  const find = (path: Path) => pieceAt(tables, resource.parts ?? [], path)
  return {
    keeps({ path }, value) {
      const found = find(path)
      if (found === null || found.isDeclared) return true
      // What the fold itself says of a piece; its empty lists stand for nothing.
      const isEmpty = value === false || (isList(value) && value.length === 0)
      return !isEmpty && isConstant(tables, found.of, found.path)
    },
    place(at) {
      const found = find(at.path)
      if (found === null) return at
      return { ...at, spot: { resource: found.of, path: found.path, form: 'normal' } }
    },
    raw({ path }) {
      const found = find(path)
      return found?.of.origin.declared && follow(found.of.origin.declared.values, found.source)
    },
  }
}

interface Piece {
  readonly of: Resource
  /** As checks read it. */
  readonly path: Path
  /** As it is declared. */
  readonly source: Path
  readonly isDeclared: boolean
}

/** The piece that filled a path of its parent; the longest part that leads there decides. */
function pieceAt(tables: Tables, parts: readonly Part[], path: Path): Piece | null {
  let best: Part | null = null
  for (const part of parts)
    if (isWithin(part.at, path) && part.at.length >= (best?.at.length ?? 0)) best = part
  if (best === null) return null
  // A list that a piece makes of its one value: `cidr_blocks` of `cidr_ipv4`.
  const first = parts.find(
    ({ at }) => at.length === path.length + 1 && at.at(-1) === 0 && isWithin(path, at),
  )
  return first === undefined ? pieceOf(tables, best, path) : pieceOf(tables, first, first.at)
}

function pieceOf(tables: Tables, { of, at, path: from }: Part, path: Path): Piece {
  const inner = [...from, ...path.slice(at.length)]
  const values = of.origin.declared?.values
  if (values === undefined) return { of, path: inner, source: inner, isDeclared: true }
  const source = sourcePath(tables, of.type, values, inner)
  return { of, path: inner, source, isDeclared: follow(values, source) !== undefined }
}

function isWithin(outer: Path, inner: Path): boolean {
  return outer.every((key, at) => key === inner[at])
}

/** No attribute of the piece is called so. */
function isConstant(tables: Tables, { type }: Resource, path: Path): boolean {
  const [name] = path
  const schema = tables.types.get(type)?.schema
  return typeof name === 'string' && schema !== undefined && !Object.hasOwn(schema, name)
}

function follow(value: Plain, path: Path): Plain {
  let at = value
  for (const key of path) at = child(at, key)
  return at === null ? undefined : at
}
