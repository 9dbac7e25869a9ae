import type { Heard, Module } from '../../lang/rego/index.ts'
import type { Body, Loc, Rule } from '../../lang/rego/syntax/ast.ts'
import { walkLiteral } from '../../lang/rego/syntax/walk.ts'

export interface Coverage {
  readonly files: readonly FileCoverage[]
  readonly covered: number
  readonly notCovered: number
  /** 0–100; nothing to cover is 100. */
  readonly percent: number
}

export interface FileCoverage {
  readonly file: string
  /** Rows from and to, both included. */
  readonly covered: readonly Range[]
  readonly notCovered: readonly Range[]
  readonly coveredLines: number
  readonly notCoveredLines: number
  readonly percent: number
}

export type Range = readonly [from: number, to: number]

/** Notes what is evaluated, and tells which lines of the modules were. */
export function coverage(modules: readonly Module[]): {
  readonly onLiteral: (heard: Heard) => void
  readonly onRule: (loc: Loc) => void
  readonly report: () => Coverage
} {
  const hits = new Map<string, Set<number>>()
  const hit = ({ file, offset }: Loc): void => {
    const known = hits.get(file)
    if (known === undefined) hits.set(file, new Set([offset]))
    else known.add(offset)
  }
  return {
    onLiteral: ({ loc }) => hit(loc),
    onRule: hit,
    report: () =>
      summarise(modules.map(module => fileCoverage(module, [...(hits.get(module.file) ?? [])]))),
  }
}

function fileCoverage(module: Module, hits: readonly number[]): FileCoverage {
  const rows = new Map<number, boolean>()
  const sorted = [...hits].sort((a, b) => a - b)
  const note = (row: number, isHit: boolean): void => {
    rows.set(row, isHit || rows.get(row) === true)
  }
  for (const rule of module.rules) {
    for (let at: Rule | undefined = rule; at !== undefined; at = at.otherwise) {
      note(at.loc.row, sorted.includes(at.loc.offset))
      for (const loc of literalsIn(at.generatedBody ? [] : at.body))
        note(loc.row, isWithin(sorted, loc))
    }
  }
  const covered = [...rows].filter(([, isHit]) => isHit).map(([row]) => row)
  const notCovered = [...rows].filter(([, isHit]) => !isHit).map(([row]) => row)
  return fileOf(module.file, covered, notCovered)
}

/** From the rows that were reached and those that were not. */
export function fileOf(
  file: string,
  covered: readonly number[],
  notCovered: readonly number[],
): FileCoverage {
  return {
    file,
    covered: ranges(covered),
    notCovered: ranges(notCovered),
    coveredLines: covered.length,
    notCoveredLines: notCovered.length,
    percent: share(covered.length, notCovered.length),
  }
}

/** With those of comprehensions and of `every` in them. */
function literalsIn(body: Body): readonly Loc[] {
  return body.flatMap(literal => {
    const inner: Loc[] = []
    walkLiteral(literal, {
      term: term => {
        if (term.kind !== 'comprehension') return undefined
        inner.push(...literalsIn(term.body))
        return true
      },
    })
    const { expr } = literal
    const every = expr.kind === 'every' ? literalsIn(expr.body) : []
    return [literal.loc, ...inner, ...every]
  })
}

/** What was evaluated of a literal may be a part of it, taken out by the compiler. */
function isWithin(hits: readonly number[], { offset, end }: Loc): boolean {
  let low = 0
  let high = hits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hits[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return (hits[low] ?? Number.POSITIVE_INFINITY) < end
}

function ranges(rows: readonly number[]): readonly Range[] {
  const found: [number, number][] = []
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last !== undefined && row === last[1] + 1) last[1] = row
    else found.push([row, row])
  }
  return found
}

export function summarise(files: readonly FileCoverage[]): Coverage {
  const covered = files.reduce((sum, file) => sum + file.coveredLines, 0)
  const notCovered = files.reduce((sum, file) => sum + file.notCoveredLines, 0)
  return { files, covered, notCovered, percent: share(covered, notCovered) }
}

function share(covered: number, notCovered: number): number {
  const all = covered + notCovered
  return all === 0 ? 100 : (covered / all) * 100
}
