import { parseSignatures } from '../types/parse.ts'
import type { Signature } from '../types/type.ts'
import type { Builtin, BuiltinFunction, RelationFunction } from './builtin.ts'
import { operators } from './operators.ts'
import { signatures } from './signatures.ts'

const relations: Readonly<Record<string, RelationFunction>> = {}

const functions: readonly Readonly<Record<string, BuiltinFunction>>[] = [operators]

export function builtinTable(): ReadonlyMap<string, Builtin> {
  const table = new Map<string, Builtin>()
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
