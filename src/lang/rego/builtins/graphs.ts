import { type Machine, spend, step } from '../eval/machine.ts'
import { isArray, isSet } from '../value/kind.ts'
import { entriesOf } from '../value/lookup.ts'
import { objectGet } from '../value/object.ts'
import { RegoSet, type Value } from '../value/value.ts'
import type { BuiltinFunction, RelationFunction } from './builtin.ts'
import { object, wrongType } from './operands.ts'

export const graphs: Readonly<Record<string, BuiltinFunction>> = {
  'graph.reachable': (m, a, b) => {
    const graph = object(a, 1)
    const reached = new RegoSet()
    const queue = [...vertices(b)]
    for (const node of queue) {
      step(m)
      const edges = objectGet(graph, node)
      if (edges === undefined || reached.has(node)) continue
      reached.add(node)
      for (const next of neighbours(edges)) if (!reached.has(next)) queue.push(next)
    }
    return reached
  },
  'graph.reachable_paths': (m, a, b) => reachablePaths(m, object(a, 1), vertices(b)),
}

function vertices(value: Value): readonly Value[] {
  if (isArray(value)) return value
  if (isSet(value)) return value.sorted()
  throw wrongType(2, value, '{array, set}')
}

function neighbours(value: Value): readonly Value[] {
  return isArray(value) ? value : isSet(value) ? value.sorted() : []
}

/** Paths from each root until a node without edges, an unknown one, or one that was reached before. */
function reachablePaths(
  m: Machine,
  graph: Parameters<typeof objectGet>[0],
  roots: readonly Value[],
): RegoSet {
  const paths = new RegoSet()
  const walk = (node: Value, path: readonly Value[], reached: RegoSet): void => {
    spend(m, path.length + 1)
    const edges = objectGet(graph, node)
    if (edges === undefined) {
      paths.add(path)
      return
    }
    const longer = [...path, node]
    const next = neighbours(edges)
    if (next.length === 0) paths.add(longer)
    for (const neighbour of next) {
      if (reached.has(neighbour)) paths.add(longer)
      else {
        reached.add(node)
        walk(neighbour, longer, reached)
      }
    }
  }
  for (const root of roots) {
    const edges = objectGet(graph, root)
    if (edges === undefined) continue
    const next = neighbours(edges)
    if (next.length === 0) paths.add([root])
    for (const neighbour of next) walk(neighbour, [root], RegoSet.of([root]))
  }
  return paths
}

export const relations: Readonly<Record<string, RelationFunction>> = {
  walk(m, visit, root) {
    const paths: (readonly Value[])[] = [[]]
    const values: Value[] = [root]
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      const value = values.pop()
      if (value === undefined) continue
      spend(m, path.length)
      if (visit([path, value])) return
      if (typeof value !== 'object' || value === null) continue
      const entries = entriesOf(value) ?? []
      for (let i = entries.length - 1; i >= 0; i--) {
        const entry = entries[i]
        if (entry === undefined) continue
        paths.push([...path, entry[0]])
        values.push(entry[1])
      }
    }
  },
}
