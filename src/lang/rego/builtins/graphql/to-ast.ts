import type {
  ArgumentNode,
  ConstDirectiveNode,
  DefinitionNode,
  DirectiveNode,
  DocumentNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  SelectionNode,
  SelectionSetNode,
  TypeNode,
  ValueNode,
  VariableDefinitionNode,
} from 'graphql'
import { isArray, isObject } from '../../value/kind.ts'
import { type JsonObject, RegoObject, type Value } from '../../value/value.ts'

type Fields = { [name: string]: Value | undefined }

/** Leaves out what is empty, as OPA does: an absent member says the same. */
function node(fields: Fields): JsonObject {
  const kept: { [name: string]: Value } = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue
    if (typeof value === 'object' && isEmpty(value)) continue
    kept[name] = value
  }
  return kept
}

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}

/** Before its version 1, OPA did not say whether a value's type has a default. */
function shaped(ast: JsonObject, legacy: boolean): JsonObject {
  return legacy ? ast : withDefaults(ast)
}

function withDefaults(ast: JsonObject): JsonObject {
  const full: { [name: string]: Value } = {}
  for (const [name, value] of Object.entries(ast)) full[name] = withDefaultsIn(value)
  if (typeof ast.Kind === 'number') full.ExpectedTypeHasDefault = false
  return full
}

function withDefaultsIn(value: Value): Value {
  if (isArray(value)) return value.map(withDefaultsIn)
  return isObject(value) && !(value instanceof RegoObject) ? withDefaults(value) : value
}

/** A query in the form that OPA gives it. */
export function queryAst(document: DocumentNode, legacy: boolean): JsonObject {
  const operations: Value[] = []
  const fragments: Value[] = []
  for (const definition of document.definitions) {
    if (definition.kind === 'OperationDefinition') {
      operations.push(
        node({
          Operation: definition.operation,
          Name: definition.name?.value ?? '',
          VariableDefinitions: definition.variableDefinitions?.map(variable),
          Directives: definition.directives?.map(directive),
          SelectionSet: selections(definition.selectionSet),
        }),
      )
    } else if (definition.kind === 'FragmentDefinition') {
      fragments.push(
        node({
          Name: definition.name.value,
          TypeCondition: definition.typeCondition.name.value,
          VariableDefinition: definition.variableDefinitions?.map(variable),
          Directives: definition.directives?.map(directive),
          SelectionSet: selections(definition.selectionSet),
        }),
      )
    }
  }
  return shaped(node({ Operations: operations, Fragments: fragments }), legacy)
}

function variable(definition: VariableDefinitionNode): JsonObject {
  return node({
    Variable: definition.variable.name.value,
    Type: type(definition.type),
    DefaultValue: definition.defaultValue && valueAst(definition.defaultValue),
    Directives: definition.directives?.map(directive),
    Used: false,
  })
}

function selections(set: SelectionSetNode | undefined): readonly JsonObject[] | undefined {
  return set?.selections.map(selectionAst)
}

function selectionAst(selection: SelectionNode): JsonObject {
  const directives = selection.directives?.map(directive)
  if (selection.kind === 'FragmentSpread')
    return node({ Name: selection.name.value, Directives: directives })
  const inner = { Directives: directives, SelectionSet: selections(selection.selectionSet) }
  if (selection.kind === 'InlineFragment')
    return node({ TypeCondition: selection.typeCondition?.name.value ?? '', ...inner })
  return node({
    Alias: selection.alias?.value ?? selection.name.value,
    Name: selection.name.value,
    Arguments: selection.arguments?.map(argument),
    ...inner,
  })
}

function argument({ name, value }: ArgumentNode): JsonObject {
  return node({ Name: name.value, Value: valueAst(value) })
}

function directive({ name, arguments: args }: DirectiveNode | ConstDirectiveNode): JsonObject {
  return node({ Name: name.value, Arguments: args?.map(argument), Location: '' })
}

export const valueKinds: readonly string[] = [
  'Variable',
  'IntValue',
  'FloatValue',
  'StringValue',
  'BlockValue',
  'BooleanValue',
  'NullValue',
  'EnumValue',
  'ListValue',
  'ObjectValue',
]

