import type { Attribute, Block, Body } from '../ast.ts'
import type { ParsedFile } from './files.ts'
import type { Problem } from './problem.ts'

export interface Declaration {
  readonly block: Block
  /** The block's body with what override files put over it. */
  readonly body: Body
  readonly file: ParsedFile
  /** Attributes and blocks that an override file brought → that file. */
  readonly elsewhere?: ReadonlyMap<Attribute | Block, ParsedFile>
}

export interface LocalDeclaration {
  readonly attribute: Attribute
  readonly file: ParsedFile
}

/** The same while it is being read. */
export interface Draft {
  readonly variables: Map<string, Declaration>
  readonly locals: Map<string, LocalDeclaration>
  readonly outputs: Map<string, Declaration>
  readonly resources: Map<string, Declaration>
  readonly calls: Map<string, Declaration>
  readonly providers: Map<string, Declaration>
  readonly checks: Map<string, Declaration>
  report(problem: Problem): void
}

/** The file that a declaration's attribute or block stands in. */
export function fileOf(declaration: Declaration, node: Attribute | Block): ParsedFile {
  return declaration.elsewhere?.get(node) ?? declaration.file
}

/** Where a block is kept and under which name; undefined for blocks that declare nothing. */
export function placeOf(
  block: Block,
  draft: Draft,
): { readonly into: Map<string, Declaration>; readonly key: string } | undefined {
  const [first = '', second = ''] = block.labels
  switch (block.type) {
    case 'variable':
      return { into: draft.variables, key: first }
    case 'output':
      return { into: draft.outputs, key: first }
    case 'module':
      return { into: draft.calls, key: first }
    case 'check':
      return { into: draft.checks, key: first }
    case 'resource':
      return { into: draft.resources, key: `${first}.${second}` }
    case 'data':
    case 'ephemeral':
      return { into: draft.resources, key: `${block.type}.${first}.${second}` }
    case 'provider':
      return { into: draft.providers, key: providerKey(block) }
  }
  return undefined
}

/** `alias` is written as a plain string, so that the key is known before anything is evaluated. */
function providerKey(block: Block): string {
  const alias = block.body.attributes.get('alias')?.expr
  const name = block.labels[0] ?? ''
  const text = alias === undefined ? undefined : literalText(alias)
  return text === undefined ? name : `${name}.${text}`
}

/** The text of an expression that is a string without interpolation. */
export function literalText(expr: Attribute['expr']): string | undefined {
  if (expr.kind === 'literal') return typeof expr.value === 'string' ? expr.value : undefined
  if (expr.kind !== 'template') return undefined
  let text = ''
  for (const part of expr.parts) {
    if (part.kind !== 'text') return undefined
    text += part.text
  }
  return text
}
