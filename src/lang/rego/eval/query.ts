import { isGenerated, shownName } from '../compile/names.ts'
import { RegoError } from '../error.ts'
import { type Body, isWildcard } from '../syntax/ast.ts'
import type { Value } from '../value/value.ts'
import { compileBody } from './bodies.ts'
import { Bound } from './bound.ts'
import { type Cursor, descend, extent, noOverlays } from './documents.ts'
import type { Machine } from './machine.ts'
import type { Program } from './program.ts'
import { newFrame, newScope, type Place, slotOf } from './scope.ts'

export type Bindings = ReadonlyMap<string, Value>

/** A query as a function from a machine to its solutions. */
export function compileQuery(program: Program, body: Body): (m: Machine) => readonly Bindings[] {
  const scope = newScope(program)
  const place: Place = { scope, bound: Bound.none, ordered: true }
  const solutions = new WeakMap<Machine, Bindings[]>()
  const run = compileBody(place, body, undefined, inner => {
    const names = [...inner.bound].filter(name => !isGenerated(name) && !isWildcard(name))
    const slots = names.map(name => [shownName(name), slotOf(scope, name)] as const)
    return (m, f) => {
      const bindings = new Map<string, Value>()
      for (const [name, slot] of slots) {
        const value = f[slot]
        if (value !== undefined) bindings.set(name, value)
      }
      solutions.get(m)?.push(bindings)
      return true
    }
  })
  return m => {
    const found: Bindings[] = []
    solutions.set(m, found)
    shallow(() => run(m, newFrame(scope)))
    return found
  }
}

/** What stands at a path below `data`, as a reference to it would find. */
export function valueAt(m: Machine, program: Program, path: readonly Value[]): Value | undefined {
  return shallow(() => {
    let at: Cursor = { document: program.root, base: m.context.base, overlays: noOverlays }
    for (const key of path) at = descend(m, program, at, key)
    return extent(m, program, at)
  })
}

function shallow<T>(evaluate: () => T): T {
  try {
    return evaluate()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RegoError('eval_budget_error', 'the evaluation went too deep')
  }
}
