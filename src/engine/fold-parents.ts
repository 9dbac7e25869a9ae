import { Absent, type Plain, type Resource } from '../resource.ts'
import type { Fold } from '../vocabulary/fold.ts'
import { namesOf } from '../vocabulary/knowledge.ts'
import type { Tables } from '../vocabulary/load.ts'
import { isList, child as step } from '../vocabulary/plain.ts'
import type { Joint } from './fold-pieces.ts'
import { key, push, scopeOf } from './grouped.ts'
import { doubtOf, withoutInstance } from './instance.ts'

/** A resource that the child belongs to, and why that is not sure, if it is not. */
export interface Found {
  readonly parent: Resource
  readonly doubt: string | null
}

/**
 * Finds the parents that a child's link names among resources of one root module or of live scans: by reference
 * first, through another child if need be, else by equal names within one scope.
 */
export function parentFinder(
  tables: Tables,
  joints: ReadonlyMap<string, readonly Joint[]>,
  resources: readonly Resource[],
): (joint: Joint, child: Resource) => readonly Found[] {
  const parents = new Map(tables.folds.map(({ parent }) => [parent, emptyIndex()]))
  const children = new Map<string, Resource>()
  for (const resource of resources) {
    if (joints.has(resource.type)) children.set(resource.id, resource)
    const index = parents.get(resource.type)
    if (index === undefined) continue
    index.byId.set(resource.id, resource)
    const base = withoutInstance(resource.id)
    if (base !== resource.id) push(index.instances, base, resource)
  }
  const names = namesIndex(tables, resources)

  return (joint, child) => {
    const { fold } = joint
    const link = linkOf(joint.link, child)
    const index = parents.get(fold.parent) ?? emptyIndex()
    const ids = referencesOf(joint.link, child, link)
    const referred = follow(ids, index, fold.parent)
    if (referred.length === 1 && !isList(link)) return sure(child, referred)
    const texts = (isList(link) ? link : [link]).filter(each => typeof each === 'string')
    const named = () => texts.flatMap(text => names(fold, child, text))
    if (isList(link)) return sure(child, [...new Set([...referred, ...named()])])
    if (referred.length > 1) {
      const equal = named().filter(each => referred.includes(each))
      return equal.length === 1 ? sure(child, equal) : unsure(child, referred)
    }
    const several = ids.flatMap(id => index.instances.get(withoutInstance(id)) ?? [])
    const candidates = [...new Set(several.length > 0 ? several : named())]
    return candidates.length === 1 ? sure(child, candidates) : unsure(child, candidates)
  }

  /** `bucket = aws_s3_bucket_policy.this.id` names the bucket of that policy. */
  function follow(ids: readonly string[], index: Index, type: string): readonly Resource[] {
    const found = new Set<Resource>()
    const seen = new Set(ids)
    for (const id of seen) {
      const parent = index.byId.get(id)
      if (parent !== undefined) found.add(parent)
      const other = parent === undefined ? children.get(id) : undefined
      if (other === undefined) continue
      for (const { fold, link } of joints.get(other.type) ?? [])
        if (fold.parent === type)
          for (const next of referencesOf(link, other, linkOf(link, other))) seen.add(next)
    }
    return [...found]
  }
}

interface Index {
  readonly byId: Map<string, Resource>
  readonly instances: Map<string, Resource[]>
}

/** What the child's link says; undefined where it names nothing. */
export function linkOf(path: readonly string[], child: Resource): Plain {
  let value: Plain = child.attributes
  for (const name of path) value = step(value, name)
  return value === null || (isList(value) && value.length === 0) ? undefined : value
}

function emptyIndex(): Index {
  return { byId: new Map(), instances: new Map() }
}

function referencesOf(
  [name = '']: readonly string[],
  child: Resource,
  link: Plain,
): readonly string[] {
  const refs = child.refs !== undefined && Object.hasOwn(child.refs, name) ? child.refs[name] : []
  const hidden = (isList(link) ? link : [link]).flatMap(each =>
    each instanceof Absent ? each.from : [],
  )
  return hidden.length === 0 ? (refs ?? []) : [...new Set([...(refs ?? []), ...hidden])]
}

/** By attribute, built when somebody asks for it. */
function namesIndex(
  tables: Tables,
  resources: readonly Resource[],
): (fold: Fold, child: Resource, name: string) => readonly Resource[] {
  const byType = new Map<string, Resource[]>()
  for (const resource of resources) push(byType, resource.type, resource)
  const indexes = new Map<string, Map<string, Resource[]>>()

  return ({ parent, by }, child, name) => {
    const table = tables.types.get(parent)
    const scope = scopeOf(table, child)
    const attributes = by ?? ['id', ...(table === undefined ? [] : namesOf(table)), 'arn']
    return attributes.flatMap(attribute => {
      const index = indexes.get(key(parent, attribute)) ?? build(parent, attribute)
      indexes.set(key(parent, attribute), index)
      return index.get(key(scope, name)) ?? []
    })
  }

  function build(type: string, attribute: string): Map<string, Resource[]> {
    const index = new Map<string, Resource[]>()
    for (const resource of byType.get(type) ?? []) {
      let value: Plain = resource.attributes
      for (const name of attribute.split('.')) value = step(value, name)
      if (typeof value === 'string' && value !== '')
        push(index, key(scopeOf(tables.types.get(type), resource), value), resource)
    }
    return index
  }
}

function sure(child: Resource, parents: readonly Resource[]): readonly Found[] {
  return parents.map(parent => ({ parent, doubt: doubtOf(child, parent) }))
}

function unsure(child: Resource, parents: readonly Resource[]): readonly Found[] {
  const doubt = `which resource ${child.id} belongs to is not known`
  return parents.map(parent => ({ parent, doubt }))
}
