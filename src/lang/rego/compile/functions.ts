import type { Body, Term } from '../syntax/ast.ts'
import { chain } from '../syntax/map.ts'
import { walkRule } from '../syntax/walk.ts'
import type { Arity } from './outputs.ts'
import { isOperator } from './resolve.ts'
import { findReference, type Tree } from './tree.ts'
import { type Compilation, report, type Uses } from './unit.ts'
import { pathName } from './withs.ts'

export function arityOf(context: Pick<Compilation, 'builtins'>, tree: Tree): Arity {
  return operator => {
    const signature = context.builtins.get(operatorName(operator))
    if (signature !== undefined) return signature.args.length
    const unit = findReference(tree, operator)?.units[0]
    return unit === undefined ? undefined : (unit.rule.head.args?.length ?? 0)
  }
}

export function operatorName(operator: readonly Term[]): string {
  return pathName(operator)
}

/** Every call has to name a function, with as many arguments as it takes, and perhaps one for the output. */
export function checkCalls(context: Compilation, arity: Arity): void {
  for (const { rule, uses } of context.units) {
    const check = (body: Body): void => checkBody(context, arity, body, uses)
    if (uses.closures) walkRule(rule, { body: check })
    else for (const { body } of chain(rule)) check(body)
  }
}

function checkBody(context: Compilation, arity: Arity, body: Body, uses: Uses): void {
  for (const { expr, loc, generated } of body) {
    if (expr.kind !== 'call') continue
    const name = operatorName(expr.operator.path)
    if (context.builtins.get(name)?.deprecated === true) uses.deprecated = true
    const expected = isOperator(expr, 'eq') ? 2 : arity(expr.operator.path)
    if (expected === undefined) {
      const denied = refusals.get(name)
      const reason = `undefined function ${name}${denied === undefined ? '' : ` (${denied})`}`
      report(context, 'rego_type_error', reason, loc)
      continue
    }
    const given = expr.args.length
    if (given === expected + 1 || (given === expected && !generated)) continue
    if (isOperator(expr, 'eq') && given === 2) continue
    const count = generated ? given - 1 : given
    const plural = count === 1 ? 'argument' : 'arguments'
    const reason = `function ${name} has arity ${expected}, got ${count} ${plural}`
    report(context, 'rego_type_error', reason, loc)
  }
}

/** Builtins that reach outside of the policy and its input. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['http.send', 'policies have no network'],
  ['net.lookup_ip_addr', 'policies have no network'],
  ['opa.runtime', 'policies do not see the environment'],
])
