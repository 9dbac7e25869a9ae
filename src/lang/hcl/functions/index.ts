import { base64 } from './base64.ts'
import { collections } from './collections.ts'
import { conversions } from './convert.ts'
import { csv } from './csv.ts'
import type { Functions } from './define.ts'
import { files } from './files.ts'
import { formats } from './format.ts'
import { hashes } from './hash.ts'
import { json } from './json.ts'
import { lists } from './lists.ts'
import { maps } from './maps.ts'
import { network } from './network.ts'
import { numbers } from './numbers.ts'
import { paths } from './paths.ts'
import { regexes } from './regex.ts'
import { rsa } from './rsa.ts'
import { searches } from './search.ts'
import { sets } from './sets.ts'
import type { FunctionSpec } from './spec.ts'
import { strings } from './strings.ts'
import { tfvars } from './tfvars.ts'
import { time } from './time.ts'
import { yaml } from './yaml.ts'

const core: readonly Functions[] = [
  base64,
  collections,
  conversions,
  csv,
  files,
  formats,
  hashes,
  json,
  lists,
  maps,
  network,
  numbers,
  paths,
  regexes,
  rsa,
  searches,
  sets,
  strings,
  time,
  yaml,
]

/**
 * Every function of Terraform 1.11 by its name, also under `core::`. `try` and `can` are the evaluator's:
 * their arguments are lazy.
 */
export const functions: ReadonlyMap<string, FunctionSpec> = new Map([
  ...core.flatMap(theme =>
    Object.entries(theme).flatMap(([name, spec]) => [
      [name, spec] as const,
      [`core::${name}`, spec] as const,
    ]),
  ),
  ...Object.entries(tfvars),
])
