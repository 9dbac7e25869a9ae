import type { Term } from '../syntax/ast.ts'
import { walkRule } from '../syntax/walk.ts'
import { keyOf } from '../value/key.ts'
import { ruleName } from './conflicts.ts'
import { descendants, type Tree } from './tree.ts'
import { type Compilation, report, type Unit } from './unit.ts'

/** Which rules each rule may ask for. */
export type Graph = ReadonlyMap<Unit, ReadonlySet<Unit>>

export function buildGraph(context: Compilation, tree: Tree): Graph {
  return new Map(context.units.map(unit => [unit, dependencies(unit, tree)]))
}

function dependencies(unit: Unit, tree: Tree): ReadonlySet<Unit> {
  const found = new Set<Unit>()
  const visit = {
    term: (term: Term) => {
      if (term.kind === 'ref') collect(tree, term.path, found)
      return false
    },
  }
  walkRule(unit.rule, visit)
  return found
}

/** All rules that a reference may reach: a variable in it stands for any name. */
function collect(tree: Tree, path: readonly Term[], found: Set<Unit>): void {
  const [head] = path
  if (head?.kind !== 'var' || head.name !== 'data') return
  let named = tree
  let at = 1
  for (let part = path[at]; part?.kind === 'scalar'; part = path[++at]) {
    const child = named.children.get(keyOf(part.value))
    if (child === undefined) return
    for (const unit of child.units) found.add(unit)
    named = child
  }
  let level: readonly Tree[] = [named]
  for (const part of path.slice(at)) {
    level =
      part.kind === 'scalar'
        ? level.flatMap(node => node.children.get(keyOf(part.value)) ?? [])
        : level.flatMap(node => [...node.children.values()])
    for (const node of level) for (const unit of node.units) found.add(unit)
    if (level.length === 0) return
  }
  for (const node of level.flatMap(descendants)) for (const unit of node.units) found.add(unit)
}

export function checkRecursion(context: Compilation, graph: Graph): void {
  const cyclic = cyclicUnits(graph)
  for (const unit of context.units) {
    if (!cyclic.has(unit)) continue
    const path = shortestCycle(graph, unit)
    if (path === undefined) continue
    const names = path.map(({ rule }) => ruleName(rule))
    const reason = `rule ${names[0]} is recursive: ${names.join(' -> ')}`
    report(context, 'rego_recursion_error', reason, unit.rule.loc)
  }
}

/** Members of strongly connected components with a cycle (Tarjan, without recursion of our own). */
function cyclicUnits(graph: Graph): ReadonlySet<Unit> {
  const index = new Map<Unit, number>()
  const low = new Map<Unit, number>()
  const onStack = new Set<Unit>()
  const stack: Unit[] = []
  const cyclic = new Set<Unit>()
  for (const root of graph.keys()) {
    if (index.has(root)) continue
    const work: { unit: Unit; rest: Iterator<Unit> }[] = []
    const enter = (unit: Unit): void => {
      index.set(unit, index.size)
      low.set(unit, index.size - 1)
      stack.push(unit)
      onStack.add(unit)
      work.push({ unit, rest: (graph.get(unit) ?? new Set<Unit>()).values() })
    }
    enter(root)
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { unit } = top
      const next = top.rest.next()
      if (next.done !== true) {
        if (!index.has(next.value)) enter(next.value)
        else if (onStack.has(next.value)) lower(low, unit, index.get(next.value) ?? 0)
        continue
      }
      work.pop()
      const parent = work.at(-1)
      if (parent !== undefined) lower(low, parent.unit, low.get(unit) ?? 0)
      if (low.get(unit) !== index.get(unit)) continue
      const component = stack.splice(stack.indexOf(unit))
      for (const each of component) onStack.delete(each)
      const selfish = graph.get(unit)?.has(unit) === true
      if (component.length > 1 || selfish) for (const each of component) cyclic.add(each)
    }
  }
  return cyclic
}

function lower(low: Map<Unit, number>, unit: Unit, to: number): void {
  low.set(unit, Math.min(low.get(unit) ?? to, to))
}

function shortestCycle(graph: Graph, start: Unit): readonly Unit[] | undefined {
  const from = new Map<Unit, Unit>()
  const queue: Unit[] = [start]
  for (const unit of queue) {
    for (const next of graph.get(unit) ?? []) {
      if (next === start) {
        const path: Unit[] = [start]
        for (let at = unit; at !== start; at = from.get(at) ?? start) path.push(at)
        return [start, ...path.slice(1).reverse(), start]
      }
      if (from.has(next)) continue
      from.set(next, unit)
      queue.push(next)
    }
  }
  return undefined
}
