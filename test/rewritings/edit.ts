import type { Attribute, Block, Body, Expr, Range } from '../../src/lang/hcl/ast.ts'
import { parseFile, references } from '../../src/lang/hcl/index.ts'

/** A root module: path → text. */
export type Files = Readonly<Record<string, string>>
/** The same configuration written in another way; null where there is nothing to write so. */
export type Rewriting = (text: string) => Files | null

export interface Edit extends Range {
  readonly text: string
}

export function edited(text: string, edits: readonly Edit[]): string {
  let result = ''
  let from = 0
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return result + text.slice(from)
}

export function bodyOf(text: string): Body {
  const { body, errors } = parseFile('example.tf', text)
  const [error] = errors
  if (error) throw new Error(`${error.summary} ${error.detail}\n${text}`)
  return body
}

export function resourceBlocks(body: Body): readonly Block[] {
  return body.blocks.filter(block => block.type === 'resource' || block.type === 'data')
}

/** What a resource says, at any depth, that could as well be said elsewhere: nothing that a loop around it makes. */
export function movable(block: Block): readonly Attribute[] {
  const own = [...block.body.attributes.values()].filter(
    ({ name, expr }) => !metaArguments.has(name) && references(expr).every(isOfModule),
  )
  const inner = block.body.blocks.filter(each => !metaBlocks.has(each.type))
  return [...own, ...inner.flatMap(movable)]
}

export function isMeta(block: Block): boolean {
  return metaBlocks.has(block.type)
}

function isOfModule({ root }: { readonly root: string }): boolean {
  return /^(?:var|local|data|module|aws_\w+|random_\w+|tls_\w+)$/.test(root)
}

const metaArguments = new Set(['count', 'for_each', 'depends_on', 'provider', 'iterator', 'labels'])
const metaBlocks = new Set(['lifecycle', 'provisioner', 'connection', 'timeouts'])

/** Whether Terraform takes it for a variable's default or a module's input without the module's help. */
export function isConstant(expr: Expr): boolean {
  switch (expr.kind) {
    case 'literal':
      return true
    case 'template':
      return expr.parts.every(part => part.kind === 'text')
    case 'unary':
      return isConstant(expr.expr)
    case 'tuple':
      return expr.items.every(isConstant)
    case 'object':
      return expr.items.every(
        item => (item.key.kind === 'variable' || isConstant(item.key)) && isConstant(item.value),
      )
    default:
      return false
  }
}

export function sourceOf(text: string, { start, end }: Range): string {
  return text.slice(start, end)
}
