/** How many labels each of Terraform's top-level blocks has. */
export const labelCount: ReadonlyMap<string, number> = new Map([
  ['terraform', 0],
  ['locals', 0],
  ['moved', 0],
  ['removed', 0],
  ['import', 0],
  ['provider', 1],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['check', 1],
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
])

interface Closed {
  readonly attributes: ReadonlySet<string>
  readonly blocks: ReadonlySet<string>
  readonly required: readonly string[]
}

/** Blocks whose arguments are Terraform's own. */
export const closedBlocks: ReadonlyMap<string, Closed> = new Map([
  [
    'variable',
    closed(
      ['type', 'default', 'description', 'sensitive', 'nullable', 'ephemeral', 'deprecated'],
      ['validation'],
    ),
  ],
  [
    'output',
    closed(
      ['value', 'description', 'sensitive', 'depends_on', 'ephemeral', 'deprecated'],
      ['precondition'],
      ['value'],
    ),
  ],
])

/** Arguments and blocks of a resource that are Terraform's, not the provider's. */
export const terraformsOwn: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
])

/** Arguments of a module call that are not the module's inputs. */
export const callArguments: ReadonlySet<string> = new Set([
  'source',
  'version',
  'providers',
  'count',
  'for_each',
  'depends_on',
])

/** Names that would be taken for a module call's own arguments. */
export const reservedVariables: ReadonlySet<string> = new Set([
  ...callArguments,
  'lifecycle',
  'locals',
])

function closed(
  attributes: readonly string[],
  blocks: readonly string[],
  required: readonly string[] = [],
): Closed {
  return { attributes: new Set(attributes), blocks: new Set(blocks), required }
}
