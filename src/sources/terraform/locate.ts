import type { Expr, ObjectItem, Range } from '../../lang/hcl/ast.ts'
import type { EvaluatedBlock, EvaluatedBody } from '../../lang/hcl/module/body.ts'
import { literalText } from '../../lang/hcl/module/declaration.ts'
import type { ParsedFile } from '../../lang/hcl/module/files.ts'
import type { Path } from '../../resource.ts'

/** The deepest thing that is written along a path. */
export interface WrittenThing {
  readonly file: ParsedFile
  readonly range: Range
  /** Null for a block. */
  readonly expr: Expr | null
  /** The blocks that the path goes through, outermost first. */
  readonly blocks: readonly EvaluatedBlock[]
}

/** Follows a path of Terraform-shaped attributes through the source; null where not even its first step is written. */
export function writtenThing(body: EvaluatedBody, path: Path): WrittenThing | null {
  const blocks: EvaluatedBlock[] = []
  let at: EvaluatedBody = body
  let found: WrittenThing | null = null
  for (let i = 0; i < path.length; ) {
    const step = path[i++]
    const attribute = typeof step === 'string' ? at.attributes.get(step) : undefined
    if (attribute !== undefined) {
      const top = { file: attribute.file, range: attribute.attribute.range, blocks }
      const inner = within(attribute.attribute.expr, path.slice(i))
      return inner === null
        ? { ...top, expr: attribute.attribute.expr }
        : { ...top, range: inner.range, expr: inner.expr }
    }
    const ofType = at.blocks().filter(block => block.type === step)
    const index = path[i]
    const block =
      typeof index === 'number' ? ofType[index] : ofType.length === 1 ? ofType[0] : undefined
    if (block === undefined) return found
    if (typeof index === 'number') i++
    blocks.push(block)
    found = { file: block.file, range: block.block.header, expr: null, blocks }
    at = block.body
  }
  return found
}

interface Inner {
  readonly range: Range
  readonly expr: Expr
}

/** Into literals: `{ … }`, `[ … ]` and `jsonencode` of them. */
function within(expr: Expr, path: Path): Inner | null {
  let at = expr
  let found: Inner | null = null
  for (const step of path) {
    at = unwrapped(at)
    const next = typeof step === 'number' ? itemAt(at, step) : entryOf(at, step)
    if (next === undefined) return found
    found = next
    at = next.expr
  }
  return found
}

function unwrapped(expr: Expr): Expr {
  let at = expr
  for (;;) {
    if (at.kind === 'parens' || at.kind === 'wrap') at = at.expr
    else if (at.kind === 'call' && at.name === 'jsonencode' && at.args[0] !== undefined)
      at = at.args[0]
    else return at
  }
}

/** Where a list is meant, a single thing may stand alone: a policy's `Action = "*"`. */
function itemAt(expr: Expr, index: number): Inner | undefined {
  if (expr.kind !== 'tuple') return undefined
  const item = expr.items[index]
  return item === undefined ? undefined : { range: item.range, expr: item }
}

function entryOf(expr: Expr, name: string): Inner | undefined {
  if (expr.kind !== 'object') return undefined
  // The last of equal keys wins.
  const item = expr.items.findLast(({ key }) => keyName(key) === name)
  if (item === undefined) return undefined
  return { range: rangeOf(item), expr: item.value }
}

function keyName(key: Expr): string | undefined {
  return key.kind === 'variable' ? key.name : literalText(key)
}

function rangeOf({ key, value }: ObjectItem): Range {
  return { start: key.range.start, end: value.range.end }
}
