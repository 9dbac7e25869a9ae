import { deepMarks } from '../../lang/hcl/marks.ts'
import type { EvaluatedBlock, EvaluatedBody } from '../../lang/hcl/module/body.ts'
import { isEntries, isItems, type Value } from '../../lang/hcl/value.ts'
import type { Path } from '../../resource.ts'

/** Whether the value at a path, or anything beneath it, is marked sensitive in the source. */
export function isSensitive(body: EvaluatedBody, path: Path): boolean {
  const [step, ...rest] = path
  if (step === undefined) return holdsSensitive(body)
  const attribute = typeof step === 'string' ? body.attributes.get(step) : undefined
  if (attribute !== undefined) return isSensitiveAt(attribute.value(), rest)
  const blocks = body.blocks().filter(block => block.type === step)
  const [index] = rest
  if (typeof index !== 'number') return blocks.some(block => inBlock(block, rest))
  const block = blocks[index]
  return block !== undefined && inBlock(block, rest.slice(1))
}

function inBlock(block: EvaluatedBlock, path: Path): boolean {
  return isSensitive(block.body, path)
}

function holdsSensitive(body: EvaluatedBody): boolean {
  return (
    [...body.attributes.values()].some(({ value }) => deepMarks(value())?.sensitive === true) ||
    body.blocks().some(block => holdsSensitive(block.body))
  )
}

function isSensitiveAt(value: Value, path: Path): boolean {
  let at = value
  for (const step of path) {
    if (at.marks?.sensitive === true) return true
    const { v } = at
    const next = isEntries(v) ? v.get(String(step)) : isItems(v) ? v[Number(step)] : undefined
    if (next === undefined) return deepMarks(at)?.sensitive === true
    at = next
  }
  return deepMarks(at)?.sensitive === true
}
