import { posix } from 'node:path'
import type { EvidenceItem, Finding } from '../finding.ts'
import { plain } from '../text.ts'

const mostRelated = 100

const levels = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFORMATIONAL: 'note',
} as const

export function sarifLevel(severity: Finding['Severity']): 'error' | 'warning' | 'note' {
  return levels[severity]
}

/** One failing finding; `directory` leads from the top of the source tree to where paths start. */
export function sarifResult(finding: Finding, ruleIndex: number, directory: string) {
  const related = relatedLocations(finding, directory)
  return {
    ruleId: plain(finding.CheckID),
    ruleIndex,
    level: sarifLevel(finding.Severity),
    message: { text: messageText(finding.StatusExtended) },
    locations: [primaryLocation(finding, directory)],
    partialFingerprints: { 'battenFingerprint/v1': finding.Fingerprint },
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    ...(finding.Muted ? { suppressions: [suppression(finding, directory)] } : {}),
    ...(finding.New === null ? {} : { baselineState: finding.New ? 'new' : 'unchanged' }),
  }
}

/** Relative to the top of the tree and encoded piece by piece; an absolute path has no base. */
export function fileUri(file: string, directory: string): { uri: string; uriBaseId?: string } {
  const path = plain(file)
  if (path.startsWith('/')) return { uri: `file://${encoded(path)}` }
  return { uri: encoded(posix.normalize(posix.join(plain(directory), path))), uriBaseId: 'SRCROOT' }
}

function primaryLocation(finding: Finding, directory: string) {
  const { File, StartLine, StartColumn, EndLine, EndColumn } = finding
  const names = [finding.Address ?? finding.ResourceId, finding.FaultAddress]
  return {
    physicalLocation:
      File === null
        ? livePlace(finding)
        : {
            artifactLocation: fileUri(File, directory),
            region: region(StartLine, StartColumn, EndLine, EndColumn),
          },
    logicalLocations: [...new Set(names)]
      .filter(name => name !== null)
      .map(name => ({ fullyQualifiedName: plain(name), kind: 'resource' })),
  }
}

/** Code scanning insists on a file: a path that is the same in each scan and that no repository has. */
function livePlace({ Provider, AccountId, Region, ResourceType, ResourceName }: Finding) {
  const pieces = [Provider, AccountId ?? 'account', Region ?? 'global', ResourceType, ResourceName]
  const uri = pieces.map(piece => encoded(inOnePiece(plain(piece)))).join('/')
  return { artifactLocation: { uri, uriBaseId: 'SRCROOT' }, region: { startLine: 1 } }
}

/** Neither a way down nor a way up. */
function inOnePiece(name: string): string {
  return name.replaceAll('/', '_').replace(/^\.{0,2}$/, '_')
}

function region(
  startLine: number | null,
  startColumn: number | null,
  endLine: number | null,
  endColumn: number | null,
) {
  const first = Math.max(1, startLine ?? 1)
  const last = Math.max(first, endLine ?? first)
  const columns =
    startColumn !== null && endColumn !== null && startColumn >= 1
      ? { startColumn, endLine: last, endColumn: Math.max(1, endColumn) }
      : { endLine: last }
  return { startLine: first, ...columns }
}

/** The other places that the evidence names: where the value came from, and the piece that holds the fault. */
function relatedLocations({ Evidence, File, StartLine }: Finding, directory: string) {
  const places = new Map<string, EvidenceItem & { readonly File: string }>()
  for (const item of Evidence) {
    if (item.File === null || (item.File === File && item.Line === StartLine)) continue
    const key = `${item.File}:${item.Line} ${item.Path}`
    if (places.size < mostRelated) places.set(key, { ...item, File: item.File })
  }
  return [...places.values()].map((item, id) => ({
    id,
    message: { text: messageText(item.Path) },
    physicalLocation: {
      artifactLocation: fileUri(item.File, directory),
      region: { startLine: Math.max(1, item.Line ?? 1) },
    },
  }))
}

function suppression({ MutedBy, MuteReason }: Finding, directory: string) {
  const [, file, line] = /^inline skip (.*):(\d+)$/s.exec(MutedBy ?? '') ?? []
  const place = file === undefined ? undefined : fileUri(file, directory)
  return {
    kind: 'inSource',
    ...(MuteReason === null ? {} : { justification: messageText(MuteReason) }),
    ...(place
      ? {
          location: {
            physicalLocation: {
              artifactLocation: place,
              region: { startLine: Math.max(1, Number(line)) },
            },
          },
        }
      : {}),
  }
}

/** `[text](address)` in a message would become a link, and `{0}` a placeholder. */
export function messageText(text: string): string {
  const line = plain(text)
    .replaceAll('](', '] (')
    .replace(/\{(?=\d+\})/g, '{ ')
  return line === '' ? 'fails' : line
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
