import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { ApiError } from '../../wire/errors.ts'
import type { Item } from './state.ts'

export interface Values {
  readonly names?: Readonly<Record<string, string>> | undefined
  readonly values?: Readonly<Record<string, AttributeValue>> | undefined
}

/** A condition of comparisons and `attribute_exists`, joined by OR, and within that by AND: what its callers write. */
export function holds(
  condition: string | undefined,
  item: Item | undefined,
  given: Values,
): boolean {
  if (condition === undefined) return true
  return condition
    .split(/\s+OR\s+/)
    .some(either => either.split(/\s+AND\s+/).every(test => passes(test.trim(), item ?? {}, given)))
}

function passes(test: string, item: Item, given: Values): boolean {
  const [, not, name] = /^attribute_(not_)?exists\s*\(\s*([\w#.]+)\s*\)$/.exec(test) ?? []
  if (name !== undefined)
    return (attribute(item, name, given) !== undefined) === (not === undefined)
  const [, left = '', operator = '', right = ''] =
    /^(\S+)\s*(=|<>|<=|>=|<|>)\s*(\S+)$/.exec(test) ?? []
  if (operator === '') throw invalid(`the sandbox does not read the condition ${test}`)
  const [a, b] = [operand(item, left, given), operand(item, right, given)]
  if (a === undefined || b === undefined) return operator === '<>'
  return compare(scalar(a), operator, scalar(b))
}

function compare(a: string | number, operator: string, b: string | number): boolean {
  switch (operator) {
    case '=':
      return a === b
    case '<>':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    default:
      return a >= b
  }
}

/** `SET a = :b, c = :d` and `ADD n :one`. */
export function update(expression: string, item: Item, given: Values): Item {
  const changed: Item = { ...item }
  const clauses = expression.split(/\b(?=(?:SET|ADD|REMOVE|DELETE)\b)/).filter(Boolean)
  for (const clause of clauses) {
    const [verb = ''] = clause.split(/\s/, 1)
    for (const step of clause.slice(verb.length).split(',')) {
      const [name = '', , value = ''] = step.trim().split(/(\s*=\s*|\s+)/)
      const key = given.names?.[name] ?? name
      if (verb === 'SET') changed[key] = operand(changed, value, given) ?? unset(value)
      else if (verb === 'ADD') {
        const by = Number(operand(changed, value, given)?.N ?? 0)
        changed[key] = { N: String(Number(changed[key]?.N ?? 0) + by) }
      } else throw invalid(`the sandbox does not read ${verb}`)
    }
  }
  return changed
}

function unset(name: string): never {
  throw invalid(`An expression attribute value used in expression is not defined: ${name}`)
}

function operand(item: Item, text: string, given: Values): AttributeValue | undefined {
  return text.startsWith(':') ? given.values?.[text] : attribute(item, text, given)
}

function attribute(item: Item, text: string, { names }: Values): AttributeValue | undefined {
  return item[names?.[text] ?? text]
}

function scalar(value: AttributeValue): string | number {
  return value.N === undefined ? (value.S ?? JSON.stringify(value)) : Number(value.N)
}

export function invalid(message: string): ApiError {
  return new ApiError('ValidationException', 400, message)
}
