import { fill } from './apply-type.ts'
import type { Expr, Range } from './ast.ts'
import { ConversionError, convert } from './convert.ts'
import { evaluateExpr } from './evaluate.ts'
import { HclError } from './hcl-error.ts'
import type { Scope } from './scope.ts'
import { budgetOf } from './spend.ts'
import type { Type, Value } from './value.ts'

/** A variable's declared type, with the defaults of its optional attributes. */
export interface TypeConstraint {
  readonly type: Type
  readonly defaults: Defaults | undefined
}

/** Defaults stand in the same nesting as the type. */
export interface Defaults {
  /** Of an object's optional attributes. */
  readonly values: ReadonlyMap<string, Value>
  /** Object attribute or tuple index → its own defaults; `*` for the element of a collection. */
  readonly nested: ReadonlyMap<string | number, Defaults>
}

/** Reads a variable's `type` argument: `object({ a = optional(string, "x") })`. Throws HclError. */
export function parseType(expr: Expr): TypeConstraint {
  switch (expr.kind) {
    case 'variable':
      return keyword(expr.name, expr.range)
    case 'call':
      return constructed(expr)
    case 'parens':
      return parseType(expr.expr)
    case 'literal':
      if (typeof expr.value === 'string') {
        throw new HclError(
          'Invalid quoted type constraints',
          'A type stands without quotes since Terraform 0.12.',
          expr.range,
        )
      }
      throw invalid(
        'A type is a word, such as string, or a word with parentheses, such as list(string)',
        expr.range,
      )
    default:
      throw invalid(
        'A type is a word, such as string, or a word with parentheses, such as list(string)',
        expr.range,
      )
  }
}

function keyword(name: string, range: Range): TypeConstraint {
  switch (name) {
    case 'string':
    case 'number':
    case 'bool':
      return plain(name)
    case 'any':
      return plain('dynamic')
    // A collection without its element type is how older code writes a collection of anything.
    case 'list':
    case 'map':
      return plain([name, 'dynamic'])
    case 'set':
    case 'object':
    case 'tuple':
      throw invalid(`Say what the ${name} holds: ${name}(…)`, range)
    default:
      throw invalid(`There is no type "${name}"`, range)
  }
}

function constructed(expr: Expr & { readonly kind: 'call' }): TypeConstraint {
  const { name, args, range } = expr
  const [arg] = args
  if (name === 'optional') {
    throw invalid('Only an attribute of an object can be optional', range)
  }
  if (!['list', 'set', 'map', 'object', 'tuple'].includes(name)) {
    throw invalid(`There is no type "${name}(…)"`, range)
  }
  if (arg === undefined || args.length > 1) {
    throw invalid(`One argument says what the ${name} holds`, range)
  }
  switch (name) {
    case 'object':
      return objectConstraint(arg)
    case 'tuple':
      return tupleConstraint(arg)
    default: {
      const element = parseType(arg)
      const kind = name === 'set' ? 'set' : name === 'map' ? 'map' : 'list'
      const nested = element.defaults === undefined ? [] : [['*', element.defaults] as const]
      return { type: [kind, element.type], defaults: defaultsOf([], nested) }
    }
  }
}

function objectConstraint(arg: Expr): TypeConstraint {
  if (arg.kind !== 'object') {
    throw invalid('The attributes of an object stand in braces: object({ name = type })', arg.range)
  }
  const types: { [name: string]: Type } = Object.create(null)
  const optional: string[] = []
  const values: (readonly [string, Value])[] = []
  const nested: (readonly [string, Defaults])[] = []
  for (const { key, value } of arg.items) {
    if (key.kind !== 'literal' || typeof key.value !== 'string') {
      throw invalid('The name of an attribute is a plain word', key.range)
    }
    const name = key.value.normalize('NFC')
    const attribute = attributeConstraint(value)
    types[name] = attribute.constraint.type
    if (attribute.isOptional) optional.push(name)
    if (attribute.value !== undefined) values.push([name, attribute.value])
    if (attribute.constraint.defaults !== undefined) {
      nested.push([name, attribute.constraint.defaults])
    }
  }
  const type: Type = optional.length === 0 ? ['object', types] : ['object', types, optional]
  return { type, defaults: defaultsOf(values, nested) }
}

function attributeConstraint(expr: Expr): {
  readonly constraint: TypeConstraint
  readonly isOptional: boolean
  readonly value?: Value
} {
  if (expr.kind !== 'call' || expr.name !== 'optional') {
    return { constraint: parseType(expr), isOptional: false }
  }
  const [type, value] = expr.args
  if (type === undefined || expr.args.length > 2) {
    throw invalid(
      'It takes the type of the attribute and, if need be, its default: optional(type, default)',
      expr.range,
    )
  }
  const constraint = parseType(type)
  if (value === undefined) return { constraint, isOptional: true }
  return { constraint, isOptional: true, value: defaultValue(value, constraint) }
}

function defaultValue(expr: Expr, constraint: TypeConstraint): Value {
  const value = evaluateExpr(expr, constantScope())
  try {
    return convert(fill(value, constraint.defaults), constraint.type)
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error
    throw new HclError(
      'Invalid default value for optional attribute',
      `The default does not fit the type of the attribute: ${error.message}.`,
      expr.range,
    )
  }
}

function constantScope(): Scope {
  return {
    budget: budgetOf(100_000),
    resolve(_root, _steps, range) {
      throw new HclError('Variables not allowed', 'Variables may not be used here.', range)
    },
  }
}

function tupleConstraint(arg: Expr): TypeConstraint {
  if (arg.kind !== 'tuple') {
    throw invalid('The types of a tuple stand in brackets: tuple([type, type])', arg.range)
  }
  const items = arg.items.map(parseType)
  const nested = items.flatMap(({ defaults }, at) =>
    defaults === undefined ? [] : [[at, defaults] as const],
  )
  return { type: ['tuple', items.map(item => item.type)], defaults: defaultsOf([], nested) }
}

function plain(type: Type): TypeConstraint {
  return { type, defaults: undefined }
}

function defaultsOf(
  values: readonly (readonly [string, Value])[],
  nested: readonly (readonly [string | number, Defaults])[],
): Defaults | undefined {
  if (values.length === 0 && nested.length === 0) return undefined
  return { values: new Map(values), nested: new Map(nested) }
}

function invalid(detail: string, range: Range): HclError {
  return new HclError('Invalid type specification', `${detail}.`, range)
}
