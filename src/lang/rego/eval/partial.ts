import { directVariables } from '../compile/outputs.ts'
import { constantPrefix } from '../compile/tree.ts'
import type { Unit } from '../compile/unit.ts'
import { RegoError } from '../error.ts'
import type { Loc, Rule } from '../syntax/ast.ts'
import { equal } from '../value/order.ts'
import { RegoObject, RegoSet, type Value } from '../value/value.ts'
import { compileBody } from './bodies.ts'
import { Bound } from './bound.ts'
import { chooseBy } from './choice.ts'
import { type Frame, type Get, type Machine, spend } from './machine.ts'
import type { Program } from './program.ts'
import type { Rules } from './rules.ts'
import { newFrame, newScope, type Place } from './scope.ts'
import { compileTerm } from './terms.ts'
import { variablesIn } from './trace.ts'

/** An object that rules build together. One on the way to a nested key belongs to the value being gathered. */
export class Branch extends RegoObject {
  readonly owner: RegoObject | undefined

  constructor(owner?: RegoObject) {
    super()
    this.owner = owner
  }
}

export function isSetRule({ head }: Rule): boolean {
  return head.key !== undefined && head.value === undefined
}

/** Partial sets and objects, nested ones included: all definitions gather in one value. */
export function compilePartial(program: Program, units: readonly Unit[]): Rules {
  const choose = chooseBy(
    units.map(({ rule }) => ({ rule, item: compileDefinition(program, rule) })),
  )
  const isSet = units.every(
    ({ rule }) => isSetRule(rule) && constantPrefix(rule).length === rule.head.ref.length - 1,
  )
  const evaluate = (m: Machine): Value => {
    const gathered = isSet ? new RegoSet() : new Branch()
    const before = m.trace?.count
    for (const run of choose(m, noFrame)) run(m, gathered)
    if (before !== undefined) m.trace?.collected(gathered, before)
    return gathered
  }
  return { evaluate, call: evaluate, size: 1 }
}

const noFrame: Frame = []

function compileDefinition(
  program: Program,
  rule: Rule,
): (m: Machine, into: RegoSet | RegoObject) => void {
  const prefix = constantPrefix(rule)
  const isWatched = program.isWatched?.(prefix) === true
  const scope = newScope(program, isWatched)
  const place: Place = { scope, bound: Bound.none, ordered: false }
  const isSet = isSetRule(rule)
  const { ref, key, value } = rule.head
  const path = ref.slice(1 + prefix.length)
  const leaf = isSet ? key : value
  const parts = leaf === undefined ? path : [...path, leaf]
  const needed = isWatched ? undefined : new Set(parts.flatMap(part => [...directVariables(part)]))
  const run = compileBody(place, rule.body, needed, inner => {
    const keys = path.map(part => compileTerm(inner, part))
    const get: Get = leaf === undefined ? () => true : compileTerm(inner, leaf)
    const variables = isWatched ? variablesIn(inner) : undefined
    return (m, f) => {
      const made = get(m, f)
      const [gathered] = f
      if (made === undefined) return false
      spend(m, 1)
      if (program.isObserved) m.trace?.rule(rule.loc)
      if (m.trace !== undefined && variables !== undefined) {
        const path = [...prefix, ...keys.flatMap(key => [key(m, f) ?? null])]
        m.trace.made({ rule: rule.loc, path, value: made, variables: () => variables(f) })
      }
      if (gathered instanceof RegoSet) gathered.add(made)
      else if (gathered instanceof RegoObject) insert(m, f, keys, gathered, made, isSet, rule.loc)
      return true
    }
  })
  return (m, into) => {
    const f = newFrame(scope)
    f[0] = into
    run(m, f)
  }
}

function insert(
  m: Machine,
  f: Frame,
  keys: readonly Get[],
  root: RegoObject,
  made: Value,
  isSet: boolean,
  loc: Loc,
): void {
  let at = root
  for (const [i, get] of keys.entries()) {
    const key = get(m, f)
    if (key === undefined) return
    const known = at.get(key)
    if (i === keys.length - 1) {
      insertLeaf(root, at, key, known, made, isSet, loc)
      return
    }
    if (known === undefined) {
      const branch = new Branch(root)
      at.put(key, branch)
      at = branch
    } else if (known instanceof Branch && known.owner === root) at = known
    else throw conflict(loc)
  }
}

function insertLeaf(
  root: RegoObject,
  at: RegoObject,
  key: Value,
  known: Value | undefined,
  made: Value,
  isSet: boolean,
  loc: Loc,
): void {
  if (isSet) {
    if (known === undefined) at.put(key, RegoSet.of([made]))
    else if (known instanceof RegoSet) known.add(made)
    else throw conflict(loc)
    return
  }
  const isBranch = known instanceof Branch && known.owner === root
  if (known === undefined) at.put(key, made)
  else if (isBranch || !equal(known, made)) throw conflict(loc)
}

function conflict(loc: Loc): RegoError {
  return new RegoError('eval_conflict_error', 'object keys must be unique', loc)
}
