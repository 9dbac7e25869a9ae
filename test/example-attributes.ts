import type { Check, Example } from '../src/check.ts'
import type { Block, Body } from '../src/lang/hcl/ast.ts'
import { parseFile } from '../src/lang/hcl/index.ts'
import { loadVocabulary } from '../src/vocabulary/load.ts'
import type { Schema } from '../src/vocabulary/statement.ts'
import { isWhole, resourcesIn } from './check-harness.ts'

/** Attributes and blocks of an example that its type does not have; types that the vocabulary lacks are let through. */
export async function strangersIn(check: Check, example: Example): Promise<readonly string[]> {
  if (typeof example !== 'string') {
    const given = resourcesIn(example) ?? check.types.map(type => [type, example] as const)
    const { types } = await loadVocabulary(given.map(([type]) => type))
    return given.flatMap(([type, one]) => strangeFields(one, types.get(type)?.schema, type))
  }
  const texts = isWhole(example)
    ? [example]
    : check.types.map(type => `resource "${type}" "example" {\n${example}\n}\n`)
  const blocks = texts
    .flatMap(text => parseFile('example.tf', text).body.blocks)
    .filter(block => block.type === 'resource')
  const { types } = await loadVocabulary(blocks.map(block => block.labels[0] ?? ''))
  return blocks.flatMap(block => {
    const [type = ''] = block.labels
    return strangeNames(block.body, types.get(type)?.schema, type)
  })
}

function strangeNames(body: Body, schema: Schema | undefined, path: string): readonly string[] {
  if (!schema) return []
  const attributes = [...body.attributes.keys()]
    .filter(name => !metaArguments.has(name) && schema[name] === undefined)
    .map(name => `${path}.${name}`)
  return [...attributes, ...body.blocks.flatMap(block => strangeBlock(block, schema, path))]
}

function strangeBlock(block: Block, schema: Schema, path: string): readonly string[] {
  if (metaBlocks.has(block.type)) return []
  const isDynamic = block.type === 'dynamic'
  const name = isDynamic ? (block.labels[0] ?? '') : block.type
  const inner = schema[name]
  if (typeof inner !== 'object') return [`${path}.${name}`]
  const body = isDynamic
    ? block.body.blocks.find(each => each.type === 'content')?.body
    : block.body
  return body ? strangeNames(body, inner, `${path}.${name}`) : []
}

const metaArguments = new Set(['count', 'for_each', 'depends_on', 'provider'])
const metaBlocks = new Set(['lifecycle', 'provisioner', 'connection', 'timeouts'])

function strangeFields(
  value: unknown,
  schema: Schema | undefined,
  path: string,
): readonly string[] {
  if (!schema) return [path]
  if (Array.isArray(value)) return value.flatMap(each => strangeFields(each, schema, path))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, field]) => {
    const inner = schema[name]
    if (inner === undefined) return [`${path}.${name}`]
    return typeof inner === 'object' ? strangeFields(field, inner, `${path}.${name}`) : []
  })
}
