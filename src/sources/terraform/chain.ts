import type { Attribute, Expr } from '../../lang/hcl/ast.ts'
import { type Reference, references } from '../../lang/hcl/index.ts'
import type { EvaluatedBlock } from '../../lang/hcl/module/body.ts'
import { type Declaration, fileOf } from '../../lang/hcl/module/declaration.ts'
import type { Inputs } from '../../lang/hcl/module/inputs.ts'
import type { ModuleInstance } from '../../lang/hcl/module/module-instance.ts'
import type { Step } from '../../resource.ts'
import { spanIn } from './span.ts'

/** Where an expression stands: what its names mean. */
export interface Standpoint {
  readonly module: ModuleInstance
  /** The block whose `count` or `for_each` gives `count` and `each`; null outside of one. */
  readonly owner: Declaration | null
  /** Dynamic blocks around it, whose iterators it may use. */
  readonly blocks: readonly EvaluatedBlock[]
}

/** A longer chain tells a reader nothing. */
const longest = 12

/** What led to an expression's value, origin first: variable → module input → local. */
export function chainTo(expr: Expr, from: Standpoint, inputs: Inputs): readonly Step[] {
  const steps: Step[] = []
  for (const step of causes(expr, from, { inputs, seen: new Set(), depth: 0 })) {
    steps.push(step)
    if (steps.length === longest) break
  }
  return steps
}

interface Search {
  readonly inputs: Inputs
  readonly seen: Set<string>
  readonly depth: number
}

function* causes(expr: Expr, place: Standpoint, search: Search): Generator<Step> {
  if (search.depth > longest) return
  const deeper = { ...search, depth: search.depth + 1 }
  for (const reference of references(expr)) {
    const key = `${place.module.address}\n${reference.root}\n${nameAt(reference, 0)}`
    if (search.seen.has(key)) continue
    search.seen.add(key)
    yield* causesOf(reference, place, deeper)
  }
}

function* causesOf(reference: Reference, place: Standpoint, search: Search): Generator<Step> {
  const name = nameAt(reference, 0)
  switch (reference.root) {
    case 'var':
      if (name !== undefined) yield* ofVariable(name, place.module, search)
      return
    case 'local':
      if (name !== undefined) yield* ofLocal(name, place.module, search)
      return
    case 'module':
      if (name !== undefined) yield* ofOutput(name, reference, place.module, search)
      return
    case 'each':
    case 'count': {
      const over = place.owner?.body.attributes.get(
        reference.root === 'each' ? 'for_each' : 'count',
      )
      if (over !== undefined) yield* causes(over.expr, outside(place.module), search)
      return
    }
    default: {
      const block = place.blocks.find(each => each.over?.iterator === reference.root)
      if (block?.over !== undefined) yield* causes(block.over.attribute.expr, place, search)
    }
  }
}

/** In a called module the argument of the call, and what led to that; in the root the place of the value. */
function* ofVariable(name: string, module: ModuleInstance, search: Search): Generator<Step> {
  const declaration = module.config.variables.get(name)
  if (declaration === undefined) return
  const { caller } = module
  const argument = caller?.node.declaration.body.attributes.get(name)
  if (caller !== null && argument !== undefined) {
    const owner = caller.node.declaration
    yield* causes(argument.expr, { module: caller.module, owner, blocks: [] }, search)
    yield step(`module.${caller.node.name}.${name}`, owner, argument)
    return
  }
  const given = caller === null ? search.inputs.place(name) : undefined
  if (given !== undefined) {
    yield { name: `var.${name}`, span: spanIn(given.file, given.range) }
    return
  }
  const fallback = declaration.body.attributes.get('default')
  yield fallback === undefined
    ? { name: `var.${name}`, span: spanIn(declaration.file, declaration.block.header) }
    : step(`var.${name}`, declaration, fallback)
}

function* ofLocal(name: string, module: ModuleInstance, search: Search): Generator<Step> {
  const local = module.config.locals.get(name)
  if (local === undefined) return
  yield* causes(local.attribute.expr, outside(module), search)
  yield { name: `local.${name}`, span: spanIn(local.file, local.attribute.range) }
}

function* ofOutput(
  name: string,
  reference: Reference,
  module: ModuleInstance,
  search: Search,
): Generator<Step> {
  const output = nameAt(reference, 1) ?? nameAt(reference, 2)
  const [child] = module.call(name)?.instances() ?? []
  const declaration = output === undefined ? undefined : child?.config.outputs.get(output)
  const value = declaration?.body.attributes.get('value')
  if (child === undefined || declaration === undefined || value === undefined) return
  yield* causes(value.expr, outside(child), search)
  yield step(`module.${name}.${output}`, declaration, value)
}

function step(name: string, declaration: Declaration, attribute: Attribute): Step {
  return { name, span: spanIn(fileOf(declaration, attribute), attribute.range) }
}

function outside(module: ModuleInstance): Standpoint {
  return { module, owner: null, blocks: [] }
}

function nameAt({ steps }: Reference, index: number): string | undefined {
  const at = steps[index]
  return at !== undefined && 'name' in at ? at.name : undefined
}
