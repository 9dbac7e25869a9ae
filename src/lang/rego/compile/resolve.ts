import {
  type Body,
  type Expr,
  isWildcard,
  type Literal,
  type Module,
  named,
  type RefTerm,
  type Rule,
  type Term,
} from '../syntax/ast.ts'
import { mapChain, mapExpr, mapParts, mapWiths } from '../syntax/map.ts'
import { walkTerm } from '../syntax/walk.ts'
import { type Compilation, report, reportLesser, type Unit, type Uses } from './unit.ts'

/** What a name means outside of all bodies, and whether anybody used it. */
export type Globals = Map<string, { readonly path: readonly string[]; used: boolean }>

interface Scope {
  readonly globals: Globals
  readonly uses: Uses
  /** Names that the bodies around declare for themselves. */
  readonly shadows: readonly ReadonlySet<string>[]
}

/** Names of rules and imports become references from `data` or `input`. */
export function resolveReferences(context: Compilation): void {
  const exports = exportedNames(context)
  const globals = new Map(context.modules.map(module => [module, globalsOf(module, exports)]))
  for (const unit of context.units)
    unit.rule = resolveRule(context, unit, globals.get(unit.module) ?? new Map())
  if (!context.strict) return
  for (const [module, names] of globals) reportUnusedImports(context, module, names)
}

/** Names that rules define, by package. */
function exportedNames(context: Compilation): ReadonlyMap<string, ReadonlySet<string>> {
  const exports = new Map<string, Set<string>>()
  for (const { module, rule } of context.units) {
    const key = JSON.stringify(module.package.path)
    const names = exports.get(key) ?? new Set()
    exports.set(key, names)
    const [first] = rule.head.ref
    if (first?.kind === 'var') names.add(first.name)
  }
  return exports
}

function globalsOf(module: Module, exports: ReadonlyMap<string, ReadonlySet<string>>): Globals {
  const globals: Globals = new Map()
  const { path } = module.package
  for (const name of exports.get(JSON.stringify(path)) ?? [])
    globals.set(name, { path: ['data', ...path, name], used: false })
  for (const { path: target, alias } of module.imports) {
    if (target[0] === 'future' || target[0] === 'rego') continue
    globals.set(alias ?? target.at(-1) ?? '', { path: target, used: false })
  }
  return globals
}

function reportUnusedImports(context: Compilation, module: Module, globals: Globals): void {
  for (const { path, alias, loc } of module.imports) {
    if (path[0] === 'future' || path[0] === 'rego') continue
    if (globals.get(alias ?? path.at(-1) ?? '')?.used === true) continue
    const suffix = alias === undefined ? '' : ` as ${alias}`
    const reason = `import ${path.join('.')}${suffix} unused`
    reportLesser(context, reason, loc)
  }
}

function resolveRule(context: Compilation, { rule, uses }: Unit, globals: Globals): Rule {
  return mapChain(rule, each => {
    const args = argumentNames(each.head.args ?? [])
    for (const arg of each.head.args ?? []) {
      noteArgument(uses, arg)
      const root = arg.kind === 'ref' && arg.path.length === 1 ? arg.path[0] : undefined
      if (root?.kind === 'var') {
        const reason = `args must not shadow ${root.name} (use a different variable name)`
        report(context, 'rego_compile_error', reason, each.loc)
      }
    }
    const scope: Scope = { globals, uses, shadows: [args, declared(uses, each.body)] }
    const { head } = each
    return {
      ...each,
      head: {
        ...head,
        ref: head.ref.map((part, i) => (i === 0 ? part : resolveTerm(scope, part))),
        key: head.key && resolveTerm(scope, head.key),
        value: head.value && resolveTerm(scope, head.value),
      },
      body: each.body.map(literal => resolveLiteral(scope, literal)),
    }
  })
}

/** A query has no package: imports and rules' names mean nothing in it, so only its terms are normalised. */
export function resolveQuery(body: Body, uses: Uses): Body {
  const scope: Scope = { globals: new Map(), uses, shadows: [declared(uses, body)] }
  return body.map(literal => resolveLiteral(scope, literal))
}

/** Variables of argument patterns: keys of objects, sets and computed terms are no patterns. */
function argumentNames(args: readonly Term[]): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (term: Term): void => {
    if (term.kind === 'var') names.add(term.name)
    if (term.kind === 'array') for (const item of term.items) visit(item)
    if (term.kind === 'object') for (const [, value] of term.entries) visit(value)
  }
  for (const arg of args) visit(arg)
  return names
}

function declared(uses: Uses, body: Body): ReadonlySet<string> {
  const names = declaredNames(body)
  if (names.has('input') || names.has('data')) uses.roots = true
  return names
}

