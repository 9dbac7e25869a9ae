import { joinErrors } from '../../lang/rego/error.ts'
import { type Json, RegoError } from '../../lang/rego/index.ts'
import { isFields } from '../card.ts'
import { dependents } from '../dependents.ts'
import type { PolicyRule } from '../rule.ts'
import type { Bundle, Program } from './bundle.ts'
import { answerOf, errorsIn, type Session } from './session.ts'

/** What a rule comes to: undefined where it has no value, an error where that cannot be told. */
export type Outcome = { readonly value: Json | undefined } | { readonly error: RegoError }

/** Evaluates rules over an input: together, and each by itself where one of them breaks. */
export async function evaluateByOpa(
  session: Session,
  program: Program,
  rules: readonly PolicyRule[],
  { input, now }: { readonly input: unknown; readonly now: Date },
): Promise<ReadonlyMap<PolicyRule, Outcome>> {
  const outcomes = new Map<PolicyRule, Outcome>()
  let rest = program
  let open = rules
  while (open.length > 0) {
    const bundle = session.open(rest)
    const asking = { session, bundle, file: bundle.input(input), hasClock: clockOf(rest, now) }
    const { values, errors } = await ask(asking, open)
    if (errors.length === 0) {
      for (const [at, rule] of open.entries()) outcomes.set(rule, { value: values[at] })
      break
    }
    const kept = withoutBroken(rest, errors)
    if (kept.length === rest.modules.length) {
      for (const rule of open) outcomes.set(rule, await askAlone(asking, rule))
      break
    }
    // What opa refuses, and what needs it, is left out; the others run.
    for (const rule of open)
      if (!kept.some(({ file }) => file === rule.file))
        outcomes.set(rule, { error: errorIn(rule.file, errors) })
    open = open.filter(rule => !outcomes.has(rule))
    rest = { ...rest, modules: kept }
  }
  return outcomes
}

/** The solutions of one query; throws RegoError where opa refuses it or breaks on it. */
export async function queryByOpa(
  session: Session,
  program: Program,
  query: string,
  input: unknown,
): Promise<readonly { readonly [name: string]: Json }[]> {
  const bundle = session.open(program)
  const given = input === undefined ? [] : ['--input', bundle.input(input)]
  const ended = await session.run(bundle, 'eval', [...given, query])
  const answer = answerOf(ended, session.opa)
  const errors = errorsIn(answer, bundle)
  if (errors.length > 0) throw joinErrors(errors)
  return bindingsIn(answer)
}

interface Asking {
  readonly session: Session
  readonly bundle: Bundle
  /** Of the input. */
  readonly file: string
  /** ` with time.now_ns as …`: the scan's moment, where somebody asks for it. */
  readonly hasClock: string
}

function clockOf({ modules, textOf }: Program, now: Date): string {
  const asks = modules.some(({ file }) => textOf(file).includes('time.now_ns'))
  return asks ? ` with time.now_ns as ${BigInt(now.getTime()) * 1_000_000n}` : ''
}

/** A rule that has no value is an empty list: an undefined one would take all others with it. */
async function ask(
  { session, bundle, file, hasClock }: Asking,
  rules: readonly PolicyRule[],
): Promise<{
  readonly values: readonly (Json | undefined)[]
  readonly errors: readonly RegoError[]
}> {
  const each = rules.map(({ path }) => {
    const steps = path.map(part => `[${JSON.stringify(part)}]`).join('')
    return `[v | v := data${steps}${hasClock}]`
  })
  const ended = await session.run(bundle, 'eval', ['--input', file, `x = [${each.join(', ')}]`])
  const answer = answerOf(ended, session.opa)
  const errors = errorsIn(answer, bundle)
  if (errors.length > 0) return { values: [], errors }
  const lists = bindingsIn(answer)[0]?.x
  const values = Array.isArray(lists)
    ? lists.map(list => (Array.isArray(list) ? list[0] : list))
    : []
  return { values, errors }
}

async function askAlone(asking: Asking, rule: PolicyRule): Promise<Outcome> {
  const { values, errors } = await ask(asking, [rule])
  const [error] = errors
  return error === undefined ? { value: values[0] } : { error }
}

function withoutBroken({ modules }: Program, errors: readonly RegoError[]): Program['modules'] {
  const bad = new Set(
    errors.flatMap(({ code, location }) =>
      code.startsWith('rego_') && location ? [location.file] : [],
    ),
  )
  const broken = modules.filter(({ file }) => bad.has(file))
  const kept = modules.filter(({ file }) => !bad.has(file))
  const spoiled = dependents(kept, broken)
  return kept.filter(({ file }) => !spoiled.has(file))
}

function errorIn(file: string, errors: readonly RegoError[]): RegoError {
  return (
    errors.find(({ location }) => location?.file === file) ??
    errors[0] ??
    new RegoError('eval_internal_error', 'opa gives no reason')
  )
}

/** The solutions of a query. */
function bindingsIn(answer: unknown): readonly { readonly [name: string]: Json }[] {
  const results = isFields(answer) && Array.isArray(answer.result) ? answer.result : []
  return results.map(each =>
    isFields(each) && isFields(each.bindings)
      ? (each.bindings as { readonly [name: string]: Json })
      : {},
  )
}
