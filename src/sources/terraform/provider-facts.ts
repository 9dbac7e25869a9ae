import { providerOf } from '../../lang/hcl/module/provider.ts'
import type { ResourceInstance } from '../../lang/hcl/module/resource-node.ts'
import { Absent, type Plain } from '../../resource.ts'
import { isFields } from '../../vocabulary/plain.ts'
import { bodyPlain } from './body-plain.ts'
import { toPlain } from './plain.ts'

/** What a resource takes from its provider's configuration. */
export interface ProviderFacts {
  readonly region: string | null
  /** `default_tags`; undefined where none are configured. */
  readonly tags: Absent | { readonly [name: string]: Plain } | undefined
}

export function providerFacts(instance: ResourceInstance): ProviderFacts {
  const body = providerOf(instance)
  if (body === null) return { region: null, tags: undefined }
  const written = body.attributes.get('region')
  const region = written === undefined ? null : toPlain(written.value())
  const block = body.blocks().find(each => each.type === 'default_tags')
  const tags =
    block === undefined
      ? undefined
      : block.unknown === undefined
        ? bodyPlain(block.body).tags
        : undefined
  return {
    region: typeof region === 'string' ? region : null,
    tags: tags instanceof Absent || isFields(tags) ? tags : undefined,
  }
}
