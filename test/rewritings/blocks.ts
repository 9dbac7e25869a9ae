import type { Block } from '../../src/lang/hcl/ast.ts'
import { references } from '../../src/lang/hcl/index.ts'
import {
  bodyOf,
  type Edit,
  edited,
  isMeta,
  movable,
  type Rewriting,
  resourceBlocks,
  sourceOf,
} from './edit.ts'

export const counted: Rewriting = text => repeated(text, 'count = 1', '[0]')
export const forEach: Rewriting = text => repeated(text, 'for_each = toset(["one"])', '["one"]')

/** All of it is a module. */
export const inModule: Rewriting = text => ({
  'main.tf': 'module "all" {\n  source = "./all"\n}\n',
  'all/main.tf': text,
})

/** And the module one of several. */
export const inModules: Rewriting = text => ({
  'main.tf': 'module "all" {\n  source = "./all"\n  for_each = toset(["one"])\n}\n',
  'all/main.tf': 'module "inner" {\n  source = "../inner"\n  count = 1\n}\n',
  'inner/main.tf': text,
})

/** Every nested block is a dynamic one, with its values in the collection. */
export const dynamic: Rewriting = text => {
  const edits = resourceBlocks(bodyOf(text)).flatMap(block =>
    block.body.blocks.flatMap(each => dynamicOf(text, each)),
  )
  return edits.length === 0 ? null : { 'main.tf': edited(text, edits) }
}

function dynamicOf(text: string, block: Block): readonly Edit[] {
  if (isMeta(block) || block.type === 'dynamic') return []
  const { header, body, range, type } = block
  const own = new Set(body.attributes.values())
  const values = movable(block).filter(each => own.has(each))
  const items = values.map(({ name, expr }) => `${name} = ${sourceOf(text, expr.range)}\n`)
  return [
    {
      ...header,
      text: `dynamic "${type}" {\nfor_each = [{\n${items.join('')}}]\ncontent`,
    },
    ...values.map(({ name, expr }) => ({
      ...expr.range,
      text: `${type}.value.${name}${sourceOf(text, expr.range).endsWith('\n') ? '\n' : ''}`,
    })),
    { start: range.end, end: range.end, text: '\n}' },
    ...body.blocks.flatMap(each => dynamicOf(text, each)),
  ]
}

/** Each resource with the argument, and each reference to one with its key. */
function repeated(text: string, argument: string, key: string) {
  const body = bodyOf(text)
  const single = resourceBlocks(body).filter(
    block => !block.body.attributes.has('count') && !block.body.attributes.has('for_each'),
  )
  if (single.length === 0) return null
  const names = new Set(
    single.map(({ type, labels }) => (type === 'data' ? ['data', ...labels] : labels).join('.')),
  )
  const edits = single.map(({ header }): Edit => {
    const at = text.indexOf('{', header.end) + 1
    return { start: at, end: at, text: `\n${argument}\n` }
  })
  return { 'main.tf': edited(text, [...edits, ...referring(text, body.blocks, names, key)]) }
}

function referring(
  text: string,
  blocks: readonly Block[],
  names: ReadonlySet<string>,
  key: string,
): readonly Edit[] {
  return blocks.flatMap(({ body }) => [
    ...[...body.attributes.values()]
      .filter(({ name }) => name !== 'depends_on')
      .flatMap(({ expr }) => references(expr))
      .flatMap(({ range }): Edit[] => {
        const [name = ''] = /^(?:data\.)?[\w-]+\.[\w-]+/.exec(sourceOf(text, range)) ?? []
        const at = range.start + name.length
        return names.has(name) && text[at] !== '[' ? [{ start: at, end: at, text: key }] : []
      }),
    ...referring(text, body.blocks, names, key),
  ])
}
