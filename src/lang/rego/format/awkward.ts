import type { Loc, Term } from '../syntax/ast.ts'
import { groupsOf } from './lists.ts'
import { isInfix } from './operators.ts'
import type { Writer } from './writer.ts'

/**
 * Whether there is a list in a term whose comments have no place once it is laid out: such a term stays as it is.
 * Bodies are laid out for themselves, whatever is in them.
 */
export function hasAwkward(w: Writer, term: Term): boolean {
  const list = listOf(w, term)
  if (list !== undefined)
    return isAwkward(w, list) || list.entries.some(each => each.some(part => hasAwkward(w, part)))
  switch (term.kind) {
    case 'call':
      return term.args.some(arg => hasAwkward(w, arg))
    case 'ref':
      return term.path.some(part => hasAwkward(w, part))
    case 'comprehension':
      return [term.key, term.head].some(part => part !== undefined && hasAwkward(w, part))
    default:
      return false
  }
}

interface List {
  /** Keys with their values, else items alone. */
  readonly entries: readonly (readonly Term[])[]
  readonly locs: readonly Loc[]
  readonly openRow: number
  readonly endRow: number
  readonly isCall: boolean
}

function listOf(w: Writer, term: Term): List | undefined {
  const endRow = w.endRow(term.loc)
  const list = { openRow: term.loc.row, endRow, isCall: false }
  const single = (items: readonly Term[]) => ({
    entries: items.map(item => [item]),
    locs: items.map(({ loc }) => loc),
  })
  switch (term.kind) {
    case 'array':
    case 'set':
      return { ...list, ...single(term.items) }
    case 'object':
      return { ...list, entries: term.entries, locs: entryLocs(term) }
    case 'call': {
      if (isInfix(term)) return undefined
      return { ...list, ...single(term.args), openRow: callRow(w, term), isCall: true }
    }
    default:
      return undefined
  }
}

function callRow(w: Writer, { operator }: Extract<Term, { kind: 'call' }>): number {
  return w.rowOf(w.source.indexOf('(', operator.path.at(-1)?.loc.end ?? operator.loc.end))
}

export function entryLocs({ entries }: Extract<Term, { kind: 'object' }>): readonly Loc[] {
  return entries.map(([key, value]) => ({ ...key.loc, end: value.loc.end }))
}

function isAwkward(w: Writer, list: List): boolean {
  const { locs, openRow, endRow, isCall } = list
  const [first] = locs
  if (first === undefined) return false
  const isOneLine = groupsOf(locs).length === 1
  if (isOneLine && !isCall && w.between(openRow, endRow) !== undefined) return true
  const isOpened = w.isLeft(openRow) && w.between(openRow, first.row) === undefined
  return isOpened && isMultiline(list) && isFirstLineTaken(w, list)
}

function isMultiline({ locs, openRow, isCall }: List): boolean {
  return groupsOf(locs).length > 1 || (!isCall && (locs[0]?.row ?? openRow) > openRow)
}

/** What is said behind the opening bracket goes to the first line, which may have a comment of its own. */
function isFirstLineTaken(w: Writer, { entries, locs, openRow }: List): boolean {
  for (const at of groupsOf(locs)[0] ?? [])
    for (const part of entries[at] ?? []) {
      if (part.loc.row > openRow && w.isLeft(part.loc.row)) return true
      const inner = listOf(w, part)
      if (inner !== undefined && isMultiline(inner)) return isFirstLineTaken(w, inner)
    }
  return false
}
