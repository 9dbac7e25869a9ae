import type { Check } from '../check.ts'
import type { Plain, Resource } from '../resource.ts'
import type { PieceOf } from '../vocabulary/knowledge.ts'
import type { Knowledge } from './knowledge.ts'

/** A remedy for any resource of a type: `name` is the one that it is for. */
export type Remedy = (name: string) => string

/**
 * The attribute values of a check's `set` as a few lines of Terraform; dots are nested blocks. What Terraform writes as a
 * resource of its own stands in one.
 */
export function remedyOf(
  { set }: Pick<Check, 'set'>,
  type: string,
  { pieceOf }: Pick<Knowledge, 'pieceOf'>,
): Remedy | null {
  const root: Tree = new Map()
  const pieces = new Map<string, { readonly piece: PieceOf; readonly tree: Tree }>()
  for (const [path, value] of Object.entries(set ?? {})) {
    // A check's own values are plain data.
    const piece = pieceOf?.(type, path, value as Plain) ?? null
    if (piece === null) {
      plant(root, path.split('.'), value)
      continue
    }
    const { tree } = pieces.get(piece.type) ?? { tree: new Map() }
    pieces.set(piece.type, { piece, tree })
    plant(tree, piece.path, piece.value)
  }
  if (root.size === 0 && pieces.size === 0) return null
  const own = root.size > 0 ? [lines(root, '').join('\n')] : []
  return name =>
    [...own, ...[...pieces.values()].map(each => pieceLines(each, type, name).join('\n'))].join(
      '\n\n',
    )
}

function pieceLines(
  { piece, tree }: { readonly piece: PieceOf; readonly tree: Tree },
  type: string,
  name: string,
): readonly string[] {
  return [
    `resource ${quoted(piece.type)} ${quoted(name)} {`,
    `  ${piece.link} = ${type}.${name}.${piece.by}`,
    ...lines(tree, '  '),
    '}',
  ]
}

/** The local name of a resource in code; a resource that is no code yet has none. */
export function localName({ type, shell, origin: { address } }: Resource): string {
  const [, own, name] = /(?:^|\.)([a-z]\w*)\.([\w-]+)(?:\[[^\]]*\])?$/.exec(address ?? '') ?? []
  return own === type && name !== undefined && !shell ? name : 'this'
}

type Tree = Map<string, Tree | { readonly value: unknown }>

function plant(tree: Tree, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree.set(name, { value })
    return
  }
  const next = tree.get(name)
  const block: Tree = next instanceof Map ? next : new Map()
  tree.set(name, block)
  plant(block, rest, value)
}

function lines(tree: Tree, indent: string): readonly string[] {
  return [...tree].flatMap(([name, node]) => {
    if (!(node instanceof Map)) return [`${indent}${name} = ${literal(node.value, indent)}`]
    return [`${indent}${name} {`, ...lines(node, `${indent}  `), `${indent}}`]
  })
}

function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(item => literal(item, indent)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value ?? null)
  const inner = `${indent}  `
  const fields = Object.entries(value).map(
    ([key, field]) =>
      `${inner}${/^[A-Za-z_]\w*$/.test(key) ? key : quoted(key)} = ${literal(field, inner)}`,
  )
  return fields.length === 0 ? '{}' : ['{', ...fields, `${indent}}`].join('\n')
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{')
}

/** The command with its places filled in, safe to paste; null where a value would pass for a flag. */
export function commandOf(
  cli: string | undefined,
  resource: Resource,
  name: string,
): string | null {
  if (cli === undefined) return null
  const { region, account, id, attributes } = resource
  const arn = id.startsWith('arn:') ? id : attributes.arn
  const values = new Map<string, unknown>(Object.entries({ name, region, account, arn }))
  let isSafe = true
  const filled = cli.replace(/\{(name|region|account|arn)\}/g, (_, key: string) => {
    const value = values.get(key)
    if (typeof value !== 'string' || value === '') return shellQuoted(`<${key}>`)
    if (value.startsWith('-')) isSafe = false
    return shellQuoted(value)
  })
  return isSafe ? filled : null
}

function shellQuoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  if (!/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`
  const escaped = text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, letter => {
    const number = letter.charCodeAt(0).toString(16)
    return number.length > 2 || letter > '\x7f'
      ? `\\u${number.padStart(4, '0')}`
      : `\\x${number.padStart(2, '0')}`
  })
  return `$'${escaped}'`
}
