import { type Json, type Module, RegoError } from '../../lang/rego/index.ts'
import { isFields } from '../card.ts'
import { type Denial, denialsOf } from '../denial.ts'
import type { Policies } from '../index.ts'
import type { Judgement, Violation } from '../judge.ts'
import type { PolicyRule } from '../rule.ts'
import type { Scope } from '../scope.ts'
import { subjectOf } from '../subject.ts'
import type { Opa } from './binary.ts'
import { evaluateByOpa, type Outcome } from './evaluate.ts'
import { withOpa } from './session.ts'

export interface Confirmed {
  readonly judgements: readonly Judgement[]
  /** Where opa and the engine here do not agree. */
  readonly remarks: readonly string[]
}

/**
 * Judgements as opa has them: it says what the rules deny; of what that is, and what of it is not known, the engine here
 * has traced.
 */
export async function confirmByOpa(
  opa: Opa,
  policies: Policies,
  judgements: readonly Judgement[],
  { now, signal }: { readonly now: Date; readonly signal?: AbortSignal | undefined },
): Promise<Confirmed> {
  const { modules, texts, data } = policies
  const program = {
    modules,
    textOf: (file: string) => texts.get(file) ?? '',
    warnings: policies.policy.warnings,
    data,
  }
  return withOpa(
    opa,
    async session => {
      const found: Confirmed[] = []
      for (const [scope, own] of byScope(judgements)) {
        const rules = own.map(({ rule }) => rule)
        scope.listener = deaf
        const { input } = scope
        const outcomes = await evaluateByOpa(session, program, rules, { input, now })
        found.push(...own.map(each => confirmed(each, outcomes.get(each.rule), modules)))
      }
      return {
        judgements: found.flatMap(each => each.judgements),
        remarks: found.flatMap(each => each.remarks),
      }
    },
    signal,
  )
}

/** To write the input out is not to read it. */
const deaf: Scope['listener'] = { look: () => {}, touch: () => {} }

function byScope(judgements: readonly Judgement[]): ReadonlyMap<Scope, readonly Judgement[]> {
  const groups = new Map<Scope, Judgement[]>()
  for (const judgement of judgements) {
    const group = groups.get(judgement.scope)
    if (group === undefined) groups.set(judgement.scope, [judgement])
    else group.push(judgement)
  }
  return groups
}

function confirmed(
  judgement: Judgement,
  outcome: Outcome | undefined,
  modules: readonly Module[],
): Confirmed {
  // What could not be traced is not known, whatever opa says.
  if (judgement.error !== null || outcome === undefined)
    return { judgements: [judgement], remarks: [] }
  const { rule } = judgement
  const denials = 'error' in outcome ? outcome.error : denialsIn(outcome.value, rule, modules)
  if (denials instanceof RegoError)
    return { judgements: [{ ...judgement, violations: [], error: denials }], remarks: [] }
  const wanted = new Set(denials.map(keyOf))
  const traced = new Set(judgement.violations.map(({ denial }) => keyOf(denial)))
  const both = judgement.violations.filter(({ denial }) => wanted.has(keyOf(denial)))
  const dropped = judgement.violations.filter(({ denial }) => !wanted.has(keyOf(denial)))
  const added = denials
    .filter(denial => !traced.has(keyOf(denial)))
    .flatMap(denial => violationOf(denial, judgement))
  return {
    judgements: [{ ...judgement, violations: [...both, ...added] }],
    remarks: [
      ...dropped.map(
        ({ denial }) => `${rule.id}: only Batten's own engine gives '${denial.message}'`,
      ),
      ...added.map(({ denial }) => `${rule.id}: only opa gives '${denial.message}'`),
    ],
  }
}

/** A rule's value as opa gives it, taken apart as the engine here makes it. */
function denialsIn(
  value: Json | undefined,
  rule: PolicyRule,
  modules: readonly Module[],
): readonly Denial[] | RegoError {
  const denials: Denial[] = []
  for (const made of madeOf(value, rule, modules)) {
    const each = denialsOf(made, rule.path.length)
    if (typeof each === 'string')
      return new RegoError('eval_type_error', `${rule.path.at(-1)} ${each}`, {
        file: rule.file,
        row: rule.row,
        col: 1,
      })
    denials.push(...each)
  }
  return denials
}

function madeOf(value: Json | undefined, { path }: PolicyRule, modules: readonly Module[]) {
  if (value === undefined) return []
  const heads = modules
    .filter(({ package: home }) => isSame([...home.path, path.at(-1)], path))
    .flatMap(({ rules }) => rules.map(({ head }) => head))
    .filter(({ ref: [first] }) => first?.kind === 'var' && first.name === path.at(-1))
  const keys = Math.max(0, ...heads.map(({ ref }) => ref.length - 1))
  const isSet = heads.some(({ key }) => key !== undefined)
  return leaves(value, path, keys).flatMap(made =>
    isSet && Array.isArray(made.value)
      ? made.value.map(member => ({ ...made, value: member }))
      : [made],
  )
}

interface Leaf {
  readonly path: readonly string[]
  readonly value: Json
}

function leaves(value: Json, path: readonly string[], keys: number): readonly Leaf[] {
  if (keys === 0 || !isFields(value)) return [{ path, value }]
  return Object.entries(value as { readonly [key: string]: Json }).flatMap(([key, member]) =>
    leaves(member, [...path, key], keys - 1),
  )
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((part, at) => part === b[at])
}

function keyOf(denial: Denial): string {
  return JSON.stringify(denial)
}

/** Of what opa alone denies: nothing where it rests on something that is not known, which opa takes for absent. */
function violationOf(denial: Denial, judgement: Judgement): readonly Violation[] {
  const { scope, looked, unknown } = judgement
  const subject = subjectOf(denial, [], { scope, looked, latest: new Map(), attributes: [] })
  const isOpen = subject === null ? unknown.size > 0 : unknown.has(subject.resource)
  return isOpen ? [] : [{ denial, subject }]
}
