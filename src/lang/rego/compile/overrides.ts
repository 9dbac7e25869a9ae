import type { Literal, Term } from '../syntax/ast.ts'
import { walkRule } from '../syntax/walk.ts'
import { isOperator } from './resolve.ts'
import { type Compilation, report, type Unit } from './unit.ts'

/** Since v1, `input` and `data` cannot be names of rules and variables, and imports do not hide one another. */
export function checkOverrides(context: Compilation): void {
  for (const unit of context.units)
    if (context.strict || unit.module.dialect !== 'v0') checkUnit(context, unit)
  if (context.errors.length === 0) checkImports(context)
}

function checkUnit(context: Compilation, { module, rule, uses }: Unit): void {
  const name = rule.head.ref[module.package.path.length + 1]
  if (name?.kind === 'scalar' && (name.value === 'input' || name.value === 'data')) {
    const reason = `rules must not shadow ${name.value} (use a different rule name)`
    report(context, 'rego_compile_error', reason, rule.loc)
  }
  if (!uses.roots) return
  walkRule(rule, {
    body: body => {
      for (const literal of body) checkLiteral(context, literal)
    },
  })
}

function checkLiteral(context: Compilation, { expr, loc }: Literal): void {
  if (expr.kind !== 'call' || !isOperator(expr, 'assign')) return
  const [target] = expr.args
  const name = target === undefined ? '' : rootName(target)
  if (name === '') return
  const reason = `variables must not shadow ${name} (use a different variable name)`
  report(context, 'rego_compile_error', reason, loc)
}

function rootName(term: Term): string {
  const head = term.kind === 'ref' && term.path.length === 1 ? term.path[0] : term
  return head?.kind === 'var' && (head.name === 'input' || head.name === 'data') ? head.name : ''
}

function checkImports(context: Compilation): void {
  for (const module of context.modules) {
    if (!context.strict && module.dialect === 'v0') continue
    const seen = new Map<string, string>()
    for (const { path, alias, loc } of module.imports) {
      const name = alias ?? path.at(-1) ?? ''
      const text = `import ${path.join('.')}${alias === undefined ? '' : ` as ${alias}`}`
      const known = seen.get(name)
      if (known === undefined) seen.set(name, text)
      else report(context, 'rego_compile_error', `import must not shadow ${known}`, loc)
    }
  }
}
