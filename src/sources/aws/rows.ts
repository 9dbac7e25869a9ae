import type { Row } from './row.ts'

/** A service's file is loaded with its SDK client only where its types are asked for. */
const files = {
  s3: () => import('./s3.ts'),
} as const

const fileOf: Readonly<Record<string, keyof typeof files>> = {
  aws_s3_bucket: 's3',
}

/** The row of a type; null where live scans know no such type. */
export async function rowOf(type: string): Promise<Row | null> {
  const file = Object.hasOwn(fileOf, type) ? fileOf[type] : undefined
  if (file === undefined) return null
  const { rows } = await files[file]()
  return rows.find(row => row.type === type) ?? null
}

export function isCollected(type: string): boolean {
  return Object.hasOwn(fileOf, type)
}

export const collectedTypes: readonly string[] = Object.keys(fileOf)
