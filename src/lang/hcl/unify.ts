import { elementOf, isSameType, kindOf, objectType } from './type.ts'
import type { Type } from './value.ts'

/**
 * The one type that all of these convert to, as a conditional's arms and a list's elements need it;
 * undefined where there is none. A type that is not known yet (an untyped null) decides nothing.
 */
export function unify(types: readonly Type[]): Type | undefined {
  const known = types.filter(type => type !== 'dynamic')
  const [first] = known
  if (first === undefined) return 'dynamic'
  if (known.every(type => isSameType(first, type))) return first
  const kinds = new Set(known.map(kindOf))
  const isAll = (...names: readonly string[]): boolean =>
    [...kinds].every(kind => names.includes(kind))
  if (isAll('string', 'number', 'bool')) return kinds.has('string') ? 'string' : undefined
  if (isAll('object')) return unifyObjects(known) ?? collection('map', known)
  if (isAll('tuple')) return unifyTuples(known) ?? collection('list', known)
  if (isAll('map', 'object')) return collection('map', known)
  if (isAll('set', 'tuple')) return collection('set', known)
  if (isAll('list', 'set', 'tuple')) return collection('list', known)
  return undefined
}

function collection(kind: 'list' | 'set' | 'map', types: readonly Type[]): Type | undefined {
  const element = unify(types.flatMap(inside))
  return element === undefined ? undefined : [kind, element]
}

function inside(type: Type): readonly Type[] {
  if (typeof type === 'string') return []
  if (type[0] === 'tuple') return type[1]
  if (type[0] === 'object') return Object.values(type[1])
  const element = elementOf(type)
  return element === undefined ? [] : [element]
}

/** Objects with the same names stay objects. */
function unifyObjects(types: readonly Type[]): Type | undefined {
  const shapes = types.flatMap(type =>
    typeof type !== 'string' && type[0] === 'object' ? [type[1]] : [],
  )
  const names = Object.keys(shapes[0] ?? {})
  const attributes: [string, Type][] = []
  for (const shape of shapes) if (Object.keys(shape).length !== names.length) return undefined
  for (const name of names) {
    if (shapes.some(shape => shape[name] === undefined)) return undefined
    const type = unify(shapes.map(shape => shape[name] ?? 'dynamic'))
    if (type === undefined) return undefined
    attributes.push([name, type])
  }
  return objectType(attributes)
}

/** Tuples of one length stay tuples. */
function unifyTuples(types: readonly Type[]): Type | undefined {
  const shapes = types.flatMap(type =>
    typeof type !== 'string' && type[0] === 'tuple' ? [type[1]] : [],
  )
  const length = shapes[0]?.length ?? 0
  if (shapes.some(shape => shape.length !== length)) return undefined
  const items: Type[] = []
  for (let at = 0; at < length; at++) {
    const type = unify(shapes.map(shape => shape[at] ?? 'dynamic'))
    if (type === undefined) return undefined
    items.push(type)
  }
  return ['tuple', items]
}
