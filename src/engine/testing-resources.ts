import type { Attributes, Origin, Resource } from '../resource.ts'
import type { Tables } from '../vocabulary/load.ts'
import { normalise } from '../vocabulary/normalise.ts'

/** How a resource of a test differs from one in the root module `.`. */
export interface More {
  readonly refs?: Resource['refs']
  readonly root?: string
  readonly live?: { readonly account: string; readonly region: string | null }
}

/** A declared resource whose written attributes can be located. */
export function declaredIn(
  tables: Tables,
  address: string,
  plain: Attributes,
  more: More,
): Resource {
  const [type = '', name = ''] = address
    .replace(/^(module\.[^.]+\.)+/, '')
    .replace(/\[.*/, '')
    .split('.')
  const span = { file: 'main.tf', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }
  const origin: Origin = {
    source: more.live ? 'aws' : 'terraform',
    address: more.live ? null : address,
    span: more.live ? null : span,
    root: more.live ? null : (more.root ?? '.'),
    ...(more.live
      ? {}
      : {
          locate: ([first]) => (Object.hasOwn(plain, String(first)) ? span : null),
          declared: { values: plain, locate: () => null },
        }),
  }
  return {
    type,
    id: address,
    name,
    account: more.live?.account ?? null,
    region: more.live?.region ?? null,
    origin,
    ...normalise(tables, type, plain, more.live ? 'live' : 'code'),
    ...(more.refs ? { refs: more.refs } : {}),
  }
}
