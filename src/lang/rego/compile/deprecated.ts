import { walkRule } from '../syntax/walk.ts'
import { operatorName } from './functions.ts'
import { type Compilation, report } from './unit.ts'

/** Builtins that v1 no longer has. */
export function checkDeprecated(context: Compilation): void {
  for (const { module, rule, uses } of context.units) {
    if (!uses.deprecated) continue
    if (!context.strict && module.dialect === 'v0') continue
    walkRule(rule, {
      body: body => {
        for (const { expr, loc } of body) {
          if (expr.kind !== 'call') continue
          const name = operatorName(expr.operator.path)
          if (context.builtins.get(name)?.deprecated !== true) continue
          const reason = `deprecated built-in function calls in expression: ${name}`
          report(context, 'rego_type_error', reason, loc)
        }
      },
    })
  }
}