/** Arguments stay as they are, whatever stands in them. */
function noteArgument(uses: Uses, arg: Term): void {
  walkTerm(arg, {
    term: part => {
      if (part.kind === 'comprehension' || part.kind === 'template') {
        Object.assign(uses, allUses)
        return true
      }
      if (part.kind === 'call') noteCall(uses, part.operator)
      return false
    },
  })
}

const allUses: Omit<Uses, 'deprecated'> = {
  roots: true,
  templates: true,
  withs: true,
  closures: true,
  prints: true,
  metadata: true,
}

function noteCall(uses: Uses, { path: [head] }: RefTerm): void {
  if (head?.kind !== 'var') return
  if (head.name === 'print') uses.prints = true
  if (head.name === 'rego') uses.metadata = true
}

/** What `some` and `:=` declare in this very body. */
export function declaredNames(body: Body): ReadonlySet<string> {
  const names = new Set<string>()
  const add = (term: Term | undefined): void => {
    if (term === undefined) return
    walkTerm(term, {
      term: part => {
        if (part.kind === 'var') names.add(part.name)
        return part.kind === 'comprehension'
      },
    })
  }
  for (const { expr } of body) {
    if (expr.kind === 'some') for (const name of expr.names) add(name)
    if (expr.kind === 'some-in') {
      add(expr.key)
      add(expr.value)
    }
    if (isOperator(expr, 'assign') && expr.kind === 'call' && expr.args.length === 2)
      add(expr.args[0])
  }
  return names
}

export function isOperator(expr: Expr, name: string): boolean {
  if (expr.kind !== 'call' || expr.operator.path.length !== 1) return false
  const [head] = expr.operator.path
  return head?.kind === 'var' && head.name === name
}

function resolveLiteral(scope: Scope, literal: Literal): Literal {
  const term = (part: Term) => resolveTerm(scope, part)
  if (literal.with.length > 0) scope.uses.withs = true
  return { ...literal, expr: resolveExpr(scope, literal.expr), with: mapWiths(literal, term) }
}

function resolveExpr(scope: Scope, expr: Expr): Expr {
  const term = (part: Term) => resolveTerm(scope, part)
  if (expr.kind === 'every' || expr.kind === 'body') scope.uses.closures = true
  if (expr.kind === 'every') {
    const own = new Set([expr.value.name])
    if (expr.key !== undefined) own.add(expr.key.name)
    const inner = { ...scope, shadows: [...scope.shadows, own] }
    return { ...expr, domain: term(expr.domain), body: resolveBody(inner, expr.body) }
  }
  if (expr.kind !== 'call') return mapExpr(expr, term, body => resolveBody(scope, body))
  noteCall(scope.uses, expr.operator)
  const operator = term(expr.operator)
  return {
    kind: 'call',
    operator: operator.kind === 'ref' ? operator : expr.operator,
    args: expr.args.map(term),
  }
}

function resolveBody(scope: Scope, body: Body): Body {
  const inner = { ...scope, shadows: [...scope.shadows, declared(scope.uses, body)] }
  return body.map(literal => resolveLiteral(inner, literal))
}

function resolveTerm(scope: Scope, term: Term): Term {
  if (term.kind === 'scalar') return term
  if (term.kind === 'var') return lookUp(scope, term) ?? term
  const inner = (part: Term) => resolveTerm(scope, part)
  switch (term.kind) {
    case 'ref': {
      const [head, ...rest] = term.path
      if (head === undefined) return term
      const first = inner(head)
      const path = first.kind === 'ref' ? first.path : [first]
      return { ...term, path: [...path, ...rest.map(inner)] }
    }
    case 'call': {
      noteCall(scope.uses, term.operator)
      const operator = inner(term.operator)
      return {
        ...term,
        operator: operator.kind === 'ref' ? operator : term.operator,
        args: term.args.map(inner),
      }
    }
    case 'comprehension': {
      scope.uses.closures = true
      const own = { ...scope, shadows: [...scope.shadows, declared(scope.uses, term.body)] }
      return {
        ...term,
        key: term.key && resolveTerm(own, term.key),
        head: resolveTerm(own, term.head),
        body: term.body.map(literal => resolveLiteral(own, literal)),
      }
    }
    case 'template':
      scope.uses.templates = true
      scope.uses.closures = true
      return mapParts(
        term,
        inner,
        body => body,
        literal => resolveLiteral(scope, literal),
      )
    default:
      return mapParts(term, inner)
  }
}

function lookUp(scope: Scope, term: Term): Term | undefined {
  if (term.kind !== 'var' || isWildcard(term.name)) return undefined
  const global = scope.globals.get(term.name)
  if (global === undefined || scope.shadows.some(names => names.has(term.name))) return undefined
  global.used = true
  return named(global.path, term.loc)
}
