import type { Expr, Range } from './ast.ts'
import { cursorOf } from './cursor.ts'
import { HclError } from './hcl-error.ts'
import type { JsonNode, JsonString } from './json-syntax.ts'
import { parseWholeExpression } from './parse-expression.ts'
import { parseBareTemplate, parseTemplateWithin } from './parse-template.ts'
import { relocated } from './relocate.ts'

/** How strings are read: as templates, as plain text, or as the text of an expression. */
export type Reading = 'template' | 'text' | 'expression'

export function jsonExpression(text: string, node: JsonNode, reading: Reading): Expr {
  const { range } = node
  switch (node.kind) {
    case 'string':
      return stringExpression(text, node, reading)
    case 'number':
      return { kind: 'literal', value: Number(node.raw), raw: node.raw, range }
    case 'word':
      return { kind: 'literal', value: node.value, range }
    case 'array':
      return {
        kind: 'tuple',
        items: node.items.map(item => jsonExpression(text, item, reading)),
        range,
      }
    case 'object':
      requireUnique(node)
      return {
        kind: 'object',
        items: node.members.map(({ key, value }) => ({
          key: stringExpression(text, key, reading === 'template' ? 'template' : 'text'),
          value: jsonExpression(text, value, reading),
        })),
        range,
      }
  }
}

/** One name twice in an object: the second would silently win. */
export function requireUnique(node: JsonNode & { readonly kind: 'object' }): void {
  const seen = new Set<string>()
  for (const { key } of node.members) {
    if (key.value !== '//' && seen.has(key.value)) {
      throw new HclError('Attribute redefined', `"${key.value}" is set twice here.`, key.range)
    }
    seen.add(key.value)
  }
}

function stringExpression(text: string, node: JsonString, reading: Reading): Expr {
  const { value, range } = node
  const isTemplate = reading === 'template' && /[$%]\{/.test(value)
  if (reading !== 'expression' && !isTemplate) return { kind: 'literal', value, range }
  const inner = { start: range.start + 1, end: range.end - 1 }
  if (isTemplate && text.slice(inner.start, inner.end) === value) {
    return { ...parseTemplateWithin(cursorOf(text, inner.start, inner.end)), range }
  }
  const offsets = offsetsOf(text, inner)
  const move = ({ start, end }: Range): Range => ({
    start: offsets[start] ?? inner.end,
    end: offsets[end] ?? inner.end,
  })
  try {
    const expr = isTemplate ? parseBareTemplate(value) : parseWholeExpression(value)
    return { ...relocated(expr, move), range }
  } catch (error) {
    if (!(error instanceof HclError)) throw error
    throw new HclError(error.summary, error.detail, move(error.range))
  }
}

/** Where in the file each character of the decoded string stands. */
function offsetsOf(text: string, inner: Range): readonly number[] {
  const offsets: number[] = []
  for (let at = inner.start; at < inner.end; at++) {
    offsets.push(at)
    if (text[at] === '\\') at += text[at + 1] === 'u' ? 5 : 1
  }
  return offsets
}
