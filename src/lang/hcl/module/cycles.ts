import type { Attribute, Body, Expr, Range } from '../ast.ts'
import { type Reference, references } from '../references.ts'
import type { ParsedFile } from './files.ts'
import type { ModuleInstance } from './module-instance.ts'
import { problemAt } from './problem.ts'
import { strongGroups } from './strong-groups.ts'

/** A name, and the names that must have a value before it has one. */
interface Node {
  readonly file: ParsedFile
  readonly range: Range
  readonly needs: Set<string>
}
type Graph = Map<string, Node>

/** Terraform orders everything before it evaluates anything: what waits for itself is an error, used or not. */
export function reportCycles(root: ModuleInstance): void {
  const graph: Graph = new Map()
  addModule(root, '', [], graph)
  const groups = strongGroups(graph.keys(), name => graph.get(name)?.needs ?? [])
  for (const names of groups) {
    const node = graph.get(names[0] ?? '')
    if (node === undefined) continue
    const isOneResource = names.length === 1 && !/(^|\.)(var|local|output)\./.test(names[0] ?? '')
    const summary = isOneResource ? 'Self-referential block' : `Cycle: ${names.join(', ')}`
    const detail = isOneResource ? `Configuration for ${names[0]} may not refer to itself.` : ''
    root.run.log.add(problemAt('invalid', node.file, node.range, summary, detail))
  }
}

function addModule(
  module: ModuleInstance,
  prefix: string,
  inherited: readonly string[],
  graph: Graph,
): void {
  const { config, caller } = module
  const add = (name: string, file: ParsedFile, range: Range, needs: Iterable<string>) =>
    graph.set(`${prefix}${name}`, { file, range, needs: new Set([...inherited, ...needs]) })
  const needsOf = (exprs: Iterable<Expr>) => namesIn(exprs, module, prefix)

  for (const [name, { file, block }] of config.variables) {
    if (caller === null) continue
    const argument = caller.node.declaration.body.attributes.get(name)
    const outer = prefix.slice(0, prefix.length - `module.${caller.node.name}.`.length)
    const exprs = argument === undefined ? [] : [argument.expr]
    add(`var.${name}`, file, block.header, namesIn(exprs, caller.module, outer))
  }
  for (const [name, { attribute, file }] of config.locals)
    add(`local.${name}`, file, attribute.range, needsOf([attribute.expr]))
  for (const [name, { body, file, block }] of config.outputs)
    add(`output.${name}`, file, block.header, needsOf(expressionsOf(body)))
  for (const [key, { body, file, block }] of config.resources)
    add(key, file, block.header, needsOf(expressionsOf(body)))
  for (const [name, { body, file, block }] of config.calls) {
    const expansion = ['count', 'for_each'].flatMap(of => body.attributes.get(of)?.expr ?? [])
    add(`module.${name}`, file, block.header, needsOf(expansion))
    const [child] = module.call(name)?.instances() ?? []
    if (child === undefined) continue
    const inner = `${prefix}module.${name}`
    addModule(child, `${inner}.`, [inner], graph)
  }
}

/** Names in `ignore_changes` and the like are not read. */
const unread = new Set(['ignore_changes', 'replace_triggered_by'])

function* expressionsOf(body: Body): Generator<Expr> {
  const read = (attribute: Attribute) => !unread.has(attribute.name)
  for (const attribute of [...body.attributes.values()].filter(read)) yield attribute.expr
  for (const block of body.blocks) yield* expressionsOf(block.body)
}

function* namesIn(
  exprs: Iterable<Expr>,
  module: ModuleInstance,
  prefix: string,
): Generator<string> {
  for (const expr of exprs) {
    for (const reference of references(expr)) {
      for (const name of namesOf(reference, module)) yield `${prefix}${name}`
    }
  }
}

function namesOf({ root, steps }: Reference, module: ModuleInstance): readonly string[] {
  const [first, second] = steps.map(step => ('name' in step ? step.name : undefined))
  if (first === undefined) return []
  if (root === 'var' || root === 'local') return [`${root}.${first}`]
  if (root === 'data' || root === 'ephemeral') return [`${root}.${first}.${second}`]
  if (root !== 'module') return [`${root}.${first}`]
  const output = steps.slice(1).find(step => 'name' in step)
  if (output !== undefined && 'name' in output) return [`module.${first}.output.${output.name}`]
  const outputs = module.call(first)?.target().config?.outputs.keys() ?? []
  return [`module.${first}`, ...[...outputs].map(name => `module.${first}.output.${name}`)]
}
