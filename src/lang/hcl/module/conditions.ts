import type { Block } from '../ast.ts'
import { isUnknown } from '../make.ts'
import { references } from '../references.ts'
import { extend, type Scope } from '../scope.ts'
import type { Value } from '../value.ts'
import { type Declaration, fileOf } from './declaration.ts'
import type { ParsedFile } from './files.ts'
import type { ModuleInstance } from './module-instance.ts'
import { problemAt } from './problem.ts'
import type { ResourceInstance } from './resource-node.ts'
import { evaluateIn, type Run } from './run.ts'

/** Tests what a module says of itself: validations, pre- and postconditions. `check` blocks only warn. */
export function checkConditions(module: ModuleInstance): void {
  const { config, run, scope } = module
  for (const [name, declaration] of config.variables) {
    for (const rule of blocksOf(declaration, 'validation'))
      checkValidation(name, rule, fileOf(declaration, rule), module)
  }
  for (const declaration of config.outputs.values()) {
    for (const rule of blocksOf(declaration, 'precondition'))
      test(rule, fileOf(declaration, rule), scope, 'Module output value precondition failed', run)
  }
  for (const declaration of config.checks.values()) {
    for (const rule of blocksOf(declaration, 'assert'))
      reportConstant(rule, fileOf(declaration, rule), 'Invalid assert expression', run)
  }
}

/** A resource's own conditions: `self` is the resource in the later ones. */
export function checkLifecycle(instance: ResourceInstance, run: Run): void {
  const { declaration } = instance.node
  for (const lifecycle of blocksOf(declaration, 'lifecycle')) {
    const file = fileOf(declaration, lifecycle)
    for (const rule of lifecycle.body.blocks) {
      if (rule.type === 'precondition')
        test(rule, file, instance.scope, 'Resource precondition failed', run)
      if (rule.type === 'postcondition') {
        const self = extend(instance.scope, new Map([['self', instance.value()]]))
        test(rule, file, self, 'Resource postcondition failed', run)
      }
    }
  }
}

function checkValidation(
  name: string,
  rule: Block,
  file: ParsedFile,
  module: ModuleInstance,
): void {
  const condition = rule.body.attributes.get('condition')
  if (condition === undefined) return
  const refersToItself = references(condition.expr).some(
    ({ root, steps: [first] }) =>
      root === 'var' && first !== undefined && 'name' in first && first.name === name,
  )
  if (refersToItself) {
    test(rule, file, module.scope, 'Invalid value for variable', module.run)
    return
  }
  const detail = `The condition for variable "${name}" must refer to var.${name} in order to test incoming values.`
  const summary = 'Invalid variable validation condition'
  module.run.log.add(problemAt('invalid', file, condition.expr.range, summary, detail))
}

function reportConstant(rule: Block, file: ParsedFile, summary: string, run: Run): void {
  const condition = rule.body.attributes.get('condition')
  if (condition === undefined || references(condition.expr).length > 0) return
  const detail =
    'The condition expression must refer to at least one object from elsewhere in the configuration, or else its result would not be checking anything.'
  run.log.add(problemAt('invalid', file, condition.expr.range, summary, detail))
}

function test(rule: Block, file: ParsedFile, scope: Scope, summary: string, run: Run): void {
  const condition = rule.body.attributes.get('condition')
  if (condition === undefined) return
  const value = evaluateIn(condition.expr, scope, file, run)
  if (isUnknown(value)) return
  const verdict = truth(value)
  if (verdict === true) return
  const { range } = condition.expr
  if (verdict === null) {
    const detail = 'Invalid condition result value: a bool is required.'
    run.log.add(problemAt('invalid', file, range, 'Invalid condition result', detail))
    return
  }
  const message = rule.body.attributes.get('error_message')
  const text = message === undefined ? null : evaluateIn(message.expr, scope, file, run).v
  run.log.add(problemAt('invalid', file, range, summary, typeof text === 'string' ? text : ''))
}

function truth(value: Value): boolean | null {
  if (value.v === true || value.v === 'true') return true
  if (value.v === false || value.v === 'false') return false
  return null
}

function blocksOf(declaration: Declaration, type: string): readonly Block[] {
  return declaration.body.blocks.filter(block => block.type === type)
}
