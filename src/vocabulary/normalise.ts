import type { Attributes, Path } from '../resource.ts'
import { coerce, coerceFields, sourceSteps } from './coerce.ts'
import type { Tables, TypeTable } from './load.ts'
import { child, hasAbsent, isList } from './plain.ts'
import type { Mode } from './plan.ts'
import { singleRules, spellProtocol } from './rules.ts'

export interface Normalised {
  readonly attributes: Attributes
  /** Whether anything in them is absent. */
  readonly partial: boolean
}

/**
 * The canonical attributes of a resource, from Terraform-shaped plain data (blocks as arrays). A type that the
 * vocabulary does not describe stays as it is.
 */
export function normalise(
  tables: Tables,
  type: string,
  plain: Attributes,
  mode: Mode = 'code',
): Normalised {
  const table = tables.types.get(type)
  if (table === undefined) return { attributes: plain, partial: hasAbsent(plain) }
  const plan = table.plan(mode)
  const attributes = coerceFields(plan, plain)
  const { rules = {}, protocols = [] } = table.statement
  for (const [name, kind] of Object.entries(rules)) {
    const written = attributes[name]
    if (isList(written)) attributes[name] = singleRules(kind, written).map(single => single.rule)
  }
  for (const name of protocols) attributes[name] = spellProtocol(attributes[name])
  const hasNoTags = plain.tags_all === undefined || (mode === 'code' && plain.tags_all === null)
  if (plan.byName.has('tags_all') && hasNoTags && plan.byName.has('tags'))
    attributes.tags_all = attributes.tags
  return { attributes, partial: hasAbsent(attributes) }
}

/**
 * Where the source wrote what stands at a path of the normalised attributes: blocks have an index there, rules have
 * their sources together, and a policy is as it was written.
 * @example sourcePath(tables, 'aws_s3_bucket', plain, ['versioning', 'enabled']) // ['versioning', 0, 'enabled']
 */
export function sourcePath(tables: Tables, type: string, plain: Attributes, path: Path): Path {
  const table = tables.types.get(type)
  if (table === undefined) return path
  return sourceSteps(table.plan('code'), plain, rulePath(table, plain, path))
}

/** The path before rules were taken apart. */
function rulePath(table: TypeTable, plain: Attributes, path: Path): Path {
  const [name, index, attribute, , ...rest] = path
  const kind = typeof name === 'string' ? table.statement.rules?.[name] : undefined
  const field = typeof name === 'string' ? table.plan('code').byName.get(name) : undefined
  if (kind === undefined || field === undefined || typeof index !== 'number') return path
  const written = coerce(field, child(plain, field.name))
  const single = isList(written) ? singleRules(kind, written)[index] : undefined
  if (single === undefined) return path
  const isSource = path.length > 3 && attribute === single.source?.attribute
  return isSource && single.source !== undefined
    ? [field.name, single.from, single.source.attribute, single.source.index, ...rest]
    : [field.name, single.from, ...path.slice(2)]
}
