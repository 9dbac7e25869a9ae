import type { Body, Literal } from '../syntax/ast.ts'
import { compileLiteral, type Step } from './literals.ts'
import type { Next, Test } from './machine.ts'
import type { Place } from './scope.ts'
import { variablesIn } from './trace.ts'

/**
 * Compiles a body whose solutions `finish` takes. `needed` are the variables that it reads: an iteration that begins
 * when all of them are bound can stop at its first success. Undefined: every solution counts, in order.
 */
export function compileBody(
  place: Place,
  body: Body,
  needed: ReadonlySet<string> | undefined,
  finish: (place: Place) => Next,
): Next {
  let at = place
  const steps: { readonly step: Step; readonly cut: boolean }[] = []
  for (const literal of body) {
    const before = at
    if (place.scope.program.isObserved)
      steps.push({ step: { kind: 'test', test: heard(at, literal) }, cut: false })
    const { step, place: after } = compileLiteral(at, literal)
    steps.push({ step, cut: needed !== undefined && isSubset(needed, before) })
    at = after
  }
  let next = finish(at)
  let tests: Test[] = []
  for (const { step, cut } of steps.reverse()) {
    if (step.kind === 'test') {
      tests.unshift(step.test)
      continue
    }
    next = step.generate(guard(tests, next), cut)
    tests = []
  }
  return guard(tests, next)
}

function heard(place: Place, { loc }: Literal): Test {
  const variables = variablesIn(place)
  return (m, f) => {
    m.trace?.literal({ loc, variables: () => variables(f) })
    return true
  }
}

function isSubset(names: ReadonlySet<string>, { bound }: Place): boolean {
  for (const name of names) if (!bound.has(name)) return false
  return true
}

function guard(tests: readonly Test[], next: Next): Next {
  const [a, b, c] = tests
  if (a === undefined) return next
  if (b === undefined) return (m, f) => a(m, f) && next(m, f)
  if (c === undefined) return (m, f) => a(m, f) && b(m, f) && next(m, f)
  if (tests.length === 3) return (m, f) => a(m, f) && b(m, f) && c(m, f) && next(m, f)
  return (m, f) => {
    for (const test of tests) if (!test(m, f)) return false
    return next(m, f)
  }
}
