import { parseSignatures } from '../types/parse.ts'
import type { Signature } from '../types/type.ts'
import { aggregates } from './aggregates.ts'
import { arrays } from './arrays.ts'
import { aws } from './aws.ts'
import type { Builtin, BuiltinFunction } from './builtin.ts'
import { digests } from './crypto/digests.ts'
import { x509 } from './crypto/x509.ts'
import { encoding } from './encoding.ts'
import { graphql } from './graphql/index.ts'
import { graphs, relations } from './graphs.ts'
import { type HostFunction, hostBuiltin } from './host.ts'
import { identifiers } from './identifiers.ts'
import { json } from './json.ts'
import { jwt } from './jwt/index.ts'
import { net } from './net.ts'
import { numbers } from './numbers.ts'
import { objects } from './objects.ts'
import { operators } from './operators.ts'
import { regexes } from './regexes.ts'
import { rego } from './rego.ts'
import { rendering } from './render-template.ts'
import { schemas } from './schema/index.ts'
import { signatures } from './signatures.ts'
import { strings } from './strings.ts'
import { times } from './times.ts'
import { units } from './units.ts'
import { yaml } from './yaml.ts'

const functions: readonly Readonly<Record<string, BuiltinFunction>>[] = [
  operators,
  aggregates,
  numbers,
  arrays,
  objects,
  strings,
  json,
  graphs,
  encoding,
  units,
  identifiers,
  regexes,
  net,
  times,
  digests,
  x509,
  jwt,
  graphql,
  aws,
  yaml,
  rendering,
  schemas,
  rego,
]

/** OPA's builtins, and the host's: a name of OPA's keeps its meaning. */
export function builtinTable(
  host: { readonly [name: string]: HostFunction } = {},
): ReadonlyMap<string, Builtin> {
  const table = new Map<string, Builtin>()
  for (const [name, spec] of Object.entries(host)) table.set(name, hostBuiltin(name, spec))
  const runs = new Map(functions.flatMap(group => Object.entries(group)))
  for (const [name, signature] of parseSignatures(signatures)) {
    const run = runs.get(name)
    const relation = relations[name]
    table.set(name, {
      signature,
      run: run ?? missing,
      ...(relation === undefined ? {} : { relation }),
    })
  }
  return table
}

const missing: BuiltinFunction = () => undefined

export type { Signature }
