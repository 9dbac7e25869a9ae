import type { Attribute, Block, Body } from '../ast.ts'
import { type Declaration, type Draft, placeOf } from './declaration.ts'
import type { ParsedFile } from './files.ts'
import { problemAt } from './problem.ts'

/** Puts a block of an override file over what the other files declare, argument by argument. */
export function applyOverride(draft: Draft, block: Block, file: ParsedFile): void {
  if (block.type === 'locals') {
    for (const attribute of block.body.attributes.values())
      draft.locals.set(attribute.name, { attribute, file })
    return
  }
  const place = placeOf(block, draft)
  if (place === undefined) return
  const base = place.into.get(place.key)
  if (base !== undefined) {
    place.into.set(place.key, overlay(base, block, file))
    return
  }
  if (block.type === 'provider') {
    place.into.set(place.key, { block, body: block.body, file })
    return
  }
  const summary = `Missing ${block.type} to override`
  const detail = `There is no ${place.key}. An override file can only override a block defined in a primary configuration file.`
  draft.report(problemAt('invalid', file, block.header, summary, detail))
}

/** Arguments replace arguments; nested blocks replace all blocks of their type. */
function overlay(base: Declaration, block: Block, file: ParsedFile): Declaration {
  const elsewhere = new Map<Attribute | Block, ParsedFile>(base.elsewhere)
  const attributes = new Map(base.body.attributes)
  for (const [name, attribute] of block.body.attributes) {
    attributes.set(name, attribute)
    elsewhere.set(attribute, file)
  }
  const replaced = new Set(block.body.blocks.map(contentType))
  for (const inner of block.body.blocks) elsewhere.set(inner, file)
  const kept = base.body.blocks.filter(inner => !replaced.has(contentType(inner)))
  const body: Body = {
    attributes,
    blocks: [...kept, ...block.body.blocks],
    range: base.body.range,
  }
  return { ...base, body, elsewhere }
}

/** `dynamic "ingress"` makes blocks of type `ingress`. */
function contentType(block: Block): string {
  return block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type
}
