import { link, type Module, parseModule, RegoError, type Value } from '../../lang/rego/index.ts'
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

/** The failing expression with the value of each of its parts: they are computed once more, with its variables as they were. */
export function explain(
  { literal, variables }: Failing,
  {
    module,
    modules,
    source,
    data,
  }: {
    readonly module: Module
    readonly modules: readonly Module[]
    readonly source: string
    readonly data: object
  },
): Explained {
  const { loc } = literal
  const said = new Set<string>()
  const terms = partsOf(literal).filter(({ loc }) => {
    const text = sliceOf(source, loc)
    return !said.has(text) && said.add(text)
  })
  const names = [...variables.keys()].filter(name => /^[A-Za-z_]\w*$/.test(name))
  const values = names.map(name => variables.get(name) ?? null)
  const parts = terms.map(term => {
    const value = compute(sliceOf(source, term.loc), {
      literal,
      module,
      modules,
      source,
      data,
      names,
      values,
    })
    return { text: sliceOf(source, term.loc), col: term.loc.col, value }
  })
  return { file: loc.file, row: loc.row, text: sliceOf(source, loc), parts }
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

interface Around {
  readonly literal: Literal
  readonly module: Module
  readonly modules: readonly Module[]
  readonly source: string
  readonly data: object
  readonly names: readonly string[]
  readonly values: readonly Value[]
}

/** As a function beside the test, of the variables that it had bound. */
function compute(text: string, around: Around): string {
  const { module, modules, literal, source, data, names, values } = around
  const name = 'batten_probe'
  const imports = module.imports.map(({ loc }) => sliceOf(source, loc))
  const modifiers = literal.with.map(({ loc }) => sliceOf(source, loc)).join(' ')
  const args = names.length === 0 ? ['_'] : names
  const body = `${name}(${args.join(', ')}) := [batten_value] if { batten_value := ${text} ${modifiers} }`
  const version = module.dialect === 'v1' ? 'v1' : 'v0'
  const header = `package ${module.package.path.map(quoted).join('')}`
  const keyword =
    version === 'v0' && !/future\.keywords|rego\.v1/.test(imports.join())
      ? 'import future.keywords.if'
      : ''
  try {
    const probe = parseModule('', [header, ...imports, keyword, body].join('\n'), version)
    const policy = link([...modules, probe])
    const given =
      names.length === 0 ? 'null' : names.map((_, at) => `data.batten_given[${at}]`).join(', ')
    const path = [...module.package.path, name].map(part => `[${JSON.stringify(part)}]`).join('')
    const [found] = policy.query(`x = data${path}(${given})`, {
      data: { ...data, batten_given: values },
    })
    const [value] = Array.isArray(found?.x) ? found.x : []
    return value === undefined ? 'undefined' : shortened(writeJson(value))
  } catch (error) {
    if (error instanceof RegoError) return `(${error.reason})`
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
