import type { EvaluatedBody } from '../../lang/hcl/module/body.ts'
import { providerOf } from '../../lang/hcl/module/provider.ts'
import type { ResourceInstance } from '../../lang/hcl/module/resource-node.ts'
import { Absent, type Plain } from '../../resource.ts'
import { isFields } from '../../vocabulary/plain.ts'
import { bodyPlain } from './body-plain.ts'
import { toAbsent, toPlain } from './plain.ts'

/** What a resource takes from its provider's configuration. */
export interface ProviderFacts {
  readonly region: string | null
  /** `default_tags`; undefined where none are configured. */
  readonly tags: Absent | { readonly [name: string]: Plain } | undefined
}

/** Reads each provider's configuration once. */
export function providerReader(): (instance: ResourceInstance) => ProviderFacts {
  const known = new Map<EvaluatedBody, ProviderFacts>()
  return instance => {
    const body = providerOf(instance)
    if (body === null) return nothing
    const facts = known.get(body) ?? factsOf(body)
    known.set(body, facts)
    return facts
  }
}

const nothing: ProviderFacts = { region: null, tags: undefined }

function factsOf(body: EvaluatedBody): ProviderFacts {
  const written = body.attributes.get('region')
  const region = written === undefined ? null : toPlain(written.value())
  const tags = defaultTags(body)
  return {
    region: typeof region === 'string' ? region : null,
    tags: tags instanceof Absent || isFields(tags) ? tags : undefined,
  }
}

function defaultTags(body: EvaluatedBody): Plain {
  const block = body.blocks().find(each => each.type === 'default_tags')
  if (block === undefined) return undefined
  return block.unknown === undefined
    ? bodyPlain(block.body).tags
    : toAbsent(block.unknown, undefined)
}
