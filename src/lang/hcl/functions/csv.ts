import { list, object, string } from '../make.ts'
import type { Value } from '../value.ts'
import { type Functions, param, textOf } from './define.ts'
import { type CallContext, FunctionError } from './spec.ts'
import { spendText } from './strings.ts'

export const csv: Functions = {
  csvdecode: {
    params: [param('str', 'string')],
    returns: ['list', 'dynamic'],
    call: ([text], context) => decode(textOf(text), context),
  },
}

function decode(text: string, context: CallContext): Value {
  spendText(context, text.length * 10)
  const [header, ...rows] = readRows(text)
  if (header === undefined) throw new FunctionError('there is no header line', 0)
  if (new Set(header).size < header.length) throw new FunctionError('two columns have one name', 0)
  const { type } = object(header.map(name => [name, string('')] as const))
  return list(
    type,
    rows.map(row => {
      if (row.length !== header.length)
        throw new FunctionError(`a line has ${row.length} fields, not ${header.length}`, 0)
      context.budget.spend(row.length, 'csvdecode')
      const { v } = object(header.map((name, i) => [name, string(row[i] ?? '')] as const))
      return { type, v }
    }),
  )
}

/** RFC 4180 as Go reads it: empty lines are skipped, quotes stand around a whole field or nowhere. */
function readRows(source: string): string[][] {
  const text = source.replaceAll('\r\n', '\n')
  const rows: string[][] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === '\n') {
      at++
      continue
    }
    const row: string[] = []
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at)
      row.push(field.text)
      at = field.end + 1
      if (text[field.end] !== ',') break
    }
    rows.push(row)
  }
  return rows
}

interface Field {
  readonly text: string
  /** Where the comma, the line's end or the text's end stands. */
  readonly end: number
}

function bareField(text: string, start: number): Field {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') {
    if (text[end] === '"') throw new FunctionError('a quote stands within a bare field', 0)
    end++
  }
  return { text: text.slice(start, end), end }
}

function quotedField(text: string, start: number): Field {
  let content = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) throw new FunctionError('a quoted field has no end', 0)
    content += text.slice(from, quote)
    const next = text[quote + 1]
    if (next === undefined || next === ',' || next === '\n')
      return { text: content, end: quote + 1 }
    if (next !== '"') throw new FunctionError('text follows the quote that ends a field', 0)
    content += '"'
    from = quote + 2
  }
}
