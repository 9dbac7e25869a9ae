import { foldsInto, load, serviceOf } from './aws/services.generated.ts'
import type { Alias, Fold } from './fold.ts'
import { compile, type Mode, type Plan } from './plan.ts'
import type { Schema, ServiceVocabulary, TypeStatement } from './statement.ts'

/** The vocabulary of the services that a scan meets. */
export interface Tables {
  readonly types: ReadonlyMap<string, TypeTable>
  readonly folds: readonly Fold[]
  readonly aliases: readonly Alias[]
}

export interface TypeTable {
  readonly type: string
  readonly schema: Schema
  readonly statement: TypeStatement
  plan(mode: Mode): Plan
}

export interface Service {
  readonly schemas: Readonly<Record<string, Schema>>
  readonly vocabulary: ServiceVocabulary
}

/** Loads what describes these types and the types that they fold into; types that nobody describes are left out. */
export async function loadVocabulary(types: Iterable<string>): Promise<Tables> {
  const names = new Set<string>()
  for (const type of types)
    for (const each of [type, ...parentsOf(type)]) {
      const service = Object.hasOwn(serviceOf, each) ? serviceOf[each] : undefined
      if (service !== undefined) names.add(service)
    }
  const services = await Promise.all([...names].sort().map(name => load[name]?.()))
  return tablesOf(services.filter(service => service !== undefined))
}

/** The types whose resources this type's are pieces of. */
export function parentsOf(type: string): readonly string[] {
  return (Object.hasOwn(foldsInto, type) ? foldsInto[type] : undefined) ?? []
}

/** The types whose resources are folded into this type's. */
export function piecesOf(type: string): readonly string[] {
  return Object.keys(foldsInto).filter(child => parentsOf(child).includes(type))
}

export function knownTypes(): readonly string[] {
  return Object.keys(serviceOf)
}

export function isKnownType(type: string): boolean {
  return Object.hasOwn(serviceOf, type)
}

function tablesOf(services: readonly Service[]): Tables {
  const types = new Map<string, TypeTable>()
  for (const { schemas, vocabulary } of services)
    for (const [type, statement] of Object.entries(vocabulary.types)) {
      const schema = schemas[type]
      if (schema !== undefined) types.set(type, table(type, schema, statement))
    }
  return {
    types,
    folds: services.flatMap(({ vocabulary }) => vocabulary.folds ?? []),
    aliases: services.flatMap(({ vocabulary }) => vocabulary.aliases ?? []),
  }
}

function table(type: string, schema: Schema, statement: TypeStatement): TypeTable {
  const plans = new Map<Mode, Plan>()
  return {
    type,
    schema,
    statement,
    plan(mode) {
      const plan = plans.get(mode) ?? compile(schema, statement, mode)
      plans.set(mode, plan)
      return plan
    },
  }
}
