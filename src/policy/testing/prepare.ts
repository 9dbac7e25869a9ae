import type { Module } from '../../lang/rego/index.ts'
import {
  type Body,
  type Literal,
  literal,
  named,
  type Rule,
  scalar,
  type Term,
  variable,
} from '../../lang/rego/syntax/ast.ts'
import { mapBodies } from '../../lang/rego/syntax/map.ts'
import { walkLiteral } from '../../lang/rego/syntax/walk.ts'

/** A rule that is a test. */
export interface TestRule {
  /** `data.s3_test.test_open` is told by package and name. */
  readonly package: string
  readonly name: string
  /** Below `data`. */
  readonly path: readonly string[]
  readonly isSkipped: boolean
  readonly file: string
  readonly row: number
  readonly col: number
  /** As it stands in the compiled module: its `loc` bounds its literals. */
  readonly rule: Rule
}

/** What the functions are called that tests speak to the runner with. */
export const hostNames = { testCase: 'internal.test_case', print: 'internal.print_values' } as const

/**
 * Tests of the modules, and the modules made ready for them: each test has a name of its own, parameterised ones say
 * which cases there are, and `print` is heard.
 */
export function prepareTests(modules: readonly Module[]): {
  readonly modules: readonly Module[]
  readonly tests: readonly TestRule[]
} {
  const tests: TestRule[] = []
  const counts = new Map<string, number>()
  const prepared = modules.map(module => ({
    ...module,
    rules: module.rules.map(source => {
      const rule = module.prints ? mapBodies(source, withPrints) : source
      const name = testName(rule)
      if (name === null) return rule
      const own = [...module.package.path, name].join('.')
      const count = counts.get(own) ?? 0
      counts.set(own, count + 1)
      const unique = count === 0 ? name : `${name}#${String(count).padStart(2, '0')}`
      const renamed = withCases(withName(rule, unique))
      const { file, row, col } = rule.loc
      tests.push({
        package: `data.${module.package.path.join('.')}`,
        name: unique,
        path: [...module.package.path, unique],
        isSkipped: name.startsWith('todo_'),
        file,
        row,
        col,
        rule: renamed,
      })
      return renamed
    }),
  }))
  return { modules: prepared, tests }
}

function testName({ head }: Rule): string | null {
  const [first] = head.ref
  if (first?.kind !== 'var' || head.args !== undefined) return null
  return /^(todo_)?test_/.test(first.name) ? first.name : null
}

/** Two tests of one name would be one rule. */
function withName(rule: Rule, name: string): Rule {
  const [first, ...rest] = rule.head.ref
  if (first?.kind !== 'var' || first.name === name) return rule
  return { ...rule, head: { ...rule.head, ref: [variable(name, first.loc), ...rest] } }
}

/** A case is there as soon as its names are bound, whether or not the rest of the body holds. */
function withCases(rule: Rule): Rule {
  const keys = rule.head.ref.slice(1)
  const names = keys.flatMap(key => (key.kind === 'var' ? [key.name] : []))
  if (names.length === 0) return rule
  const found = names.map(name => rule.body.findIndex(each => mentions(each, name)))
  const at = Math.max(...found) + 1
  const call = callOf(hostNames.testCase, [{ kind: 'array', items: keys, loc: rule.head.loc }])
  return { ...rule, body: [...rule.body.slice(0, at), call, ...rule.body.slice(at)] }
}

function mentions(each: Literal, name: string): boolean {
  let found = false
  const see = (term: Term): undefined => {
    if (term.kind === 'var' && term.name === name) found = true
  }
  walkLiteral(each, { term: see })
  return found
}

function withPrints(body: Body): Body {
  return body.map(each => (isPrint(each) ? printOf(each) : each))
}

function isPrint({ expr }: Literal): boolean {
  if (expr.kind !== 'call') return false
  const [head, ...rest] = expr.operator.path
  return head?.kind === 'var' && head.name === 'print' && rest.length === 0
}

/** An argument that is undefined is printed all the same: each goes in as the set of its values. */
function printOf(print: Literal): Literal {
  if (print.expr.kind !== 'call') return print
  const items = print.expr.args.map((arg, at): Term => {
    const { loc } = arg
    const value = variable(`__print_${at}`, loc)
    const equation = literal(
      { kind: 'call', operator: named(['eq'], loc), args: [value, arg] },
      loc,
    )
    return {
      kind: 'comprehension',
      shape: 'set',
      key: undefined,
      head: value,
      body: [equation],
      loc,
    }
  })
  return { ...print, ...callOf(hostNames.print, [{ kind: 'array', items, loc: print.loc }]) }
}

function callOf(name: string, args: readonly Term[]): Literal {
  const loc = args[0]?.loc ?? scalar(null, { file: '', row: 1, col: 1, offset: 0, end: 0 }).loc
  return literal({ kind: 'call', operator: named(name.split('.'), loc), args }, loc)
}
