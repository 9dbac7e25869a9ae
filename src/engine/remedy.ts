import type { Check } from '../check.ts'
import type { Plain, Resource } from '../resource.ts'
import type { PieceOf } from '../vocabulary/knowledge.ts'
import type { Knowledge } from './knowledge.ts'

/** A remedy for any resource of a type, said for the one that it is for. */
export type Remedy = (local: Local) => string

/** What a resource is called within its module. */
export interface Local {
  readonly name: string
  /** How its instances are made: pieces of it are made as many times. */
  readonly by: 'count' | 'for_each' | null
}

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
  return local =>
    [...own, ...[...pieces.values()].map(each => pieceLines(each, type, local).join('\n'))].join(
      '\n\n',
    )
}

function pieceLines(
  { piece, tree }: { readonly piece: PieceOf; readonly tree: Tree },
  type: string,
  { name, by }: Local,
): readonly string[] {
  const all = `${type}.${name}`
  const one = by === 'count' ? `${all}[count.index]` : by === 'for_each' ? 'each.value' : all
  return [
    `resource ${quoted(piece.type)} ${quoted(name)} {`,
    ...(by === 'count' ? [`  count = length(${all})`] : []),
    ...(by === 'for_each' ? [`  for_each = ${all}`] : []),
    `  ${piece.link} = ${one}.${piece.by}`,
    ...lines(tree, '  '),
    '}',
  ]
}

/** The local name of a resource in code; a resource that is no code yet has none. */
export function localOf({ type, shell, origin: { address } }: Resource): Local {
  const [, own, name, key] =
    /(?:^|\.)([a-z]\w*)\.([\w-]+)(?:\[(\d+|\*|"(?:[^"\\]|\\.)*")\])?$/.exec(address ?? '') ?? []
  if (own !== type || name === undefined || shell) return { name: 'this', by: null }
  return { name, by: key === undefined ? null : key.startsWith('"') ? 'for_each' : 'count' }
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

/**
 * The command with its places filled in, safe to paste into a shell; null where a value would pass for a flag. A value that
 * some shell could read otherwise is left for a person to fill in.
 */
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
    if (typeof value !== 'string' || value === '' || special.test(value)) return `'<${key}>'`
    if (value.startsWith('-')) isSafe = false
    return shellQuoted(value)
  })
  return isSafe ? filled : null
}

/**
 * Within single quotes these could still mean something: quotes (PowerShell takes typographic ones too), what cmd.exe
 * reads in spite of them, and what a terminal does not show.
 */
const special = /['"&|<>^%\u2018-\u201b\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

function shellQuoted(text: string): string {
  return /^[\w+:./-]+$/.test(text) ? text : `'${text}'`
}
