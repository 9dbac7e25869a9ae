import { Absent, type Path, type Plain } from '../resource.ts'
import { coerce } from '../vocabulary/coerce.ts'
import type { Field, Fold } from '../vocabulary/fold.ts'
import type { TypeTable } from '../vocabulary/load.ts'
import { type Fields, isList, child as step } from '../vocabulary/plain.ts'
import { singleRules } from '../vocabulary/rules.ts'

/** One value for the parent's slot, and where in the child each part of it came from. */
export interface Piece {
  readonly value: Plain
  readonly from: readonly Source[]
}

export interface Source {
  /** Within the piece. */
  readonly at: Path
  /** In the child. */
  readonly path: Path
}

/** A fold, made ready for many children. */
export interface Joint {
  readonly fold: Fold
  readonly link: readonly string[]
  /** What of the child fills the slot, in the parent's shape; nothing where the child says nothing of it. */
  readonly pieces: (child: Fields) => readonly Piece[]
}

export function jointOf(fold: Fold, parent: TypeTable): Joint {
  const field = parent.plan('code').byName.get(fold.into)
  const rules = parent.statement.rules?.[fold.into]
  const take = taker(fold)
  const shaped = (piece: Piece): readonly Piece[] => {
    if (field === undefined) return []
    const value = fold.many ? step(coerce(field, [piece.value]), 0) : coerce(field, piece.value)
    if (rules === undefined) return [{ value, from: piece.from }]
    return singleRules(rules, [value]).map(({ rule, source }) => {
      if (source === undefined) return { value: rule, from: piece.from }
      const at = [source.attribute, source.index]
      const origin = { at: [source.attribute, 0], path: sourceOf(piece.from, at) }
      return { value: rule, from: [origin, ...piece.from.filter(each => each.at[0] !== at[0])] }
    })
  }
  return { fold, link: fold.link.split('.'), pieces: child => take(child).flatMap(shaped) }
}

/** The path in the child: the longest source that leads there decides. */
function sourceOf(from: readonly Source[], path: Path): Path {
  let best: Source | undefined
  for (const source of from)
    if (
      source.at.every((each, at) => each === path[at]) &&
      source.at.length >= (best?.at.length ?? 0)
    )
      best = source
  return best === undefined ? path : [...best.path, ...path.slice(best.at.length)]
}

function taker({ take }: Fold): (child: Fields) => readonly Piece[] {
  if (typeof take === 'string') {
    const path = steps(take)
    const from = [{ at: [], path }]
    return child => {
      const value = valueAt(child, path)
      return isNothing(value) ? [] : [{ value, from }]
    }
  }
  if ('is' in take) {
    const constant = [{ value: take.is, from: [{ at: [], path: [] }] }]
    return () => constant
  }
  const make = maker(take.fields)
  if (take.each === undefined) return child => [make(child, [])]
  const path = steps(take.each)
  return child => {
    const elements = valueAt(child, path)
    if (isList(elements)) return elements.map((element, at) => make(element, [...path, at]))
    if (!(elements instanceof Absent)) return []
    const { kind, reason, from } = elements
    return [{ value: new Absent(kind, reason, { from, many: true }), from: [{ at: [], path }] }]
  }
}

/** Fields by their paths, and the sources of those that are called otherwise in the child. */
function maker(fields: Readonly<Record<string, Field>>): (from: Plain, base: Path) => Piece {
  const named = Object.entries(fields).map(([name, field]) => {
    const at = name.split('.')
    if (typeof field !== 'string' && 'is' in field) return { at, is: field.is }
    const { from, as, list } = typeof field === 'string' ? { from: field } : field
    const isRenamed = from !== name || list === true
    const source = isRenamed ? { at: list ? [...at, 0] : at, path: steps(from) } : null
    return { at, path: steps(from), as, list, source }
  })
  return (from, base) => {
    const sources: Source[] = [{ at: [], path: base }]
    if (from instanceof Absent || named.length === 0) return { value: from, from: sources }
    const value: Fields = {}
    for (const field of named) {
      if ('is' in field) {
        put(value, field.at, field.is)
        continue
      }
      const found = valueAt(from, field.path)
      if (isNothing(found)) continue
      const { as, list, source } = field
      const changed = as === undefined || found instanceof Absent ? found : as(found)
      put(value, field.at, list ? [changed] : changed)
      if (source !== null)
        sources.push(base.length === 0 ? source : { ...source, path: [...base, ...source.path] })
    }
    return { value, from: sources }
  }
}

function put(target: { [name: string]: Plain }, path: readonly string[], value: Plain): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) target[name] = value
  else {
    const inner: { [name: string]: Plain } = { ...(target[name] as Fields | undefined) }
    put(inner, rest, value)
    target[name] = inner
  }
}

/** Knowledge that is missing on the way is missing at the end. */
function valueAt(value: Plain, path: Path): Plain {
  let at = value
  for (const name of path) {
    if (at instanceof Absent) return at
    at = step(at, name)
  }
  return at
}

function steps(path: string): Path {
  return path.split('.').map(name => (/^\d+$/.test(name) ? Number(name) : name))
}

function isNothing(value: Plain): value is null | undefined {
  return value === undefined || value === null
}
