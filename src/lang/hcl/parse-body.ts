import type { Attribute, Block, Body, Range } from './ast.ts'
import {
  advance,
  at,
  type Cursor,
  deeper,
  failure,
  rangeFrom,
  tokenRange,
  tokenText,
} from './cursor.ts'
import { HclError } from './hcl-error.ts'
import { parseExpression } from './parse-expression.ts'
import { readQuoted } from './template-text.ts'

export type Item =
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  | { readonly kind: 'block'; readonly block: Block }

/** What a block's header says, as far as it was read. */
export interface Header {
  readonly type: string
  readonly labels: readonly string[]
}

/** Parses one attribute or block with its line's end; `onHeader` hears of a block before its body is read. */
export function parseItem(cursor: Cursor, onHeader: (header: Header) => void = () => {}): Item {
  if (at(cursor, 'quote')) {
    throw failure(cursor, 'Invalid argument name', 'The name of an argument stands without quotes.')
  }
  if (!at(cursor, 'ident')) {
    throw failure(
      cursor,
      'Argument or block definition required',
      'An argument or block definition is required here.',
    )
  }
  const name = tokenText(cursor)
  const nameRange = tokenRange(cursor)
  advance(cursor)
  if (at(cursor, '=')) {
    const attribute = parseAttribute(cursor, name, nameRange)
    endLine(
      cursor,
      'Missing newline after argument',
      'An argument definition must end with a newline.',
    )
    return { kind: 'attribute', attribute }
  }
  if (at(cursor, 'ident') || at(cursor, 'quote') || at(cursor, '{')) {
    const block = deeper(cursor, () => parseBlock(cursor, name, nameRange, onHeader))
    endLine(cursor, 'Missing newline after block definition', 'A block must end with a newline.')
    return { kind: 'block', block }
  }
  throw failure(
    cursor,
    'Argument or block definition required',
    'An argument or block definition is required here. An argument has an equals sign: name = value.',
    nameRange,
  )
}

/** The equals sign is in hand. */
function parseAttribute(cursor: Cursor, name: string, nameRange: Range): Attribute {
  advance(cursor)
  const expr = parseExpression(cursor)
  return { name, nameRange, expr, range: rangeFrom(cursor, nameRange.start) }
}

function parseBlock(
  cursor: Cursor,
  type: string,
  typeRange: Range,
  onHeader: (header: Header) => void,
): Block {
  const { start } = typeRange
  const labels: string[] = []
  const labelRanges: Range[] = []
  while (!at(cursor, '{')) {
    const { label, range } = parseLabel(cursor)
    labels.push(label)
    labelRanges.push(range)
  }
  const header = rangeFrom(cursor, start)
  onHeader({ type, labels })
  const body = parseBody(cursor)
  return { type, labels, labelRanges, header, body, range: rangeFrom(cursor, start) }
}

function parseLabel(cursor: Cursor): { label: string; range: Range } {
  const { start } = cursor
  if (at(cursor, 'ident')) {
    const label = tokenText(cursor)
    const range = tokenRange(cursor)
    advance(cursor)
    return { label, range }
  }
  if (at(cursor, 'quote')) {
    const literal = readQuoted(cursor.text, cursor.stop, cursor.end)
    if (literal.next !== 'end') {
      throw new HclError(
        'Invalid string literal',
        'A label is plain text: no template can stand in it.',
        { start: literal.stop, end: literal.stop + 2 },
      )
    }
    cursor.stop = literal.after
    advance(cursor)
    return { label: literal.text.normalize('NFC'), range: rangeFrom(cursor, start) }
  }
  throw failure(
    cursor,
    'Invalid block definition',
    at(cursor, '=')
      ? 'An equals sign makes an argument of it, and an argument has no labels.'
      : 'A label in quotes or an opening brace is expected here.',
  )
}

/** `{ … }`; the opening brace is in hand, what follows the closing one is afterwards. */
function parseBody(cursor: Cursor): Body {
  const { start } = cursor
  advance(cursor)
  const body = at(cursor, 'newline') ? parseLines(cursor, start) : parseSingleLine(cursor)
  const end = cursor.stop
  advance(cursor)
  return { ...body, range: { start, end } }
}

function parseLines(cursor: Cursor, start: number): Omit<Body, 'range'> {
  const attributes = new Map<string, Attribute>()
  const blocks: Block[] = []
  for (;;) {
    while (at(cursor, 'newline')) advance(cursor)
    if (at(cursor, '}')) return { attributes, blocks }
    if (at(cursor, 'end')) {
      throw new HclError(
        'Unclosed configuration block',
        'The block that opens here is not closed before the file ends; a brace may be missing further up or down.',
        { start, end: start + 1 },
      )
    }
    const item = parseItem(cursor)
    if (item.kind === 'block') blocks.push(item.block)
    else addAttribute(attributes, item.attribute)
  }
}

/** `{}` or `{ a = 1 }`. */
function parseSingleLine(cursor: Cursor): Omit<Body, 'range'> {
  const attributes = new Map<string, Attribute>()
  if (at(cursor, '}')) return { attributes, blocks: [] }
  const name = tokenText(cursor)
  const nameRange = tokenRange(cursor)
  const isName = at(cursor, 'ident')
  if (isName) advance(cursor)
  if (!isName || !at(cursor, '=')) {
    throw failure(
      cursor,
      'Invalid single-argument block definition',
      'A block on one line holds one argument and nothing else.',
    )
  }
  addAttribute(attributes, parseAttribute(cursor, name, nameRange))
  if (!at(cursor, '}')) {
    throw failure(
      cursor,
      'Invalid single-argument block definition',
      'A block on one line holds one argument; put each of several on a line of its own.',
    )
  }
  return { attributes, blocks: [] }
}

export function addAttribute(attributes: Map<string, Attribute>, attribute: Attribute): void {
  if (attributes.has(attribute.name)) {
    throw new HclError(
      'Attribute redefined',
      `"${attribute.name}" is set twice here.`,
      attribute.nameRange,
    )
  }
  attributes.set(attribute.name, attribute)
}

/** A line's end, or the text's, must be in hand. */
export function endLine(cursor: Cursor, summary: string, detail: string): void {
  if (at(cursor, 'newline')) advance(cursor)
  else if (!at(cursor, 'end')) {
    throw failure(cursor, summary, detail)
  }
}
