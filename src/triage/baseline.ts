import { open, readFile, rename, rm } from 'node:fs/promises'
import { UserError } from '../errors.ts'
import type { Finding, Status } from '../finding.ts'
import { jsonFault, jsonText, plain } from '../text.ts'

/** What was known at a moment, so that later scans tell what is new. */
export interface Baseline {
  readonly file: string
  readonly entries: ReadonlyMap<string, BaselineEntry>
}

export interface BaselineEntry {
  readonly Fingerprint: string
  readonly CheckID: string
  readonly ResourceId: string
  readonly Status: Exclude<Status, 'PASS'>
}

/** What a baseline keeps of a finding. */
export type BaselineFinding = Pick<
  Finding,
  'Fingerprint' | 'CheckID' | 'ResourceId' | 'Status' | 'Muted'
>

/** Reads the file; `name` is what messages call it. */
export async function readBaseline(file: string, name: string = file): Promise<Baseline> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT'
    throw new UserError(
      isMissing
        ? `baseline ${name} does not exist: batten baseline write makes one`
        : `baseline ${name} cannot be read (${codeOf(error)})`,
    )
  }
  return { file: name, entries: parseEntries(text, name) }
}

/** Writes what fails or is unknown and is not muted; answers how many. The file is whole or not there. */
export async function writeBaseline(
  file: string,
  findings: Iterable<BaselineFinding>,
): Promise<number> {
  const entries = new Map<string, BaselineEntry>()
  for (const { Fingerprint, CheckID, ResourceId, Status, Muted } of findings) {
    if (Status === 'PASS' || Muted) continue
    const known = entries.get(Fingerprint)
    if (known?.Status !== 'FAIL') {
      entries.set(Fingerprint, { Fingerprint, CheckID, ResourceId, Status })
    }
  }
  await writeWhole(file, baselineText(entries.values()))
  return entries.size
}

/** Whether a finding is not in the baseline; null for what passes. What was unknown may still turn out to fail. */
export function isNew(baseline: Baseline, { Fingerprint, Status }: Finding): boolean | null {
  if (Status === 'PASS') return null
  const known = baseline.entries.get(Fingerprint)
  if (known === undefined) return true
  return Status === 'FAIL' && known.Status === 'UNKNOWN'
}

/** A line an entry. */
export function* showBaseline(baseline: Baseline): Iterable<string> {
  for (const { Status, CheckID, ResourceId } of baseline.entries.values()) {
    yield `${Status.padEnd(7)}  ${plain(CheckID)}  ${plain(ResourceId)}`
  }
}

/** An entry a line, sorted, without dates: a diff shows what came and went. */
function baselineText(entries: Iterable<BaselineEntry>): string {
  const lines = [...entries].sort(byText).map(entry => `    ${jsonText(entry)}`)
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`
}

function byText(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compare(a.CheckID, b.CheckID) ||
    compare(a.ResourceId, b.ResourceId) ||
    compare(a.Fingerprint, b.Fingerprint)
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw new UserError(`baseline ${file} cannot be written (${codeOf(error)})`)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function parseEntries(text: string, file: string): ReadonlyMap<string, BaselineEntry> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UserError(`${file}: not JSON: ${jsonFault(error)}`)
  }
  const findings = field(value, 'findings')
  if (field(value, 'version') !== 1 || !Array.isArray(findings)) {
    throw new UserError(`${file}: not a baseline of this version: batten baseline write makes one`)
  }
  return new Map(
    findings.map((item: unknown, index) => {
      const entry = toEntry(item)
      if (entry === null) throw new UserError(`${file}: entry ${index + 1} is not a finding`)
      return [entry.Fingerprint, entry]
    }),
  )
}

function toEntry(value: unknown): BaselineEntry | null {
  const Fingerprint = field(value, 'Fingerprint')
  const CheckID = field(value, 'CheckID')
  const ResourceId = field(value, 'ResourceId')
  const Status = field(value, 'Status')
  if (typeof Fingerprint !== 'string' || typeof CheckID !== 'string') return null
  if (typeof ResourceId !== 'string' || (Status !== 'FAIL' && Status !== 'UNKNOWN')) return null
  return { Fingerprint, CheckID, ResourceId, Status }
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
