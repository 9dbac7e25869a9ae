import { Absent } from '../resource.ts'
import { filled, isSame, type Text, undecided } from './text.ts'

/** Whether two availability zones are different ones: `eu-west-1a` and `…b`, or neighbours in the region's list. */
export function areApart(one: Text, other: Text): boolean {
  if (isSame(one, other)) return false
  if (typeof one === 'string' && typeof other === 'string') return true
  if (one instanceof Absent && other instanceof Absent)
    return areNeighbours(one, other) || differByLetter(one, other) || undecided(one)
  return undecided(one instanceof Absent ? one : other)
}

/** Every region has two zones at least, so that neighbours in its list differ, also where the list is gone through again. */
function areNeighbours(one: Absent, other: Absent): boolean {
  const [first, second] = [place(one), place(other)]
  return (
    first !== null &&
    second !== null &&
    first.list === second.list &&
    Math.abs(first.at - second.at) === 1
  )
}

function place({ reason, parts }: Absent): { readonly list: string; readonly at: number } | null {
  const [, list, at] =
    /^(\S*\bdata\.aws_availability_zones\.\S+\.(?:names|zone_ids))\[(\d+)\] is known/.exec(
      reason,
    ) ?? []
  return list === undefined || parts?.length !== 1 ? null : { list, at: Number(at) }
}

/** `${var.region}a` and `${var.region}b`. */
function differByLetter(one: Absent, other: Absent): boolean {
  return (
    one.holes.join() === other.holes.join() &&
    one.parts?.length === 2 &&
    other.parts?.length === 2 &&
    one.parts[0] === null &&
    other.parts[0] === null &&
    filled(one, '') !== filled(other, '')
  )
}
