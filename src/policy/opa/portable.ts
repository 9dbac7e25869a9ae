import type { Module, Warning } from '../../lang/rego/index.ts'
import { argumentsOf, type Negation, negationAt, positive } from '../rewrite.ts'

/**
 * A module's text as opa takes it: a negation with a variable of its own becomes that of a helper, on the same lines.
 */
export function portableText(
  module: Module,
  text: string,
  warnings: readonly Pick<Warning, 'location'>[],
): string {
  const own = warnings.filter(({ location }) => location.file === module.file)
  const found = own
    .flatMap(({ location }) => negationAt(module, location) ?? [])
    .sort((a, b) => b.literal.loc.offset - a.literal.loc.offset)
  const helpers: string[] = []
  let portable = text
  for (const negation of found) {
    const { offset, end } = negation.literal.loc
    const call = callOf(module, negation, helpers.length)
    const condition = positive(text, negation.literal)
    const keyword = module.dialect === 'v0' ? '' : ' if'
    helpers.push(`${call}${keyword} {\n${condition}\n}\n`)
    const lines = '\n'.repeat(text.slice(offset, end).split('\n').length - 1)
    portable = `${portable.slice(0, offset)}not ${call}${lines}${portable.slice(end)}`
  }
  return [portable, ...helpers].join('\n')
}

/** Told apart from every other module of its package, and from what people write. */
function callOf(module: Module, negation: Negation, at: number): string {
  const place = module.file.replace(/[^A-Za-z0-9]/g, letter => `_${letter.charCodeAt(0)}_`)
  const args = argumentsOf(module, negation)
  return `batten_none_${place}_${at}(${args.length > 0 ? args.join(', ') : 'true'})`
}
