import type { Attribute, Block, Body, Comment, Range, SourceFile } from './ast.ts'
import { decode } from './decode.ts'
import { HclError } from './hcl-error.ts'
import { jsonExpression, requireUnique } from './json-expression.ts'
import { type BlockSchema, type BodySchema, fileSchema } from './json-schema.ts'
import { type JsonMember, type JsonNode, parseJson } from './json-syntax.ts'
import type { Header } from './parse-body.ts'
import { diagnostics, unreadable } from './parse-file.ts'

/** Parses `.tf.json` into the tree that HCL syntax has; `.tfvars.json` comes out as attributes. Never throws. */
export function parseJsonFile(name: string, source: string | Uint8Array): SourceFile {
  const decoded = decode(source)
  if (decoded.error !== undefined) return unreadable(name, decoded.text, decoded.error)
  const { text } = decoded
  const reading: FileReading = {
    text,
    isVariables: name.endsWith('.tfvars.json'),
    comments: [],
    found: [],
  }
  try {
    const body = readFile(reading, parseJson(text))
    const { comments, found } = reading
    return { name, text, body, comments, errors: diagnostics(name, text, found) }
  } catch (error) {
    if (error instanceof HclError) return unreadable(name, text, error)
    throw error
  }
}

interface FileReading {
  readonly text: string
  readonly isVariables: boolean
  readonly comments: Comment[]
  readonly found: [HclError, Header | undefined][]
}

/** What is wrong inside one block costs that block alone. */
function readFile(reading: FileReading, root: JsonNode): Body {
  const attributes = new Map<string, Attribute>()
  const blocks: Block[] = []
  for (const object of objectsOf(root)) {
    for (const member of object.members) {
      const schema = reading.isVariables ? undefined : fileSchema.blocks.get(member.key.value)
      guarded(reading, undefined, () => {
        if (isComment(reading, member)) return
        if (schema !== undefined) {
          blocks.push(...readBlocks(reading, member, schema, true))
          return
        }
        if (attributes.has(member.key.value)) requireUnique(object)
        attributes.set(member.key.value, readAttribute(reading, member, fileSchema))
      })
    }
  }
  return { attributes, blocks, range: root.range }
}

function guarded(reading: FileReading, header: Header | undefined, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof HclError)) throw error
    reading.found.push([error, header])
  }
}

/** All blocks of one type: the labels are the keys of nested objects, an array stands for several blocks. */
function readBlocks(
  reading: FileReading,
  member: JsonMember,
  schema: BlockSchema,
  isTop: boolean,
): readonly Block[] {
  const type = member.key.value
  const blocks: Block[] = []
  const descend = (node: JsonNode, labels: readonly JsonMember[]): void => {
    const names = labels.map(label => label.key.value)
    const attempt = (work: () => void): void => {
      if (isTop) guarded(reading, { type, labels: names }, work)
      else work()
    }
    attempt(() => {
      for (const object of objectsOf(node)) {
        if (labels.length === schema.labels) {
          attempt(() => blocks.push(readBlock(reading, member, labels, object, schema)))
          continue
        }
        for (const inner of object.members) {
          if (!isComment(reading, inner)) descend(inner.value, [...labels, inner])
        }
      }
    })
  }
  descend(member.value, [])
  return blocks
}

function readBlock(
  reading: FileReading,
  member: JsonMember,
  labels: readonly JsonMember[],
  object: JsonNode & { readonly kind: 'object' },
  schema: BlockSchema,
): Block {
  return {
    type: member.key.value,
    labels: labels.map(label => label.key.value),
    labelRanges: labels.map(label => label.key.range),
    header: headerOf(member, labels),
    body: readBody(reading, object, schema.body),
    range: object.range,
  }
}

function headerOf(member: JsonMember, labels: readonly JsonMember[]): Range {
  return (labels.at(-1) ?? member).key.range
}

function readBody(
  reading: FileReading,
  object: JsonNode & { readonly kind: 'object' },
  schema: BodySchema,
): Body {
  requireUnique(object)
  const attributes = new Map<string, Attribute>()
  const blocks: Block[] = []
  for (const member of object.members) {
    if (isComment(reading, member)) continue
    const block = schema.blocks.get(member.key.value)
    if (block !== undefined) blocks.push(...readBlocks(reading, member, block, false))
    else attributes.set(member.key.value, readAttribute(reading, member, schema))
  }
  return { attributes, blocks, range: object.range }
}

function readAttribute(reading: FileReading, member: JsonMember, schema: BodySchema): Attribute {
  const { key, value } = member
  const how = reading.isVariables ? 'text' : (schema.readings.get(key.value) ?? 'template')
  return {
    name: key.value,
    nameRange: key.range,
    expr: jsonExpression(reading.text, value, how),
    range: { start: key.range.start, end: value.range.end },
  }
}

/** A property named `//` is a comment. */
function isComment(reading: FileReading, { key, value }: JsonMember): boolean {
  if (key.value !== '//') return false
  if (value.kind === 'string') {
    reading.comments.push({
      text: `// ${value.value}`,
      range: { start: key.range.start, end: value.range.end },
    })
  }
  return true
}

function objectsOf(node: JsonNode): readonly (JsonNode & { readonly kind: 'object' })[] {
  if (node.kind === 'object') return [node]
  if (node.kind === 'array') {
    return node.items.map(item => {
      if (item.kind === 'object') return item
      throw wrongType(item.range)
    })
  }
  // No value is no block.
  if (node.kind === 'word' && node.value === null) return []
  throw wrongType(node.range)
}

function wrongType(range: Range): HclError {
  return new HclError(
    'Incorrect JSON value type',
    'A block is written as an object, several of them as an array of objects.',
    range,
  )
}
