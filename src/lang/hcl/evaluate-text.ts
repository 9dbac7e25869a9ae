import type { Expr, Range } from './ast.ts'
import { advance, at, cursorOf } from './cursor.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError } from './hcl-error.ts'
import { linesOf } from './lines.ts'
import { object, string } from './make.ts'
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
  const expr = parse(text, 'expression')
  const scope = scopeOf(parsed, texts)
  return placed(text, 'expression', () => {
    for (const reference of references(expr)) checkReference(reference, parsed)
    return evaluateExpr(expr, scope)
  })
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
    return expr
  })
}

function scopeOf(parsed: ReadonlyMap<string, Expr>, texts: ReadonlyMap<string, string>): Scope {
  const values = new Map<string, Value>()
  const open = new Set<string>()
  const scope: Scope = {
    budget: budgetOf(units),
    resolve(root, steps, range) {
      if (root === 'path') return { value: paths, used: 0 }
      if (root === 'terraform') return { value: workspace, used: 0 }
      const [step] = steps
      if (root !== 'local' || step === undefined || !('name' in step)) return undefined
      return { value: localValue(step.name, range), used: 1 }
    },
  }
  const localValue = (name: string, range: Range): Value => {
    const known = values.get(name)
    if (known !== undefined) return known
    const expr = parsed.get(name)
    if (expr === undefined) throw undeclared('local value', name, range)
    if (open.has(name)) {
      throw new HclError('Cycle', `The local value "${name}" refers to itself.`, range)
    }
    open.add(name)
    for (const reference of references(expr)) checkReference(reference, parsed)
    const value = placed(texts.get(name) ?? '', name, () => evaluateExpr(expr, scope))
    open.delete(name)
    values.set(name, value)
    return value
  }
  return scope
}

const paths = object([
  ['module', string('.')],
  ['root', string('.')],
  ['cwd', string('.')],
])
const workspace = object([['workspace', string('default')]])

/** Terraform finds names that are not declared before it evaluates, wherever they stand. */
function checkReference(reference: Reference, locals: ReadonlyMap<string, Expr>): void {
  const { root, steps, range } = reference
  const [first] = steps
  const name = first !== undefined && 'name' in first ? first.name : ''
  switch (root) {
    case 'path':
    case 'terraform':
      return
    case 'local':
      if (!locals.has(name)) throw undeclared('local value', name, range)
      return
    case 'var':
      throw undeclared('input variable', name, range)
    case 'module':
      throw undeclared('module', name, range)
    case 'each':
    case 'count':
    case 'self':
      throw new HclError(
        `Reference to "${root}" in context without ${root === 'each' ? 'for_each' : root}`,
        `The "${root}" object is not available here.`,
        range,
      )
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
