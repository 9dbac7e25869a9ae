import type { Warning } from '../errors.ts'
import type { Finding } from '../finding.ts'
import { Absent, type Path, type Plain, type Resource, type Span } from '../resource.ts'
import { dayAfter } from './day.ts'
import { isGlobMatch, type Skip, type Skips } from './skips.ts'

export interface SkipSearch {
  /** The skip that covers a finding. */
  find(finding: Finding, resource: Resource): Skip | null
  /** After the findings: what is unused, expired, or gives no reason. */
  warnings(): readonly Warning[]
}

interface Terms {
  readonly now: Date
  readonly selected: (id: string) => boolean
  readonly workspace: string
}

/** Skips at work: finds what stands in or above the blocks and the attribute that a finding is about. */
export function skipsAtWork(skips: Skips, terms: Terms): SkipSearch {
  const used = new Set<Skip>()
  const lines = new Map([...skips.byFile].map(([file, list]) => [file, linesOf(list)] as const))
  const active = (skip: Skip): boolean =>
    !isExpired(skip, terms.now) && isWorkspace(skip, terms.workspace)

  return {
    find(finding, resource) {
      if (skips.all.length === 0) return null
      const blocks = blocksOf(finding, resource)
      let winner: Skip | null = null
      for (const file of new Set([...blocks.map(block => block.file), finding.File])) {
        for (const skip of file === null ? [] : (skips.byFile.get(file) ?? [])) {
          if (skip.ids !== 'all' && !skip.ids.has(finding.CheckID)) continue
          if (!active(skip) || !holds(skip, resource)) continue
          const taken = lines.get(skip.file) ?? new Set()
          if (!covers(skip, finding, resource, blocks, taken)) continue
          winner ??= skip
          if (finding.Status !== 'PASS') used.add(skip)
        }
      }
      return winner
    },
    warnings: () => [
      ...skips.warnings,
      ...skips.all.flatMap(skip => {
        const message = remark(skip, used.has(skip), terms)
        return message === null ? [] : [{ message, file: skip.file, line: skip.line }]
      }),
    ],
  }
}

function remark(skip: Skip, isUsed: boolean, { now, selected, workspace }: Terms): string | null {
  if (isExpired(skip, now)) return `${skip.written} has expired and skips nothing`
  if (!isWorkspace(skip, workspace)) return null
  const asked = skip.ids === 'all' || [...skip.ids].some(selected)
  if (!isUsed) return asked ? `${skip.written} skips nothing that fails` : null
  return skip.reason === null ? `${skip.written} gives no reason` : null
}

function isExpired({ expires }: Skip, now: Date): boolean {
  return expires !== null && now >= dayAfter(expires)
}

function isWorkspace({ workspace: wanted }: Skip, workspace: string): boolean {
  return wanted === null || isGlobMatch(wanted.split('*'), workspace)
}

/** The resource's block and the module calls around it, and the block that holds the fault where another one does. */
function blocksOf(finding: Finding, resource: Resource): readonly Span[] {
  const own = spansOf(resource)
  if (finding.FaultAddress === null || finding.FaultAddress === finding.Address) return own
  return [...own, ...faultParts(finding, resource).flatMap(part => spansOf(part.of))]
}

function faultParts({ FaultAddress }: Finding, { parts = [] }: Resource) {
  return parts.filter(({ of }) => (of.origin.address ?? of.id) === FaultAddress)
}

function spansOf({ origin }: Resource): readonly Span[] {
  return origin.blocks ?? (origin.span ? [origin.span] : [])
}

function covers(
  skip: Skip,
  finding: Finding,
  resource: Resource,
  blocks: readonly Span[],
  taken: ReadonlySet<number>,
): boolean {
  const here = blocks.filter(block => block.file === skip.file)
  if (skip.scope !== 'line') {
    const inside = here.some(
      ({ startLine, endLine }) => startLine <= skip.line && skip.line <= endLine,
    )
    if (inside || skip.scope === 'block') return inside
    const below = nextLine(skip.line, taken)
    return here.some(({ startLine }) => startLine === below)
  }
  const below = nextLine(skip.line, taken)
  if (here.some(({ startLine }) => startLine === skip.line || startLine === below)) return true
  return attributeSpans(finding, resource).some(
    ({ file, startLine, endLine }) =>
      file === skip.file &&
      ((startLine <= skip.line && skip.line <= endLine) || startLine === below),
  )
}

/** Comments that stand below one another all speak of the first line after them. */
function nextLine(line: number, taken: ReadonlySet<number>): number {
  let next = line + 1
  while (taken.has(next)) next++
  return next
}

function linesOf(skips: readonly Skip[]): ReadonlySet<number> {
  return new Set(skips.map(skip => skip.line))
}

/** Where the finding points, and the nested blocks around it. */
function attributeSpans(finding: Finding, resource: Resource): readonly Span[] {
  const { File: file, StartLine: startLine, EndLine: endLine } = finding
  const path = parsePath(finding.Evidence[0]?.Path ?? '')
  const around = path.flatMap((_, index) => located(finding, resource, path.slice(0, index)))
  if (file === null || startLine === null) return around
  const own = { file, startLine, startColumn: 1, endLine: endLine ?? startLine, endColumn: 1 }
  // Of a nested block only the first line counts, as for the whole block.
  return [own, ...around.map(span => ({ ...span, endLine: span.startLine }))]
}

function located(finding: Finding, resource: Resource, path: Path): readonly Span[] {
  if (path.length === 0) return []
  const own = resource.origin.locate?.(path) ?? null
  const parts = faultParts(finding, resource).flatMap(part => {
    if (!part.at.every((step, index) => path[index] === step)) return []
    return part.of.origin.locate?.([...part.path, ...path.slice(part.at.length)]) ?? []
  })
  return own ? [own, ...parts] : parts
}

/** `ingress[0].cidr_blocks`, `tags["a b"]` */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(
    ([, index, quoted, name = '']) => {
      if (index !== undefined) return Number(index)
      return quoted === undefined ? name : unquoted(quoted)
    },
  )
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}

/** Whether the resource has the attributes that the skip names; blocks that occur several times count if one has. */
function holds({ where }: Skip, { attributes }: Resource): boolean {
  return where.every(({ path, value }) => has(attributes, path, value))
}

function has(from: Plain, path: readonly string[], value: string): boolean {
  const [name, ...rest] = path
  if (from instanceof Absent) return false
  if (Array.isArray(from)) return from.some((item: Plain) => has(item, path, value))
  if (name === undefined) return from !== null && typeof from !== 'object' && String(from) === value
  if (from === null || typeof from !== 'object' || !Object.hasOwn(from, name)) return false
  return has((from as { readonly [key: string]: Plain })[name], rest, value)
}
