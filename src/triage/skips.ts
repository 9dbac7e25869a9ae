import type { Warning } from '../errors.ts'
import type { SourceComment } from '../sources/source.ts'
import { isDay } from './day.ts'
import type { CheckNames } from './names.ts'

/** A comment in the code that says: not here. */
export interface Skip {
  readonly file: string
  readonly line: number
  /** As it was written, for messages. */
  readonly written: string
  /**
   * `block`: from the block's first line to its last (Checkov); `near`: also right above the block
   * (Batten); `line`: at or above an attribute or a block (tfsec, Trivy).
   */
  readonly scope: 'block' | 'near' | 'line'
  /** Check ids, or all of them. */
  readonly ids: ReadonlySet<string> | 'all'
  readonly reason: string | null
  /** The last day on which it counts. */
  readonly expires: string | null
  /** A Terraform workspace, `*` in it for any text. */
  readonly workspace: string | null
  /** Attributes that the resource must have. */
  readonly where: readonly { readonly path: readonly string[]; readonly value: string }[]
}

export interface Skips {
  readonly all: readonly Skip[]
  readonly byFile: ReadonlyMap<string, readonly Skip[]>
  /** Names that no check has, days that no calendar has. */
  readonly warnings: readonly Warning[]
}

const mostSkips = 100_000
/** Nobody writes a skip behind so much text, and searching it for all that was written there takes time. */
const longestLine = 2_000

/** Reads the skips of Batten, Checkov, tfsec and Trivy out of comments. */
export function readSkips(comments: Iterable<SourceComment>, names: CheckNames): Skips {
  const all: Skip[] = []
  const byFile = new Map<string, Skip[]>()
  const warnings: Warning[] = []
  const unknown = new Map<string, Unknown>()
  for (const comment of comments) {
    for (const written of writtenSkips(comment)) {
      const { skip, nobody, mistake } = understood(written, names)
      for (const name of nobody) noteUnknown(unknown, name, written)
      if (mistake) warnings.push({ message: mistake, file: written.file, line: written.line })
      if (skip === null || all.length >= mostSkips) continue
      all.push(skip)
      const list = byFile.get(skip.file)
      if (list) list.push(skip)
      else byFile.set(skip.file, [skip])
    }
  }
  return { all, byFile, warnings: [...warnings, ...[...unknown.values()].map(unknownWarning)] }
}

interface Written {
  readonly file: string
  readonly line: number
  readonly written: string
  readonly scope: Skip['scope']
  readonly names: readonly string[]
  readonly options: string
  readonly reason: string
}

function* writtenSkips(comment: SourceComment): Iterable<Written> {
  if (!/:(?:skip=|ignore[:=])/.test(comment.text)) return
  let line = comment.line
  for (const whole of comment.text.split('\n')) {
    const text = whole.slice(0, longestLine)
    const around = remainder(text)
    for (const { dialect, pattern, scope } of dialects) {
      for (const match of text.matchAll(pattern)) {
        const [written, ids = '', options = '', reason = ''] = match
        const names = ids.split(',').map(name => name.trim())
        yield {
          file: comment.file,
          line,
          written: written.slice(0, reason === '' ? undefined : -reason.length - 1).trim(),
          scope,
          names: names.filter(Boolean),
          options,
          reason: (dialect === 'behind' ? reason.replace(/\*\/.*$/, '') : around).trim(),
        }
      }
    }
    line++
  }
}

