import type { Functions } from './define.ts'
import { hashes } from './hash.ts'
import { network } from './network.ts'
import { numbers } from './numbers.ts'
import { regexes } from './regex.ts'
import type { FunctionSpec } from './spec.ts'
import { strings } from './strings.ts'

const themes: readonly Functions[] = [hashes, network, numbers, regexes, strings]

/** Every function of Terraform by its name; `try` and `can` are the evaluator's, for their arguments are lazy. */
export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  themes.flatMap(theme =>
    Object.entries(theme).flatMap(([name, spec]) => [
      [name, spec] as const,
      [`core::${name}`, spec] as const,
    ]),
  ),
)
