import type { Loc } from '../syntax/ast.ts'
import type { Writer } from './writer.ts'

/**
 * Things between brackets: on one line where the source has them on one row, else a line for each row of the source,
 * with a comma after the last.
 */
export function writeList(
  w: Writer,
  open: string,
  locs: readonly Loc[],
  write: (at: number) => void,
  close: string,
  whole: Loc,
  kind: 'list' | 'call' = 'list',
): void {
  w.write(open)
  const groups = groupsOf(locs)
  const [group = [], ...others] = groups
  const [first] = locs
  const openRow = w.rowOf(whole.offset)
  const isCall = kind === 'call'
  const isHugging = isCall || first === undefined || first.row === openRow
  if (others.length === 0 && isHugging && !(isCall && hasComment(w, locs, whole))) {
    writeGroup(w, group, write, ', ')
    w.write(close)
    return
  }
  w.endOpen(openRow, first?.row ?? openRow)
  w.indent()
  for (const each of groups) {
    const [from = 0] = each
    w.before(locs[from]?.row ?? 0)
    writeGroup(w, each, write, ', ')
    w.write(',')
    const end = locs[each.at(-1) ?? 0]
    w.end(end && w.endRow(end))
  }
  w.before(w.endRow(whole))
  w.dedent()
  w.write(close)
}

function writeGroup(
  w: Writer,
  group: readonly number[],
  write: (at: number) => void,
  separator: string,
): void {
  for (const [n, at] of group.entries()) {
    if (n > 0) w.write(separator)
    write(at)
  }
}

/** What begins on one row stays together. */
export function groupsOf(locs: readonly Loc[]): readonly (readonly number[])[] {
  const groups: number[][] = []
  for (const [at, loc] of locs.entries()) {
    if (loc.row === locs[at - 1]?.row) groups.at(-1)?.push(at)
    else groups.push([at])
  }
  return groups
}

/** A comment between the arguments of a call, on a row of its own. */
function hasComment(w: Writer, locs: readonly Loc[], whole: Loc): boolean {
  const rows = new Set([w.rowOf(whole.offset), ...locs.flatMap(loc => [loc.row, w.endRow(loc)])])
  return w.within(whole).some(({ loc }) => {
    const isInside = locs.some(each => loc.offset > each.offset && loc.offset < each.end)
    return !isInside && !rows.has(loc.row)
  })
}
