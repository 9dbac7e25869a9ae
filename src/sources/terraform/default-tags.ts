import { Absent, type Attributes } from '../../resource.ts'
import { taggable } from '../../vocabulary/knowledge.ts'
import type { Tables } from '../../vocabulary/load.ts'
import { isFields } from '../../vocabulary/plain.ts'
import { fields } from './plain.ts'
import type { ProviderFacts } from './provider-facts.ts'

/** A resource has its provider's default tags beside its own; its own win. */
export function withDefaultTags(
  plain: Attributes,
  type: string,
  { tags: defaults }: ProviderFacts,
  tables: Tables,
): Attributes {
  if (defaults === undefined || !taggable(tables, type)) return plain
  const own = plain.tags
  if (own instanceof Absent) return plain
  if (defaults instanceof Absent)
    return isFields(own) ? { ...plain, tags_all: defaults } : { ...plain, tags: defaults }
  const tags = fields([...Object.entries(defaults), ...(isFields(own) ? Object.entries(own) : [])])
  return { ...plain, tags, tags_all: tags }
}
