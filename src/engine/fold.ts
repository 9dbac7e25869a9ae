import { Absent, type Resource } from '../resource.ts'
import type { Fold } from '../vocabulary/fold.ts'
import type { Tables } from '../vocabulary/load.ts'
import { normalise } from '../vocabulary/normalise.ts'
import { hasAbsent, isList } from '../vocabulary/plain.ts'
import { type Addition, joined } from './fold-join.ts'
import { linkOf, parentFinder } from './fold-parents.ts'
import { type Joint, jointOf } from './fold-pieces.ts'
import { shellOf } from './fold-shell.ts'
import { byRoot, push } from './grouped.ts'

/**
 * Joins what Terraform splits: every child fills its slot in its parent, so that a check reads one shape. The
 * children stay in the list, for the checks that name them; a child without a parent gets a shell of one.
 */
export function fold(tables: Tables, resources: readonly Resource[]): readonly Resource[] {
  const all = [...resources, ...aliasesOf(tables, resources)]
  const joints = jointsByChild(tables)
  const finders = new Map(
    [...byRoot(all)].map(([root, group]) => [root, parentFinder(tables, joints, group)]),
  )
  const additions = new Map<Resource, Addition[]>()
  const shells: Resource[] = []
  for (const child of all) {
    const orphaned: Addition[] = []
    const settled = new Set<string>()
    for (const joint of joints.get(child.type) ?? []) {
      const applies = isMeant(joint.fold, child)
      if (applies === false || linkOf(joint.link, child) === undefined) continue
      const found = finders.get(child.origin.root)?.(joint, child) ?? []
      for (const { parent, doubt } of found) {
        push(additions, parent, { joint, child, doubt: applies ?? doubt })
      }
      if (found.length > 0) settled.add(joint.fold.parent).add(joint.fold.link)
      else orphaned.push({ joint, child, doubt: applies })
    }
    for (const lonely of byParent(orphaned.filter(each => !isSettled(each, settled))))
      shells.push(shellOf(tables, child, lonely))
  }
  return [...all, ...shells].map(resource =>
    settle(tables, joined(resource, additions.get(resource) ?? [])),
  )
}

/** The same resource under the type that checks name: a default VPC is a VPC. */
function aliasesOf(tables: Tables, resources: readonly Resource[]): readonly Resource[] {
  const aliases = new Map(tables.aliases.map(alias => [alias.type, alias]))
  return resources.flatMap(resource => {
    const alias = aliases.get(resource.type)
    const schema = alias && tables.types.get(alias.of)?.schema
    if (alias === undefined || schema === undefined) return []
    const shared = Object.entries(resource.attributes).filter(([name]) =>
      Object.hasOwn(schema, name),
    )
    const values = { ...Object.fromEntries(shared), ...alias.set }
    return [{ ...resource, type: alias.of, ...normalise(tables, alias.of, values) }]
  })
}

function jointsByChild(tables: Tables): ReadonlyMap<string, readonly Joint[]> {
  const joints = new Map<string, Joint[]>()
  for (const each of tables.folds) {
    const parent = tables.types.get(each.parent)
    if (parent !== undefined) push(joints, each.child, jointOf(each, parent))
  }
  return joints
}

/** False where the fold is for other children; the doubt where nobody knows; null where it is for this one. */
function isMeant({ when }: Fold, child: Resource): false | string | null {
  if (when === undefined) return null
  const value = child.attributes[when.attribute]
  if (value instanceof Absent) return value.reason
  return value === when.equals ? null : false
}

function isSettled({ joint }: Addition, settled: ReadonlySet<string>): boolean {
  return settled.has(joint.fold.parent) || settled.has(joint.fold.link)
}

/** One shell for each parent that is missing; a link that may mean several types means the first. */
function byParent(orphaned: readonly Addition[]): readonly (readonly Addition[])[] {
  const typeOf = new Map<string, string>()
  const groups = new Map<string, Addition[]>()
  for (const addition of orphaned) {
    const { link, parent } = addition.joint.fold
    const type = typeOf.get(link) ?? parent
    typeOf.set(link, type)
    if (type === parent) push(groups, type, addition)
  }
  return [...groups.values()]
}

/** Some defaults hang on what else is declared; live values are effective already. */
function settle(tables: Tables, resource: Resource): Resource {
  const rule = tables.types.get(resource.type)?.statement.settle
  const { locate } = resource.origin
  if (rule === undefined || (locate === undefined && !resource.shell)) return resource
  const isDeclared = (name: string): boolean =>
    resource.parts?.some(part => part.at[0] === name) === true || isGiven(resource.origin, name)
  const changes = rule(resource.attributes, isDeclared)
  if (changes === null) return resource
  const attributes = { ...resource.attributes, ...changes }
  return { ...resource, attributes, partial: hasAbsent(attributes) }
}

/** What is written and null is left out; of several blocks no one place is theirs. */
function isGiven({ locate, declared }: Resource['origin'], name: string): boolean {
  const value = declared?.values[name]
  if (declared !== undefined && (value ?? null) === null) return false
  return (isList(value) && value.length > 0) || (locate !== undefined && locate([name]) !== null)
}
