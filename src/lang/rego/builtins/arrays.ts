import { spend } from '../eval/machine.ts'
import { isArray } from '../value/kind.ts'
import { RegoSet } from '../value/value.ts'
import type { BuiltinFunction } from './builtin.ts'
import { array, count, set } from './operands.ts'
import { difference, intersect, unite } from './operators.ts'

export const arrays: Readonly<Record<string, BuiltinFunction>> = {
  'array.concat': (m, a, b) => {
    const [left, right] = [array(a, 1), array(b, 2)]
    spend(m, left.length + right.length)
    return [...left, ...right]
  },
  'array.reverse': (m, a) => {
    const items = array(a, 1)
    spend(m, items.length)
    return [...items].reverse()
  },
  'array.slice': (_, a, b, c) => {
    const [items, from, to] = [array(a, 1), count(b, 2), count(c, 3)]
    const end = Math.min(Math.max(to, 0), items.length)
    return items.slice(Math.min(Math.max(from, 0), end), end)
  },
  'array.flatten': (m, a) => {
    const flat = array(a, 1).flatMap(item => (isArray(item) ? item : [item]))
    spend(m, flat.length)
    return flat
  },
  union: (m, a) =>
    unite(
      m,
      set(a, 1)
        .sorted()
        .map(each => set(each, 1)),
    ),
  intersection: (m, a) => {
    const [first, ...rest] = set(a, 1)
      .sorted()
      .map(each => set(each, 1))
    if (first === undefined) return new RegoSet()
    return rest.reduce((left, right) => intersect(m, left, right), first)
  },
  set_diff: (_, a, b) => difference(set(a, 1), set(b, 2)),
}
