import type { Expr } from '../ast.ts'
import type { EvaluatedBody } from './body.ts'
import { literalText } from './declaration.ts'
import type { ModuleInstance } from './module-instance.ts'
import type { ResourceInstance } from './resource-node.ts'

/** The configuration of the provider that makes a resource; null where nothing is configured. */
export function providerOf(instance: ResourceInstance): EvaluatedBody | null {
  const written = instance.node.declaration.body.attributes.get('provider')
  const named = written === undefined ? undefined : providerName(written.expr)
  return find(instance.module, named ?? (instance.node.type.split('_')[0] || ''))
}

/** A module's own configuration, else the one that its caller hands down. */
function find(module: ModuleInstance, name: string): EvaluatedBody | null {
  const own = module.provider(name)
  // An empty block in a called module only says that a configuration is expected from outside.
  if (own !== undefined && (module.caller === null || own.attributes.size > 0)) return own
  const { caller } = module
  if (caller === null) return own ?? null
  const given = handedDown(caller.node.declaration.body.attributes.get('providers')?.expr, name)
  if (given !== undefined) return find(caller.module, given)
  return name.includes('.') ? null : find(caller.module, name)
}

/** `providers = { aws = aws.west }`. */
function handedDown(providers: Expr | undefined, name: string): string | undefined {
  if (providers?.kind !== 'object') return undefined
  for (const { key, value } of providers.items) {
    if (providerName(key) === name) return providerName(value)
  }
  return undefined
}

/** `aws.west`, bare or as a string (in JSON). */
function providerName(expr: Expr): string | undefined {
  switch (expr.kind) {
    case 'variable':
      return expr.name
    case 'attr': {
      const of = providerName(expr.of)
      return of === undefined ? undefined : `${of}.${expr.name}`
    }
    case 'parens':
    case 'wrap':
      return providerName(expr.expr)
  }
  return literalText(expr)
}
