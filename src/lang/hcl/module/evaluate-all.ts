import { callArguments, terraformsOwn } from './block-kinds.ts'
import type { EvaluatedBody } from './body.ts'
import type { CallNode } from './call-node.ts'
import { checkConditions, checkLifecycle } from './conditions.ts'
import { reportCycles } from './cycles.ts'
import { fileOf } from './declaration.ts'
import type { ModuleInstance } from './module-instance.ts'
import type { Root } from './open-root.ts'
import { problemAt } from './problem.ts'
import type { ResourceInstance } from './resource-node.ts'
import type { Run } from './run.ts'
import { checkVariable } from './variable.ts'

/** Evaluates everything there is, so that every problem comes to light. */
export function evaluateAll(root: Root): readonly ResourceInstance[] {
  const { run } = root
  const instances: ResourceInstance[] = []
  reportCycles(root.module)
  reportUndeclared(root)
  const waiting = [root.module]
  for (let module = waiting.shift(); module !== undefined; module = waiting.shift()) {
    evaluateModule(module)
    for (const key of module.config.resources.keys()) {
      for (const instance of module.resource(key)?.instances() ?? []) {
        force(instance.body, terraformsOwn)
        checkLifecycle(instance, run)
        instances.push(instance)
      }
    }
    for (const name of module.config.calls.keys()) {
      const call = module.call(name)
      if (call === undefined) continue
      checkArguments(call, run)
      waiting.push(...call.instances())
    }
  }
  return instances
}

function evaluateModule(module: ModuleInstance): void {
  const { config, run } = module
  for (const problem of config.problems) run.log.add(problem)
  for (const [name, declaration] of config.variables) {
    checkVariable(name, declaration, run)
    module.variable(name)
  }
  for (const name of config.locals.keys()) module.local(name)
  for (const name of config.outputs.keys()) module.output(name)
  for (const key of config.providers.keys()) {
    const provider = module.provider(key)
    if (provider !== undefined) force(provider, new Set(['alias', 'version']))
  }
  checkConditions(module)
}

function force(body: EvaluatedBody, except: ReadonlySet<string>): void {
  for (const [name, attribute] of body.attributes) {
    if (!except.has(name)) attribute.value()
  }
  for (const block of body.blocks()) {
    if (!except.has(block.type)) force(block.body, new Set())
  }
}

/** A call may only give what the module declares. */
function checkArguments(call: CallNode, run: Run): void {
  const { config } = call.target()
  if (config === null) return
  for (const attribute of call.declaration.body.attributes.values()) {
    if (callArguments.has(attribute.name) || config.variables.has(attribute.name)) continue
    const detail = `An argument named "${attribute.name}" is not expected here.`
    const file = fileOf(call.declaration, attribute)
    run.log.add(problemAt('invalid', file, attribute.nameRange, 'Unsupported argument', detail))
  }
}

/** A value from the command line must have a variable to go to; one from a file need not. */
function reportUndeclared({ inputs, module, run }: Root): void {
  for (const name of inputs.commandLine()) {
    if (module.config.variables.has(name)) continue
    const detail = `A variable named "${name}" was given on the command line, but the root module does not declare it.`
    const place = { range: { start: 0, end: 0 }, line: 1, column: 1 }
    const summary = 'Value for undeclared variable'
    run.log.add({ kind: 'invalid', summary, detail, file: `--var ${name}`, ...place })
  }
}
