import { FunctionError } from '../../lang/hcl/functions/spec.ts'
import { contextOf, convert, isEntries, isRecoverable, type Value } from '../../lang/hcl/index.ts'
import type { DataEvaluator } from '../../lang/hcl/module/data-source.ts'

/** `template_file`, which old code has in the place of `templatefile()`. */
export const templateFile: DataEvaluator = ({ address, body }) => {
  const template = body.attributes.get('template')
  const text = template?.value()
  if (template === undefined || typeof text?.v !== 'string') return null
  const vars = body.attributes.get('vars')?.value()
  if (vars !== undefined && vars.v !== null && !isEntries(vars.v)) return null
  const variables = vars !== undefined && isEntries(vars.v) ? vars.v : new Map<string, Value>()
  try {
    const made = contextOf(template.scope).template(text.v, address, variables)
    return new Map([['rendered', convert(made, 'string')]])
  } catch (error) {
    // The provider's own mistakes to report, and older ones than today's templates know.
    if (error instanceof FunctionError || isRecoverable(error)) return null
    throw error
  }
}
