import type { Expr, Range } from './ast.ts'
import { advance, at, cursorOf } from './cursor.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError } from './hcl-error.ts'
import { linesOf } from './lines.ts'
import { object, string, untypedNull } from './make.ts'
import { endLine, parseItem } from './parse-body.ts'
import { parseExpression } from './parse-expression.ts'
import { type Reference, references } from './references.ts'
import type { Scope } from './scope.ts'
import { budgetOf } from './spend.ts'
import { toJson } from './to-json.ts'
import type { Type, Value } from './value.ts'

export interface Evaluated {
  /** Exact JSON text. */
  readonly json?: string
  /** Set where the value, or a part of it, is not known. */
  readonly unknown?: true
  /** In Terraform's notation. */
  readonly type: Type
}

/**
 * Evaluates HCL text alone, with locals. Throws HclError, whose message ends with the place in the text.
 * @example evaluate('[for x in local.list : x * 2]', { locals: { list: '[1, 2]' } }).json // '[2,4]'
 */
export function evaluate(
  text: string,
  options: { readonly locals?: Readonly<Record<string, string>> } = {},
): Evaluated {
  const value = valueOfText(text, options.locals ?? {})
  const json = toJson(value)
  return json === undefined ? { unknown: true, type: value.type } : { json, type: value.type }
}

/** Work for one expression; a million steps are done in a moment. */
const units = 10_000_000

export function valueOfText(text: string, locals: Readonly<Record<string, string>>): Value {
  const texts = new Map(Object.entries(locals))
  const parsed = new Map<string, Expr>()
  for (const [name, source] of texts) parsed.set(name, parse(source, name))
  const expr = parse(text, ownName)
  const values = new Map<string, Value>()
  const scope = scopeOf(values)
  for (const [name, needed] of inOrder(expr, text, parsed, texts)) {
    values.set(
      name,
      placed(texts.get(name) ?? text, name, () => evaluateExpr(needed, scope)),
    )
  }
  return values.get(ownName) ?? untypedNull
}

/** No local can have this name. */
const ownName = '(expression)'

/** The locals that the expression needs, each behind what it needs itself, and the expression last. */
function inOrder(
  expr: Expr,
  text: string,
  locals: ReadonlyMap<string, Expr>,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, Expr> {
  const done = new Map<string, Expr>()
  const open = new Map([[ownName, needs(expr, text, ownName, locals)]])
  const path = [ownName]
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const next = open.get(at)?.shift()
    if (next === undefined) {
      done.set(at, locals.get(at) ?? expr)
      open.delete(at)
      path.pop()
    } else if (open.has(next)) {
      const names = path.slice(path.indexOf(next)).map(name => `local.${name}`)
      throw new HclError('Cycle', names.join(', '), { start: 0, end: 0 }, next)
    } else if (!done.has(next)) {
      open.set(next, needs(locals.get(next) ?? expr, texts.get(next) ?? '', next, locals))
      path.push(next)
    }
  }
  return done
}

function needs(
  expr: Expr,
  text: string,
  name: string,
  locals: ReadonlyMap<string, Expr>,
): string[] {
  return placed(text, name, () =>
    references(expr).flatMap(reference => checkReference(reference, locals) ?? []),
  )
}

/** As the argument of a block: its line's end ends it, and the block's brace follows. */
function parse(text: string, name: string): Expr {
  return placed(text, name, () => {
    const cursor = cursorOf(`${text}\n}\n`)
    advance(cursor)
    const expr = parseExpression(cursor)
    endLine(
      cursor,
      'Missing newline after argument',
      'An argument definition must end with a newline.',
    )
    while (at(cursor, 'newline')) advance(cursor)
    while (!at(cursor, '}')) parseItem(cursor)
    advance(cursor)
    while (at(cursor, 'newline')) advance(cursor)
    if (!at(cursor, 'end')) parseItem(cursor)
    return expr
  })
}

function scopeOf(locals: ReadonlyMap<string, Value>): Scope {
  return {
    budget: budgetOf(units),
    resolve(root, [step]) {
      if (root === 'path') return { value: paths, used: 0 }
      if (root === 'terraform') return { value: workspace, used: 0 }
      const value = root === 'local' && step && 'name' in step ? locals.get(step.name) : undefined
      return value === undefined ? undefined : { value, used: 1 }
    },
  }
}

const paths = object([
  ['module', string('.')],
  ['root', string('.')],
  ['cwd', string('.')],
])
const workspace = object([['workspace', string('default')]])

/** The local that is meant. Names that are not declared are found before anything is evaluated. */
function checkReference(
  reference: Reference,
  locals: ReadonlyMap<string, Expr>,
): string | undefined {
  const { root, steps, range } = reference
  const [first] = steps
  const name = first !== undefined && 'name' in first ? first.name : ''
  switch (root) {
    case 'path':
    case 'terraform':
      if (name !== '') return undefined
      throw new HclError('Invalid reference', `"${root}" has attributes, and one is needed.`, range)
    case 'local':
      if (locals.has(name)) return name
      throw undeclared('local value', name, range)
    case 'var':
      throw undeclared('input variable', name, range)
    case 'module':
      throw undeclared('module', name, range)
    case 'each':
    case 'count':
    case 'self':
      throw new HclError(outOfContext[root], `There is no "${root}" here.`, range)
    default:
      throw name === ''
        ? new HclError(
            'Invalid reference',
            'A reference to a resource type must be followed by at least one attribute access, specifying the resource name.',
            range,
          )
        : new HclError(
            'Reference to undeclared resource',
            `A managed resource "${root}" "${name}" has not been declared.`,
            range,
          )
  }
}

const outOfContext = {
  each: 'Reference to "each" in context without for_each',
  count: 'Reference to "count" in non-counted context',
  self: 'Invalid "self" reference',
} as const

function undeclared(kind: string, name: string, range: Range): HclError {
  return new HclError(
    `Reference to undeclared ${kind}`,
    `There is no ${kind} with the name "${name}".`,
    range,
  )
}

/** Errors leave with the place in the text that they are about. */
function placed<T>(text: string, name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof HclError) || error.file !== undefined) throw error
    const { line, column } = linesOf(text).at(error.range.start)
    const detail = `${error.detail} (${name}:${line},${column})`
    throw new HclError(error.summary, detail, error.range, name)
  }
}
