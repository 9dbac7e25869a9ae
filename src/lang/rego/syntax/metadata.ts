import { yamlPackage } from '../../packages.ts'
import { canNestTooDeep, nestsTooDeep } from '../../yaml/nesting.ts'
import { RegoError } from '../error.ts'
import { define } from '../value/object.ts'
import type { Annotations, Comment, Loc, Package, Rule } from './ast.ts'
import { readSimpleBlock } from './simple-block.ts'

/** A METADATA block as it stands in the comments. */
export interface Block {
  readonly fields: ReadonlyMap<string, unknown>
  readonly loc: Loc
  readonly lastRow: number
}

/** `# METADATA` and the comments under it, in the first column. */
export function parseAnnotations(comments: readonly Comment[]): readonly Block[] {
  const blocks: Block[] = []
  for (let i = 0; i < comments.length; i++) {
    const start = comments[i]
    if (start === undefined || !isHeader(start)) continue
    const lines: string[] = []
    let last = start
    for (let next = comments[i + 1]; next !== undefined; next = comments[i + 1]) {
      if (next.loc.col !== 1 || next.loc.row !== last.loc.row + 1 || isHeader(next)) break
      lines.push(next.text.replace(/^ /, ''))
      last = next
      i++
    }
    blocks.push({ fields: readBlock(lines, start.loc), loc: start.loc, lastRow: last.loc.row })
  }
  return blocks
}

function isHeader({ loc, text }: Comment): boolean {
  return loc.col === 1 && /^\s*METADATA/.test(text)
}

function readBlock(lines: readonly string[], loc: Loc): ReadonlyMap<string, unknown> {
  const text = lines.join('\n')
  if (text.trim() === '') throw refuse('expected METADATA block, found whitespace', loc)
  if (text.length > longest) throw refuse('yaml: METADATA is too long', loc)
  const simple = readSimpleBlock(lines)
  if (simple !== undefined) return simple
  const { Parser, parseDocument } = yamlPackage()
  if (canNestTooDeep(text) && nestsTooDeep(new Parser().parse(text)))
    throw refuse('yaml: nested too deeply', loc)
  const document = parseDocument(text, { uniqueKeys: true })
  const [error] = document.errors
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1
    const place = { ...loc, row: loc.row + line }
    throw refuse(`yaml: line ${line}: ${error.message.split('\n')[0] ?? ''}`, place)
  }
  const value: unknown = document.toJS({ mapAsMap: true, maxAliasCount: 100 })
  if (!(value instanceof Map)) throw refuse('yaml: METADATA has to be a mapping', loc)
  return new Map([...value].map(([key, member]) => [String(key), toPlain(member)]))
}

const longest = 100_000

/** Plain JSON; names of members are text. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain)
  if (!(value instanceof Map)) return value
  const object: { [key: string]: unknown } = {}
  for (const [key, member] of value) define(object, String(key), toPlain(member))
  return object
}

function refuse(reason: string, loc: Loc): RegoError {
  return new RegoError('rego_parse_error', reason, loc)
}

/** Each block belongs to the package or rule that follows it. */
export function attachAnnotations(
  blocks: readonly Block[],
  header: Package,
  rules: readonly Rule[],
): readonly Annotations[] {
  return blocks.map(block => {
    const rule = rules.find(({ loc }) => loc.row > block.lastRow)
    const isPackage = header.loc.row > block.lastRow
    const node = isPackage ? undefined : rule
    const scope = scopeOf(block, isPackage, rule)
    return {
      scope,
      fields: normalise(block, scope),
      loc: block.loc,
      rule: scope === 'package' || scope === 'subpackages' ? undefined : node,
    }
  })
}

function scopeOf(
  { fields, loc }: Block,
  isPackage: boolean,
  rule: Rule | undefined,
): Annotations['scope'] {
  const given = fields.get('scope')
  if (given === undefined || given === '') {
    if (isPackage) return 'package'
    if (rule === undefined) throw refuse('annotation must be applied to a rule or package', loc)
    return fields.get('entrypoint') === true ? 'document' : 'rule'
  }
  if (given === 'package' || given === 'subpackages') {
    if (!isPackage) throw refuse(`annotation scope '${given}' must be applied to package`, loc)
    return given
  }
  if (given !== 'rule' && given !== 'document')
    throw refuse(`invalid annotation scope '${String(given)}'`, loc)
  if (isPackage || rule === undefined)
    throw refuse(`annotation scope '${given}' must be applied to rule`, loc)
  return given
}

/** The members that OPA knows, in the forms that it gives them; empty ones are left out. */
function normalise({ fields, loc }: Block, scope: string): { [name: string]: unknown } {
  const result: { [name: string]: unknown } = { scope }
  const text = (name: string): void => {
    const value = fields.get(name)
    if (typeof value === 'string' && value !== '') result[name] = value
  }
  text('title')
  text('description')
  if (fields.get('entrypoint') === true) result.entrypoint = true
  const list = (name: string, read: (item: unknown) => unknown): void => {
    const value = fields.get(name)
    if (Array.isArray(value) && value.length > 0) result[name] = value.map(read)
  }
  list('organizations', String)
  list('related_resources', item => readResource(item, loc))
  list('authors', item => readAuthor(item, loc))
  list('schemas', item => readSchema(item))
  const custom = fields.get('custom')
  if (isRecord(custom) && Object.keys(custom).length > 0) result.custom = custom
  return result
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readResource(item: unknown, loc: Loc): unknown {
  if (typeof item === 'string' && item !== '') return { ref: item }
  const record = isRecord(item) ? item : {}
  if (typeof record.ref !== 'string' || record.ref.trim() === '')
    throw refuse("invalid related-resource definition: 'ref' value required in object", loc)
  const description = typeof record.description === 'string' ? record.description.trim() : ''
  return { ref: record.ref.trim(), ...(description === '' ? {} : { description }) }
}

/** `Jane Doe <jane@example.com>`, or an object. */
function readAuthor(item: unknown, loc: Loc): unknown {
  const record = isRecord(item) ? item : authorOf(String(item))
  const name = typeof record.name === 'string' ? record.name.trim() : ''
  const email = typeof record.email === 'string' ? record.email.trim() : ''
  if (name === '' && email === '')
    throw refuse("invalid author definition: 'name' and/or 'email' values required", loc)
  return { ...(name === '' ? {} : { name }), ...(email === '' ? {} : { email }) }
}

function authorOf(text: string): { readonly [name: string]: unknown } {
  const words = text.trim().split(/\s+/)
  const email = /^<(.*)>$/.exec(words.at(-1) ?? '')?.[1]
  return email === undefined
    ? { name: words.join(' ') }
    : { name: words.slice(0, -1).join(' '), email }
}

/** `- input: schema.aws` */
function readSchema(item: unknown): unknown {
  const [[path, schema] = ['', undefined]] = Object.entries(isRecord(item) ? item : {})
  const names = (text: string): readonly string[] =>
    [...text.matchAll(/[A-Za-z_]\w*|\["((?:[^"\\]|\\.)*)"\]/g)].map(
      ([all, quoted]) => quoted ?? all,
    )
  return typeof schema === 'string'
    ? { path: names(path), schema: names(schema) }
    : { path: names(path), definition: schema }
}
