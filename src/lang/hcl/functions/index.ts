import { collections } from './collections.ts'
import type { Functions } from './define.ts'
import { hashes } from './hash.ts'
import { lists } from './lists.ts'
import { maps } from './maps.ts'
import { network } from './network.ts'
import { numbers } from './numbers.ts'
import { regexes } from './regex.ts'
import { sets } from './sets.ts'
import type { FunctionSpec } from './spec.ts'
import { strings } from './strings.ts'

const themes: readonly Functions[] = [
  collections,
  hashes,
  lists,
  maps,
  network,
  numbers,
  regexes,
  sets,
  strings,
]

/** Every function of Terraform by its name; `try` and `can` are the evaluator's, for their arguments are lazy. */
export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  themes.flatMap(theme =>
    Object.entries(theme).flatMap(([name, spec]) => [
      [name, spec] as const,
      [`core::${name}`, spec] as const,
    ]),
  ),
)
