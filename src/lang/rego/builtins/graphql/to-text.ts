import { isArray, isObject } from '../../value/kind.ts'
import { objectGet } from '../../value/object.ts'
import type { JsonObject, RegoObject, Value } from '../../value/value.ts'
import { valueKinds } from './to-ast.ts'

type Node = JsonObject | RegoObject

/** GraphQL text for an AST that a policy hands back. */

function get(node: Node, name: string): Value | undefined {
  return objectGet(node, name)
}

function text(node: Node, name: string): string {
  const value = get(node, name)
  return typeof value === 'string' ? value : ''
}

function nodes(node: Node, name: string): readonly Node[] {
  const value = get(node, name)
  return isArray(value) ? value.filter(isObject) : []
}

function names(node: Node, name: string): readonly string[] {
  const value = get(node, name)
  return isArray(value) ? value.map(String) : []
}

function child(node: Node, name: string): Node | undefined {
  const value = get(node, name)
  return isObject(value) ? value : undefined
}

function list(parts: readonly string[], open: string, close: string, by = ' '): string {
  return parts.length === 0 ? '' : `${open}${parts.join(by)}${close}`
}

export function queryText(document: Node): string {
  const operations = nodes(document, 'Operations').map(operation => {
    const variables = nodes(operation, 'VariableDefinitions').map(variable)
    const head = `${text(operation, 'Operation') || 'query'} ${text(operation, 'Name')}`
    return `${head}${list(variables, '(', ')')} ${directives(operation)}${selections(operation)}`
  })
  const fragments = nodes(document, 'Fragments').map(
    fragment =>
      `fragment ${text(fragment, 'Name')} on ${text(fragment, 'TypeCondition')} ` +
      `${directives(fragment)}${selections(fragment)}`,
  )
  return [...operations, ...fragments].join('\n')
}

function variable(definition: Node): string {
  const initial = child(definition, 'DefaultValue')
  return `$${text(definition, 'Variable')}: ${type(child(definition, 'Type'))}${initial === undefined ? '' : ` = ${value(initial)}`}`
}

function selections(node: Node): string {
  const parts = nodes(node, 'SelectionSet').map(selection => {
    const name = text(selection, 'Name')
    const inner = selections(selection)
    if (get(selection, 'TypeCondition') !== undefined) {
      const condition = text(selection, 'TypeCondition')
      return `... ${condition === '' ? '' : `on ${condition} `}${directives(selection)}${inner}`
    }
    if (get(selection, 'Alias') === undefined) return `...${name} ${directives(selection)}`
    const alias = text(selection, 'Alias')
    const head = alias === name || alias === '' ? name : `${alias}: ${name}`
    return `${head}${args(selection)} ${directives(selection)}${inner}`
  })
  return list(parts, '{ ', ' }')
}

function args(node: Node): string {
  const parts = nodes(node, 'Arguments').map(
    each => `${text(each, 'Name')}: ${value(child(each, 'Value'))}`,
  )
  return list(parts, '(', ')')
}

function directives(node: Node): string {
  const parts = nodes(node, 'Directives').map(each => `@${text(each, 'Name')}${args(each)} `)
  return parts.join('')
}

function value(node: Node | undefined): string {
  if (node === undefined) return 'null'
  const number = get(node, 'Kind')
  const kind = typeof number === 'number' ? valueKinds[number] : undefined
  const raw = text(node, 'Raw')
  const children = nodes(node, 'Children')
  switch (kind) {
    case 'Variable':
      return `$${raw}`
    case 'StringValue':
    case 'BlockValue':
      return JSON.stringify(raw)
    case 'ListValue':
      return `[${children.map(each => value(child(each, 'Value'))).join(' ')}]`
    case 'ObjectValue': {
      const fields = children.map(each => `${text(each, 'Name')}: ${value(child(each, 'Value'))}`)
      return `{${fields.join(' ')}}`
    }
    default:
      return raw
  }
}

function type(node: Node | undefined): string {
  if (node === undefined) return ''
  const element = child(node, 'Elem')
  const inner = element === undefined ? text(node, 'NamedType') : `[${type(element)}]`
  return get(node, 'NonNull') === true ? `${inner}!` : inner
}

export function schemaText(document: Node): string {
  return [
    ...nodes(document, 'Schema').map(schema => schemaDefinition('schema', schema)),
    ...nodes(document, 'SchemaExtension').map(schema => schemaDefinition('extend schema', schema)),
    ...nodes(document, 'Directives').map(directiveDefinition),
    ...nodes(document, 'Definitions').map(each => definition('', each)),
    ...nodes(document, 'Extensions').map(each => definition('extend ', each)),
  ].join('\n')
}

function schemaDefinition(keyword: string, schema: Node): string {
  const operations = nodes(schema, 'OperationTypes').map(
    each => `${text(each, 'Operation')}: ${text(each, 'Type')}`,
  )
  return `${keyword} ${directives(schema)}${list(operations, '{ ', ' }')}`
}

function directiveDefinition(node: Node): string {
  const repeatable = get(node, 'IsRepeatable') === true ? ' repeatable' : ''
  const inputs = list(nodes(node, 'Arguments').map(input), '(', ')')
  return `directive @${text(node, 'Name')}${inputs}${repeatable} on ${names(node, 'Locations').join(' | ')}`
}

const keywords: ReadonlyMap<string, string> = new Map([
  ['SCALAR', 'scalar'],
  ['OBJECT', 'type'],
  ['INTERFACE', 'interface'],
  ['UNION', 'union'],
  ['ENUM', 'enum'],
  ['INPUT_OBJECT', 'input'],
])

function definition(prefix: string, node: Node): string {
  const keyword = keywords.get(text(node, 'Kind')) ?? 'type'
  const interfaces = list(names(node, 'Interfaces'), ' implements ', '', ' & ')
  const head = `${prefix}${keyword} ${text(node, 'Name')}${interfaces} ${directives(node)}`
  const members = list(names(node, 'Types'), '= ', '', ' | ')
  const values = nodes(node, 'EnumValues').map(each => `${text(each, 'Name')} ${directives(each)}`)
  const fields = nodes(node, 'Fields').map(input)
  return `${head}${members}${list(values, '{ ', ' }')}${list(fields, '{ ', ' }')}`
}

function input(node: Node): string {
  const inputs = list(nodes(node, 'Arguments').map(input), '(', ')')
  const initial = child(node, 'DefaultValue')
  const suffix = initial === undefined ? '' : ` = ${value(initial)}`
  return `${text(node, 'Name')}${inputs}: ${type(child(node, 'Type'))}${suffix} ${directives(node)}`
}
