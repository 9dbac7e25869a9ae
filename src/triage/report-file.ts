import { readFile } from 'node:fs/promises'
import { UserError } from '../errors.ts'
import type { BaselineFinding } from './baseline.ts'

/**
 * The findings of a report that a scan wrote before (`json` or `ndjson`), or null where the file is something else,
 * such as a plan. Throws UserError where a report cannot be read whole.
 */
export async function readReportFile(file: string): Promise<readonly BaselineFinding[] | null> {
  if (!/\.(?:json|ndjson)$/i.test(file) || /\.tf\.json$/i.test(file)) return null
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return null
  }
  const items = parse(text, /\.ndjson$/i.test(file))
  if (items === null || (items.length > 0 && !isFinding(items[0]))) return null
  return items.map((item, index) => {
    if (!isFinding(item)) throw new UserError(`${file}: entry ${index + 1} is not a finding`)
    return item
  })
}

function parse(text: string, isLines: boolean): readonly unknown[] | null {
  try {
    if (isLines) {
      const lines = text.split('\n').filter(line => line.trim() !== '')
      return lines.map((line): unknown => JSON.parse(line))
    }
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function isFinding(value: unknown): value is BaselineFinding {
  if (typeof value !== 'object' || value === null) return false
  const { Fingerprint, CheckID, ResourceId, Status, Muted } = value as Readonly<
    Record<string, unknown>
  >
  return (
    [Fingerprint, CheckID, ResourceId].every(each => typeof each === 'string') &&
    (Status === 'PASS' || Status === 'FAIL' || Status === 'UNKNOWN') &&
    typeof Muted === 'boolean'
  )
}
