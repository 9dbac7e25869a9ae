import type { Attribute, Block, Diagnostic, SourceFile } from './ast.ts'
import { advance, at, cursorOf } from './cursor.ts'
import { decode } from './decode.ts'
import { HclError } from './hcl-error.ts'
import { linesOf } from './lines.ts'
import { addAttribute, type Header, parseItem } from './parse-body.ts'
import { recoveryFor } from './recover.ts'

/** A file with more torn blocks than this is not worth reading on. */
const maxErrors = 100

/** Parses `.tf` and `.tfvars`; never throws: what is torn stands in `errors`. */
export function parseFile(name: string, source: string | Uint8Array): SourceFile {
  const decoded = decode(source)
  if (decoded.error !== undefined) return unreadable(name, decoded.text, decoded.error)
  const { text } = decoded
  const attributes = new Map<string, Attribute>()
  const blocks: Block[] = []
  const found: [HclError, Header | undefined][] = []
  const cursor = cursorOf(text)
  const recovery = recoveryFor(text)
  let start = 0
  let header: Header | undefined
  const fail = (error: unknown): void => {
    if (!(error instanceof HclError)) throw error
    found.push([error, header])
    recovery.skip(cursor, start)
  }
  advance(cursor)
  while (found.length < maxErrors) {
    while (at(cursor, 'newline')) advance(cursor)
    if (at(cursor, 'end')) break
    start = cursor.start
    header = undefined
    try {
      const item = parseItem(cursor, read => {
        header ??= read
      })
      if (item.kind === 'block') blocks.push(item.block)
      else addAttribute(attributes, item.attribute)
    } catch (error) {
      fail(error)
    }
  }
  return {
    name,
    text,
    body: { attributes, blocks, range: { start: 0, end: text.length } },
    comments: cursor.comments,
    errors: diagnostics(name, text, found),
  }
}

/** Errors with their lines and columns. */
export function diagnostics(
  file: string,
  text: string,
  found: readonly (readonly [HclError, Header | undefined])[],
): readonly Diagnostic[] {
  if (found.length === 0) return []
  const lines = linesOf(text)
  return found.map(([{ summary, detail, range }, block]) => ({
    summary,
    detail,
    file,
    range,
    ...lines.at(range.start),
    ...(block === undefined ? {} : { block }),
  }))
}

/** A file of which nothing can be read. */
export function unreadable(name: string, text: string, error: HclError): SourceFile {
  return {
    name,
    text,
    body: { attributes: new Map(), blocks: [], range: { start: 0, end: 0 } },
    comments: [],
    errors: diagnostics(name, text, [[error, undefined]]),
  }
}
