import {
  link,
  type Module,
  type Policy,
  parseModule,
  RegoError,
  type Value,
} from '../../lang/rego/index.ts'
import type { Literal, Loc, Term } from '../../lang/rego/syntax/ast.ts'
import { walkExpr } from '../../lang/rego/syntax/walk.ts'
import { writeJson } from '../../lang/rego/value/write-json.ts'
import type { Failing } from './failing.ts'

/** A part of an expression and what it came to. */
export interface Part {
  readonly text: string
  readonly col: number
  readonly value: string
}

export interface Explained {
  readonly file: string
  readonly row: number
  readonly text: string
  readonly parts: readonly Part[]
}

/** A failing expression, and where it was written. */
export interface Question {
  readonly failing: Failing
  readonly module: Module
  readonly source: string
}

/**
 * The failing expressions with the value of each of their parts: they are computed once more, with their variables as they
 * were, all of them in one policy.
 */
export function explain(
  questions: readonly Question[],
  { modules, data }: { readonly modules: readonly Module[]; readonly data: object },
): readonly Explained[] {
  const asked = questions.map(question => ({ question, terms: termsOf(question) }))
  const probes = asked.flatMap(({ question, terms }) =>
    terms.map(term => ({ term, probe: probeOf(question, term) })),
  )
  const named = probes.map(({ term, probe }, at) => ({ term, ...probe(`batten_probe_${at}`) }))
  const policies = linkAll(modules, named)
  const values = new Map(named.map(probe => [probe.term, computed(probe, policies, data)]))
  return asked.map(({ question: { failing, source }, terms }) => {
    const { loc } = failing.literal
    const parts = terms.map(term => ({
      text: sliceOf(source, term.loc),
      col: term.loc.col,
      value: values.get(term) ?? 'undefined',
    }))
    return { file: loc.file, row: loc.row, text: sliceOf(source, loc), parts }
  })
}

/** What is written twice is told once. */
function termsOf({ failing, source }: Question): readonly Term[] {
  const said = new Set<string>()
  return partsOf(failing.literal).filter(({ loc }) => {
    const text = sliceOf(source, loc)
    return !said.has(text) && said.add(text)
  })
}

/** References, calls and variables that are not within one another's closures; operators are calls too. */
function partsOf({ expr }: Literal): readonly Term[] {
  const found: Term[] = []
  const seen = new Set<string>()
  const take = (term: Term): void => {
    const key = `${term.loc.offset} ${term.loc.end}`
    if (seen.has(key)) return
    seen.add(key)
    found.push(term)
  }
  const operators = new Set<Term>()
  walkExpr(expr, {
    closures: false,
    term: term => {
      if (operators.has(term)) return true
      if (term.kind === 'call') {
        operators.add(term.operator)
        take(term)
      }
      if (term.kind === 'ref' || term.kind === 'var') take(term)
      // The head of a reference is told by itself, its keys are told by it.
      if (term.kind === 'ref') {
        const [head] = term.path
        if (head?.kind === 'var' && head.name !== 'data' && head.name !== 'input') take(head)
        return true
      }
      return undefined
    },
  })
  const own = expr.kind === 'call' ? `${expr.operator.loc.offset} ${expr.operator.loc.end}` : ''
  return found.filter(({ loc }) => `${loc.offset} ${loc.end}` !== own && loc.end > loc.offset)
}

/** A part as a function beside the test, of the variables that the test had bound; or why it is none. */
interface Probe {
  readonly module: Module | RegoError
  readonly query: string
  readonly given: readonly Value[]
}

function probeOf(question: Question, term: Term): (name: string) => Probe {
  const { module, source, failing } = question
  const { literal, variables } = failing
  const names = [...variables.keys()].filter(name => /^[A-Za-z_]\w*$/.test(name))
  const imports = module.imports.map(({ loc }) => sliceOf(source, loc))
  const modifiers = literal.with.map(({ loc }) => sliceOf(source, loc)).join(' ')
  const args = names.length === 0 ? ['_'] : names
  const version = module.dialect === 'v1' ? 'v1' : 'v0'
  const header = `package ${module.package.path.map(quoted).join('')}`
  const keyword =
    version === 'v0' && !/future\.keywords|rego\.v1/.test(imports.join())
      ? 'import future.keywords.if'
      : ''
  const text = sliceOf(source, term.loc)
  return name => {
    const body = `${name}(${args.join(', ')}) := [batten_value] if { batten_value := ${text} ${modifiers} }`
    const given =
      names.length === 0 ? 'null' : names.map((_, at) => `data.batten_given[${at}]`).join(', ')
    const path = [...module.package.path, name].map(part => `[${JSON.stringify(part)}]`).join('')
    return {
      module: attempt(() =>
        parseModule('', [header, ...imports, keyword, body].join('\n'), version),
      ),
      query: `x = data${path}(${given})`,
      given: names.map(name => variables.get(name) ?? null),
    }
  }
}

/** Each probe's policy, one for all of them; where some do not compile, halves find out which. */
function linkAll(
  modules: readonly Module[],
  probes: readonly Probe[],
): ReadonlyMap<Probe, Policy | RegoError> {
  const own = probes.flatMap(({ module }) => (module instanceof RegoError ? [] : [module]))
  if (own.length === 0) return new Map()
  const policy = attempt(() => link([...modules, ...own]))
  if (!(policy instanceof RegoError) || probes.length === 1)
    return new Map(probes.map(probe => [probe, policy]))
  const half = probes.length >> 1
  return new Map([
    ...linkAll(modules, probes.slice(0, half)),
    ...linkAll(modules, probes.slice(half)),
  ])
}

function computed(
  probe: Probe,
  policies: ReadonlyMap<Probe, Policy | RegoError>,
  data: object,
): string {
  const policy = probe.module instanceof RegoError ? probe.module : policies.get(probe)
  if (policy === undefined) return 'undefined'
  const found =
    policy instanceof RegoError
      ? policy
      : attempt(() => policy.query(probe.query, { data: { ...data, batten_given: probe.given } }))
  if (found instanceof RegoError) return `(${found.reason})`
  const [solution] = found
  const [value] = Array.isArray(solution?.x) ? solution.x : []
  return value === undefined ? 'undefined' : shortened(writeJson(value))
}

function attempt<T>(act: () => T): T | RegoError {
  try {
    return act()
  } catch (error) {
    if (error instanceof RegoError) return error
    throw error
  }
}

function quoted(part: string, at: number): string {
  return at === 0 ? part : `[${JSON.stringify(part)}]`
}

function sliceOf(source: string, { offset, end }: Loc): string {
  return source.slice(offset, end)
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const longest = 400
