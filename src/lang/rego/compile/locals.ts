import { type Body, type Head, isWildcard, type Rule, type Term, variable } from '../syntax/ast.ts'
import { chain, linked, mapAll, mapExpr, mapParts } from '../syntax/map.ts'
import { variablesOf } from '../syntax/walk.ts'
import { renameBody, renameTerm } from './local-bodies.ts'
import { type Declared, declare, find, type Scope, type State } from './scopes.ts'
import { type Compilation, report, reportLesser } from './unit.ts'

/** Every variable that `:=`, `some`, `every` or an argument declares gets a name of its own. */
export function renameLocals(context: Compilation): void {
  for (const unit of context.units) unit.rule = renameRule(context, unit.rule)
}

function renameRule(context: Compilation, rule: Rule): Rule {
  const args = new Map<string, Declared>()
  const state: State = { context, scopes: [args] }
  const patterns = rule.head.args?.map(arg => renameArgument(state, arg))
  const unused = new Set(context.strict ? argumentNames(rule.head.args) : [])
  const renamed = chain(rule).map((each, i) => {
    const scope: Scope = new Map([...args].map(([name, it]) => [name, { ...it }]))
    const own: State = { context, scopes: [scope] }
    // An else repeats the arguments, wildcards excepted: those stand for themselves.
    const heads = i === 0 ? patterns : each.head.args?.map(arg => renameFree(arg, scope))
    const result = renameBodyAndHead(own, { ...each, head: { ...each.head, args: heads } }, unused)
    for (const name of [...unused]) if ((scope.get(name)?.count ?? 0) > 1) unused.delete(name)
    return result
  })
  for (const name of unused) {
    if (isWildcard(name)) continue
    const reason = `unused argument ${name}. (hint: use _ (wildcard variable) instead)`
    reportLesser(context, reason, rule.head.loc)
  }
  return linked(renamed) ?? rule
}

function argumentNames(args: readonly Term[] | undefined): readonly string[] {
  return (args ?? []).flatMap(arg => [...variablesOf(arg)])
}

function renameArgument(state: State, arg: Term): Term {
  const again = (part: Term): Term => renameArgument(state, part)
  switch (arg.kind) {
    case 'var': {
      const known = find(state, arg.name)
      if (known !== undefined) {
        known.count++
        return variable(known.name, arg.loc)
      }
      return variable(declare(state, arg.name, 'argument'), arg.loc)
    }
    case 'object':
      return { ...arg, entries: arg.entries.map(([key, value]) => [key, again(value)]) }
    case 'array':
    case 'ref':
      return mapParts(arg, again)
    case 'call':
      report(state.context, 'rego_compile_error', 'rule arguments cannot contain calls', arg.loc)
      return arg
    default:
      return arg
  }
}

function renameBodyAndHead(state: State, rule: Rule, unused: Set<string>): Rule {
  // What a comprehension in the head declares is its own: the body's names do not reach into it by position.
  const head = mapHead(rule.head, part => renameNested(state, part))
  const used = headNames(head)
  if (unused.size > 0) for (const name of valueNames(head)) unused.delete(name)
  const body = renameBody(state, rule.body, used)
  const [scope] = state.scopes
  const rename = (part: Term): Term => renameFree(part, scope ?? new Map())
  return { ...rule, head: mapHead(head, rename), body }
}

function mapHead(head: Head, map: (term: Term) => Term): Head {
  const [first] = head.ref
  const ref = mapAll(head.ref, part => (part === first ? part : map(part)))
  const key = head.key && map(head.key)
  const value = head.value && map(head.value)
  const isSame = ref === head.ref && key === head.key && value === head.value
  return isSame ? head : { ...head, ref, key, value }
}

function headNames(head: Head): ReadonlySet<string> {
  const names = new Set<string>()
  for (const part of [...head.ref.slice(1), head.key, head.value])
    if (part !== undefined) for (const name of variablesOf(part)) names.add(name)
  return names
}

function valueNames(head: Head): ReadonlySet<string> {
  return head.value === undefined ? new Set() : variablesOf(head.value)
}

/** Comprehensions and templates within a term of the head. */
function renameNested(state: State, term: Term): Term {
  if (term.kind === 'scalar' || term.kind === 'var') return term
  if (term.kind === 'comprehension' || term.kind === 'template')
    return renameTerm({ ...state, scopes: [new Map()] }, term)
  return mapParts(term, part => renameNested(state, part))
}

/** Names of the head that the body declares. */
function renameFree(term: Term, scope: Scope): Term {
  if (term.kind === 'scalar') return term
  if (term.kind === 'var') {
    const known = scope.get(term.name)
    return known === undefined ? term : variable(known.name, term.loc)
  }
  const inBody = (body: Body): Body =>
    body.map(literal => ({
      ...literal,
      expr: mapExpr(literal.expr, part => renameFree(part, scope), inBody),
      with: literal.with.map(it => ({
        ...it,
        target: renameFree(it.target, scope),
        value: renameFree(it.value, scope),
      })),
    }))
  return mapParts(
    term,
    part => renameFree(part, scope),
    inBody,
    literal => inBody([literal])[0] ?? literal,
  )
}
