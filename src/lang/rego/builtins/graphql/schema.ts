import { type DefinitionNode, type DocumentNode, Kind, type TypeDefinitionNode } from 'graphql'

/** Types that are only extended get a definition, as OPA allows. */
export function completeSchema(document: DocumentNode): DocumentNode {
  return { ...document, definitions: withDefinitions(document.definitions) }
}

function withDefinitions(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const defined = new Set(
    definitions.flatMap(definition =>
      definition.kind.endsWith('TypeDefinition') && 'name' in definition
        ? [definition.name?.value]
        : [],
    ),
  )
  return definitions.map(definition => {
    if (!('name' in definition) || definition.name === undefined) return definition
    const kind = extended.get(definition.kind)
    if (kind === undefined || defined.has(definition.name.value)) return definition
    defined.add(definition.name.value)
    return { ...definition, kind } as TypeDefinitionNode
  })
}

const extended: ReadonlyMap<string, string> = new Map([
  [Kind.SCALAR_TYPE_EXTENSION, Kind.SCALAR_TYPE_DEFINITION],
  [Kind.OBJECT_TYPE_EXTENSION, Kind.OBJECT_TYPE_DEFINITION],
  [Kind.INTERFACE_TYPE_EXTENSION, Kind.INTERFACE_TYPE_DEFINITION],
  [Kind.UNION_TYPE_EXTENSION, Kind.UNION_TYPE_DEFINITION],
  [Kind.ENUM_TYPE_EXTENSION, Kind.ENUM_TYPE_DEFINITION],
  [Kind.INPUT_OBJECT_TYPE_EXTENSION, Kind.INPUT_OBJECT_TYPE_DEFINITION],
])
