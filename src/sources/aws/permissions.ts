import type { Row } from './row.ts'
import { rowOf } from './rows.ts'

/** Type → the attributes of it that a scan is going to read. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>

/** The readings of several checks together. */
export function needsOf(readings: Iterable<Readonly<Record<string, readonly string[]>>>): Needs {
  const needs = new Map<string, Set<string>>()
  for (const reading of readings)
    for (const [type, names] of Object.entries(reading)) {
      const known = needs.get(type) ?? new Set()
      needs.set(type, known)
      for (const name of names) known.add(name)
    }
  return needs
}

/** Every permission that the scan takes, and no other. */
export async function permissionsFor(needs: Needs): Promise<readonly string[]> {
  const permissions = new Set<string>()
  for (const [type, names] of needs) {
    const row = await rowOf(type)
    if (row === null) continue
    if (row.scope === 'region') permissions.add(regionsPermission)
    for (const permission of row.permissions) permissions.add(permission)
    for (const detail of detailsFor(row, names))
      for (const permission of row.details[detail]?.permissions ?? []) permissions.add(permission)
  }
  return [...permissions].sort()
}

const regionsPermission = 'ec2:DescribeRegions'

/** The numbers of a row's details that tell one of these attributes. */
export function detailsFor(row: Row, names: ReadonlySet<string>): readonly number[] {
  return [...row.details.keys()].filter(number =>
    row.details[number]?.attributes.some(name => names.has(name)),
  )
}

/** The policy to give to whoever scans; what it names only reads. */
export function policyOf(permissions: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'BattenReads', Effect: 'Allow', Action: permissions, Resource: '*' }],
  }
}