function valueAst(value: ValueNode): JsonObject {
  const isBlock = value.kind === 'StringValue' && value.block === true
  const kind = valueKinds.indexOf(isBlock ? 'BlockValue' : value.kind)
  switch (value.kind) {
    case 'Variable':
      return node({ Raw: value.name.value, Kind: kind })
    case 'NullValue':
      return node({ Raw: 'null', Kind: kind })
    case 'BooleanValue':
      return node({ Raw: String(value.value), Kind: kind })
    case 'ListValue':
      return node({
        Raw: '',
        Kind: kind,
        Children: value.values.map(item => node({ Name: '', Value: valueAst(item) })),
      })
    case 'ObjectValue':
      return node({
        Raw: '',
        Kind: kind,
        Children: value.fields.map(field =>
          node({ Name: field.name.value, Value: valueAst(field.value) }),
        ),
      })
    default:
      return node({ Raw: value.value, Kind: kind })
  }
}

function type(given: TypeNode): JsonObject {
  const isRequired = given.kind === 'NonNullType'
  const inner = isRequired ? given.type : given
  return inner.kind === 'ListType'
    ? node({ NamedType: '', Elem: type(inner.type), NonNull: isRequired })
    : node({ NamedType: inner.name.value, NonNull: isRequired })
}

/** A schema in the form that OPA gives it. */
export function schemaAst(document: DocumentNode, legacy: boolean): JsonObject {
  const lists = {
    Schema: [] as Value[],
    SchemaExtension: [] as Value[],
    Directives: [] as Value[],
    Definitions: [] as Value[],
    Extensions: [] as Value[],
  }
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case 'SchemaDefinition':
      case 'SchemaExtension': {
        const list = definition.kind === 'SchemaDefinition' ? lists.Schema : lists.SchemaExtension
        list.push(
          node({
            Description: 'description' in definition ? (definition.description?.value ?? '') : '',
            Directives: definition.directives?.map(directive),
            OperationTypes: definition.operationTypes?.map(({ operation, type: of }) =>
              node({ Operation: operation, Type: of.name.value }),
            ),
          }),
        )
        break
      }
      case 'DirectiveDefinition':
        lists.Directives.push(
          node({
            Description: definition.description?.value ?? '',
            Name: definition.name.value,
            Arguments: definition.arguments?.map(input),
            Locations: definition.locations.map(({ value }) => value),
            IsRepeatable: definition.repeatable,
          }),
        )
        break
      default: {
        const shown = typeDefinition(definition)
        if (shown === undefined) break
        if (definition.kind.endsWith('Extension')) lists.Extensions.push(shown)
        else lists.Definitions.push(shown)
      }
    }
  }
  return shaped(node(lists), legacy)
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['ScalarType', 'SCALAR'],
  ['ObjectType', 'OBJECT'],
  ['InterfaceType', 'INTERFACE'],
  ['UnionType', 'UNION'],
  ['EnumType', 'ENUM'],
  ['InputObjectType', 'INPUT_OBJECT'],
])

function typeDefinition(definition: DefinitionNode): JsonObject | undefined {
  const kind = kinds.get(definition.kind.replace(/Definition$|Extension$/, ''))
  if (kind === undefined || !('name' in definition)) return undefined
  const description = 'description' in definition ? definition.description?.value : undefined
  return node({
    Kind: kind,
    Description: description ?? '',
    Name: definition.name?.value ?? '',
    Directives: definition.directives?.map(directive),
    Interfaces:
      'interfaces' in definition ? definition.interfaces?.map(({ name }) => name.value) : undefined,
    Fields:
      'fields' in definition
        ? definition.fields?.map(each =>
            each.kind === 'FieldDefinition' ? field(each) : input(each),
          )
        : undefined,
    Types: 'types' in definition ? definition.types?.map(({ name }) => name.value) : undefined,
    EnumValues:
      'values' in definition
        ? definition.values?.map(value =>
            node({
              Description: value.description?.value ?? '',
              Name: value.name.value,
              Directives: value.directives?.map(directive),
            }),
          )
        : undefined,
    BuiltIn: false,
  })
}

function field(definition: FieldDefinitionNode): JsonObject {
  return node({
    Description: definition.description?.value ?? '',
    Name: definition.name.value,
    Arguments: definition.arguments?.map(input),
    Type: type(definition.type),
    Directives: definition.directives?.map(directive),
  })
}

function input(definition: InputValueDefinitionNode): JsonObject {
  return node({
    Description: definition.description?.value ?? '',
    Name: definition.name.value,
    DefaultValue: definition.defaultValue && valueAst(definition.defaultValue),
    Type: type(definition.type),
    Directives: definition.directives?.map(directive),
  })
}
