import type { Check } from '../check.ts'
import type { Resource } from '../resource.ts'

/** The attribute values of a check's `set` as a few lines of Terraform; dots are nested blocks. */
export function terraformOf({ set }: Pick<Check, 'set'>): string | null {
  if (!set) return null
  const root: Tree = new Map()
  for (const [path, value] of Object.entries(set)) plant(root, path.split('.'), value)
  return root.size > 0 ? lines(root, '').join('\n') : null
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
