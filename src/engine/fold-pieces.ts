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

/** What of the child fills the slot, in the parent's shape; nothing where the child says nothing of it. */
export function piecesFor(fold: Fold, attributes: Fields, parent: TypeTable): readonly Piece[] {
  const field = parent.plan('code').byName.get(fold.into)
  if (field === undefined) return []
  const rules = parent.statement.rules?.[fold.into]
  return taken(fold, attributes).flatMap((piece): readonly Piece[] => {
    const shaped = fold.many ? step(coerce(field, [piece.value]), 0) : coerce(field, piece.value)
    if (rules === undefined) return [{ ...piece, value: shaped }]
    return singleRules(rules, [shaped]).map(({ rule, source }) => {
      if (source === undefined) return { ...piece, value: rule }
      const at = [source.attribute, source.index]
      const origin = { at: [source.attribute, 0], path: sourceOf(piece.from, at) }
      return { value: rule, from: [origin, ...piece.from.filter(each => each.at[0] !== at[0])] }
    })
  })
}

/** The path in the child: the longest source that leads there decides. */
export function sourceOf(from: readonly Source[], path: Path): Path {
  let best: Source | undefined
  for (const source of from)
    if (
      source.at.every((each, at) => each === path[at]) &&
      source.at.length >= (best?.at.length ?? 0)
    )
      best = source
  return best === undefined ? path : [...best.path, ...path.slice(best.at.length)]
}

function taken({ take }: Fold, attributes: Fields): readonly Piece[] {
  if (typeof take === 'string') {
    const path = steps(take)
    const value = valueAt(attributes, path)
    return isNothing(value) ? [] : [{ value, from: [{ at: [], path }] }]
  }
  if ('is' in take) return [{ value: take.is, from: [{ at: [], path: [] }] }]
  if (take.each === undefined) return [made(take.fields, attributes, [])]
  const path = steps(take.each)
  const elements = valueAt(attributes, path)
  if (elements instanceof Absent) {
    const { kind, reason, from } = elements
    return [{ value: new Absent(kind, reason, { from, many: true }), from: [{ at: [], path }] }]
  }
  return (isList(elements) ? elements : []).map((element, index) =>
    made(take.fields, element, [...path, index]),
  )
}

function made(fields: Readonly<Record<string, Field>>, from: Plain, base: Path): Piece {
  const whole = { at: [], path: base }
  if (from instanceof Absent || Object.keys(fields).length === 0)
    return { value: from, from: [whole] }
  const value: Fields = {}
  const sources: Source[] = [whole]
  for (const [name, field] of Object.entries(fields)) {
    const at = name.split('.')
    if (typeof field !== 'string' && 'is' in field) {
      put(value, at, field.is)
      continue
    }
    const { from: path, as, list } = typeof field === 'string' ? { from: field } : field
    const found = valueAt(from, steps(path))
    if (isNothing(found)) continue
    const changed = as === undefined || found instanceof Absent ? found : as(found)
    put(value, at, list ? [changed] : changed)
    if (path !== name || list)
      sources.push({ at: list ? [...at, 0] : at, path: [...base, ...steps(path)] })
  }
  return { value, from: sources }
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