/** Names: letters, digits, `_`, `-`; Batten's and Trivy's may hold dots and stars too. */
const dialects = [
  {
    dialect: 'behind',
    scope: 'block',
    pattern:
      /(?:checkov|bridgecrew|cortex):skip=[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)()(?::([^\n]*))?/g,
  },
  {
    dialect: 'behind',
    scope: 'near',
    pattern:
      /batten:(?:skip=|ignore[:=])[ \t]*([\w.*-]+(?:[ \t]*,[ \t]*[\w.*-]+)*)((?::(?:exp|ws):[^\s:]+)*)(?::([^\n]*))?/g,
  },
  {
    dialect: 'around',
    scope: 'line',
    pattern:
      /(?:tfsec|trivy):ignore:([\w.*-]+(?:,[\w.*-]+)*)((?:\[[^\]\n]*\])?(?::(?:exp|ws):[^\s:]+|\[[^\]\n]*\])*)/g,
  },
] as const satisfies readonly {
  readonly dialect: 'behind' | 'around'
  readonly scope: Skip['scope']
  readonly pattern: RegExp
}[]

/** tfsec and Trivy know no reason; what else the comment says is one. */
function remainder(text: string): string {
  return text
    .replace(/(?:tfsec|trivy):ignore:\S*/g, ' ')
    .replace(/^[\s#/*]+|[\s*/]+$/g, '')
    .replace(/\s+/g, ' ')
}

function understood(
  { file, line, written, scope, names: wanted, options, reason }: Written,
  names: CheckNames,
): { readonly skip: Skip | null; readonly nobody: readonly string[]; readonly mistake?: string } {
  const globs = scope !== 'block'
  const found = wanted.map(name => ({ name, ids: idsOf(name, names, globs) }))
  const nobody = found.filter(({ ids }) => ids !== 'all' && ids.length === 0)
  const ids = new Set(found.flatMap(entry => (entry.ids === 'all' ? [] : entry.ids)))
  const expires = /:exp:([^\s:[]+)/.exec(options)?.[1] ?? null
  const unknown = nobody.map(({ name }) => name)
  if (expires !== null && !isDay(expires)) {
    const mistake = `${written}: '${expires}' is not a day such as 2027-01-31, so this skips nothing`
    return { skip: null, nobody: unknown, mistake }
  }
  const all = found.some(entry => entry.ids === 'all')
  if (!all && ids.size === 0) return { skip: null, nobody: unknown }
  const skip: Skip = {
    file,
    line,
    written,
    scope,
    ids: all ? 'all' : ids,
    reason: reason || null,
    expires,
    workspace: /:ws:([^\s:[]+)/.exec(options)?.[1] ?? null,
    where: conditions(options),
  }
  return { skip, nobody: unknown }
}

function idsOf(name: string, names: CheckNames, globs: boolean): readonly string[] | 'all' {
  if (!globs || !name.includes('*')) return names.ids(name)
  if (name === '*') return 'all'
  const pieces = name.toLowerCase().split('*')
  return names.all.filter(id => names.names(id).some(text => isGlobMatch(pieces, text)))
}

/** Each piece at its leftmost place, the first at the start, the last at the end: linear, unlike a pattern. */
export function isGlobMatch(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces
  if (!text.startsWith(first)) return false
  const last = rest.pop()
  if (last === undefined) return text === first
  let from = first.length
  for (const piece of rest) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}

/** `[name=value,nested.name=value]` */
function conditions(options: string): Skip['where'] {
  const list = /\[([^\]]*)\]/.exec(options)?.[1]
  if (list === undefined) return []
  return list.split(',').map(condition => {
    const at = condition.indexOf('=')
    const [path, value] =
      at < 0 ? [condition, ''] : [condition.slice(0, at), condition.slice(at + 1)]
    return { path: path.trim().split('.'), value: value.trim().replace(/^["']|["']$/g, '') }
  })
}

interface Unknown {
  readonly name: string
  readonly first: Written
  count: number
}

/** One warning a name: a repository written for another tool may hold hundreds. */
function noteUnknown(unknown: Map<string, Unknown>, name: string, first: Written): void {
  const known = unknown.get(name)
  if (known) known.count++
  else unknown.set(name, { name, first, count: 1 })
}

function unknownWarning({ name, first, count }: Unknown): Warning {
  const more = count > 1 ? ` (${count} places)` : ''
  return {
    message: `the skip of ${name} names no check${more}`,
    file: first.file,
    line: first.line,
  }
}
