import type { Resource } from '../resource.ts'

/** Why one that exists an unknown number of times may not be there for the other; null where it multiplies with that. */
export function doubtOf(one: Resource, other: Resource): string | null {
  const at = one.id.lastIndexOf('[*]')
  if (at < 0 || one.origin.root === null) return null
  const multiplied = one.id.slice(0, at + 3)
  if (at + 3 < one.id.length && other.id.startsWith(multiplied)) return null
  return `how many ${withoutInstance(one.id)} there are is not known`
}

/** Why a related resource may be there any number of times; null where it is there for sure, as what one refers to is. */
export function whyMaybe(related: Resource, owner: Resource): string | null {
  const doubt = doubtOf(related, owner)
  const isNamed = () => Object.values(owner.refs ?? {}).some(ids => ids.includes(related.id))
  return doubt === null || isNamed() ? null : doubt
}

/** `module.a["x"].aws_s3_bucket.b[0]` → `module.a["x"].aws_s3_bucket.b`. */
export function withoutInstance(id: string): string {
  return id.endsWith(']') ? id.slice(0, id.lastIndexOf('[')) : id
}
