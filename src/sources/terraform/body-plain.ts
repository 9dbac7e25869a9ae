import type { EvaluatedBlock, EvaluatedBody } from '../../lang/hcl/module/body.ts'
import type { Plain } from '../../resource.ts'
import { fields, toAbsent, toPlain } from './plain.ts'

/** A body as Terraform-shaped plain data: every type of block is an array. */
export function bodyPlain(
  body: EvaluatedBody,
  except: ReadonlySet<string> = new Set(),
): { readonly [name: string]: Plain } {
  const entries: [string, Plain][] = []
  for (const [name, attribute] of body.attributes) {
    if (!except.has(name)) entries.push([name, toPlain(attribute.value())])
  }
  for (const [type, blocks] of blocksByType(body)) {
    if (!except.has(type)) entries.push([type, blocks.map(blockPlain)])
  }
  return fields(entries)
}

export function blocksByType(body: EvaluatedBody): ReadonlyMap<string, readonly EvaluatedBlock[]> {
  const types = new Map<string, EvaluatedBlock[]>()
  for (const block of body.blocks()) {
    const list = types.get(block.type)
    if (list === undefined) types.set(block.type, [block])
    else list.push(block)
  }
  return types
}

function blockPlain(block: EvaluatedBlock): Plain {
  return block.unknown === undefined
    ? bodyPlain(block.body)
    : toAbsent(block.unknown, undefined, { many: true, as: bodyPlain(block.body) })
}
