import type { Gap, Warning } from '../../errors.ts'
import type { Problem } from '../../lang/hcl/module/problem.ts'

/** What a person must know of a reading beside its resources. */
export interface Notes {
  gap(gap: Gap): void
  warning(warning: Warning): void
  problem(problem: Problem): void
  readonly gaps: readonly Gap[]
  warnings(): readonly Warning[]
}

/** More than this nobody reads; the rest is counted. */
const mostWarnings = 50

export function notebook(): Notes {
  const gaps: Gap[] = []
  const warnings: Warning[] = []
  const seen = new Set<string>()
  const isNew = (...parts: readonly (string | number | undefined)[]): boolean => {
    const key = parts.join('\n')
    if (seen.has(key)) return false
    seen.add(key)
    return true
  }
  const notes: Notes = {
    gaps,
    gap(gap) {
      if (isNew('gap', gap.subject, gap.reason)) gaps.push(gap)
    },
    warning(warning) {
      if (isNew('warning', warning.file, warning.line, warning.message)) warnings.push(warning)
    },
    problem(problem) {
      const gap = gapOf(problem)
      // Other instances of the same block have the same hole.
      const { file, line, column, summary } = problem
      if (gap !== null && isNew('problem', file, line, column, summary)) notes.gap(gap)
      if (problem.kind === 'invalid') notes.warning(warningOf(problem))
    },
    warnings() {
      const more = warnings.length - mostWarnings
      if (more <= 0) return warnings
      return [...warnings.slice(0, mostWarnings), { message: `${more} more warnings` }]
    },
  }
  return notes
}

/** A block that could not be read, a module that is not there, and work that was refused leave a hole in the scan. */
function gapOf(problem: Problem): Gap | null {
  const { kind, file, line, column, summary, detail, subject } = problem
  const where = `${file}:${line}:${column}`
  const words = detail === '' ? summary : `${summary}: ${detail}`
  const place = { reason: `${where}: ${oneLine(words)}`, file, line, column }
  switch (kind) {
    case 'syntax':
      return { kind: 'files', subject: file, ...place, ...hidden(problem) }
    case 'limit':
      return { kind: 'files', subject: subject ?? file, ...place, ...hiddenInstances(subject) }
    case 'module':
      return { kind: 'modules', subject: subject ?? file, ...place }
  }
  return null
}

/** Of a torn block whose header could be read, the type that it hides. */
function hidden({ block }: Problem): { readonly hides?: readonly string[] } {
  if (block?.type !== 'resource') return {}
  const type = block.labels[0]
  return type === undefined ? {} : { hides: [type] }
}

/** Of `module.x.aws_s3_bucket.logs` the type; a module hides any. */
function hiddenInstances(address: string | undefined): { readonly hides?: readonly string[] } {
  const [, type] = /(?:^|\.)(\w+)\.[\w-]+$/.exec(address ?? '') ?? []
  return type === undefined || type === 'module' ? {} : { hides: [type] }
}

function warningOf({ file, line, summary, detail }: Problem): Warning {
  return { message: oneLine(detail === '' ? summary : `${summary}: ${detail}`), file, line }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
