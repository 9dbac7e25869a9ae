import { type Call, page } from '../../call.ts'
import { asArray, asNumber, asStrings, asText, member } from '../../plain.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation } from '../../wire/service.ts'
import type { RdsLists } from './state.ts'

export interface Listing<Key extends keyof RdsLists> {
  readonly key: Key
  /** The item's member, and usually the input's, that names it. */
  readonly id: string
  readonly input?: string
  /** The error for a name that nothing has. */
  readonly absent: string
  /** The last part but one of an ARN: `db`, `cluster`. */
  readonly arn?: readonly [member: string, kind: string]
  /** Further members that narrow the list when the input gives them. */
  readonly by?: readonly string[]
}

export function describe<Key extends keyof RdsLists>(
  schema: Operation['schema'],
  listing: Listing<Key>,
): Operation {
  return operation(schema, (input: object, call) => {
    const name = asText(member(input, listing.input ?? listing.id))
    const all = withArns(call, listing)
    const named = name === undefined ? all : all.filter(item => isNamed(item, listing, name))
    if (name !== undefined && named.length === 0) throw notThere(listing.absent, name)
    const wanted = named.filter(item =>
      (listing.by ?? []).every(
        one => (member(input, one) ?? member(item, one)) === member(item, one),
      ),
    )
    const filtered = wanted.filter(item => passes(item, member(input, 'Filters')))
    return rdsPage(call, input, listing.key, filtered)
  })
}

export function rdsPage(call: Call, input: object, key: string, all: readonly object[]): object {
  const size = asNumber(member(input, 'MaxRecords')) ?? 100
  const { items, next } = page(call, all, asText(member(input, 'Marker')), size)
  return { [key]: items, Marker: next }
}

export function notThere(code: string, name: string | undefined): ApiError {
  return new ApiError(code, 404, `${name} not found.`)
}

function withArns<Key extends keyof RdsLists>(
  call: Call,
  { key, id, arn }: Listing<Key>,
): readonly object[] {
  const items: readonly RdsLists[Key][number][] = call.state.rds(call.region)[key]
  if (!arn) return items
  const [name, kind] = arn
  return items.map(item => ({ [name]: arnOf(call, kind, asText(member(item, id))), ...item }))
}

export function arnOf({ state, region }: Call, kind: string, name: string | undefined): string {
  return `arn:${state.partition}:rds:${region}:${state.account}:${kind}:${name}`
}

/** RDS takes a name or an ARN. */
function isNamed(item: object, { id, arn }: Listing<keyof RdsLists>, name: string): boolean {
  return member(item, id) === name || (arn !== undefined && member(item, arn[0]) === name)
}

/** `db-cluster-id`, `engine`: the filters that Describe calls take. */
function passes(item: object, filters: unknown): boolean {
  return asArray(filters).every(filter => {
    const key = filterKeys.get(asText(member(filter, 'Name')) ?? '')
    return (
      key !== undefined && asStrings(member(filter, 'Values')).includes(String(member(item, key)))
    )
  })
}

const filterKeys = new Map([
  ['db-instance-id', 'DBInstanceIdentifier'],
  ['db-cluster-id', 'DBClusterIdentifier'],
  ['db-snapshot-id', 'DBSnapshotIdentifier'],
  ['db-cluster-snapshot-id', 'DBClusterSnapshotIdentifier'],
  ['engine', 'Engine'],
  ['snapshot-type', 'SnapshotType'],
])
