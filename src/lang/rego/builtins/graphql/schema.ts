import type { DefinitionNode, DocumentNode, TypeDefinitionNode } from 'graphql'

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
  ['ScalarTypeExtension', 'ScalarTypeDefinition'],
  ['ObjectTypeExtension', 'ObjectTypeDefinition'],
  ['InterfaceTypeExtension', 'InterfaceTypeDefinition'],
  ['UnionTypeExtension', 'UnionTypeDefinition'],
  ['EnumTypeExtension', 'EnumTypeDefinition'],
  ['InputObjectTypeExtension', 'InputObjectTypeDefinition'],
])
