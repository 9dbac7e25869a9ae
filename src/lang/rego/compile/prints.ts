import type { Body, Literal } from '../syntax/ast.ts'
import { mapBodies } from '../syntax/map.ts'
import { isOperator } from './resolve.ts'
import type { Compilation } from './unit.ts'

/** `print` says nothing here: its calls are taken out, whatever their arguments. */
export function removePrints(context: Compilation): void {
  for (const unit of context.units) unit.rule = mapBodies(unit.rule, removePrintsInBody)
}

export function removePrintsInBody(body: Body): Body {
  if (!body.some(isPrint)) return body
  const kept = body.filter(literal => !isPrint(literal))
  const [first] = body
  if (kept.length > 0 || first === undefined) return kept
  const { loc } = first
  return [
    {
      negated: false,
      expr: { kind: 'term', term: { kind: 'scalar', value: true, loc } },
      with: [],
      loc,
    },
  ]
}

function isPrint({ expr }: Literal): boolean {
  return isOperator(expr, 'print')
}
