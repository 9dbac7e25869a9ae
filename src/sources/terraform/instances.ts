import type { ModuleInstance } from '../../lang/hcl/module/module-instance.ts'
import type { Root } from '../../lang/hcl/module/open-root.ts'
import type { ResourceInstance } from '../../lang/hcl/module/resource-node.ts'

/** Every managed resource of a root, in modules at any depth too. */
export function* managedInstances(root: Root): Generator<ResourceInstance> {
  const waiting: ModuleInstance[] = [root.module]
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    for (const key of module.config.resources.keys()) {
      const node = module.resource(key)
      if (node?.mode === 'resource') yield* node.instances()
    }
    for (const name of module.config.calls.keys())
      waiting.push(...(module.call(name)?.instances() ?? []))
  }
}
