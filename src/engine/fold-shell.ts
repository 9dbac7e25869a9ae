import { Absent, type Origin, type Plain, type Resource } from '../resource.ts'
import { namesOf } from '../vocabulary/knowledge.ts'
import type { Tables, TypeTable } from '../vocabulary/load.ts'
import { type Addition, joined } from './fold-join.ts'
import { linkOf } from './fold-parents.ts'

/** Stands for a parent that is not in the scan, under the child's address: all that the child does not fill is unresolved. */
export function shellOf(tables: Tables, child: Resource, additions: readonly Addition[]): Resource {
  const first = additions[0]?.joint
  const type = first?.fold.parent ?? child.type
  const table = tables.types.get(type)
  const template = table?.plan('code').template ?? {}
  const unknown = new Absent('unresolved', `the ${type} of ${child.id} is not in the scan`)
  const attributes: { [name: string]: Plain } = { ...template }
  for (const name of Object.keys(template)) attributes[name] = unknown
  for (const { joint } of additions) if (joint.fold.many) attributes[joint.fold.into] = []
  const link = first === undefined ? undefined : linkOf(first.link, child)
  const name = typeof link === 'string' ? link : undefined
  const named = table === undefined ? undefined : namedBy(first?.link.at(-1) ?? '', table)
  if (name !== undefined && named !== undefined && named in template) attributes[named] = name
  const shell: Resource = {
    type,
    id: child.id,
    name: name ?? child.name,
    account: child.account,
    region: child.region,
    attributes,
    origin: headerOf(child.origin),
    partial: true,
    shell: true,
    ...(child.refs === undefined ? {} : { refs: child.refs }),
  }
  return joined(shell, additions)
}

/** What the link tells of the parent: `security_group_id` its id and not its name. */
function namedBy(link: string, table: TypeTable): string | undefined {
  const [, identity] = /_(id|arn)$/.exec(link) ?? []
  return identity ?? namesOf(table)[0]
}

/** Paths of the shell lead to the child through its parts, never by the child's own. */
function headerOf(origin: Origin): Origin {
  const { locate: _, chain: __, sensitive: ___, declared: ____, ...header } = origin
  return header
}
