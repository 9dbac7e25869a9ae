import {
  at,
  isList,
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  recordAt,
  textAt,
} from './json.ts'

/** What a plan says of the configuration that it was made from. */
export interface PlanConfiguration {
  /** Top-level attribute → addresses of the resources that its expression refers to. */
  refs(change: JsonRecord): Readonly<Record<string, readonly string[]>>
  /** Argument → how it is written; null where the plan does not say how the resource is. */
  expressions(change: JsonRecord): JsonRecord | null
  region(change: JsonRecord): string | null
}

export function planConfiguration(plan: Json, changes: readonly JsonRecord[]): PlanConfiguration {
  const root = recordAt(plan, 'configuration', 'root_module')
  const byName = instancesByName(changes)
  return {
    refs(change) {
      const modules = modulesTo(root, change)
      const resource = resourceOf(modules.at(-1), change)
      const refs: Record<string, readonly string[]> = Object.create(null)
      for (const [name, expression] of Object.entries(recordAt(resource, 'expressions'))) {
        const named = new Set(namesIn(expression, modules, 0))
        const addresses = [...named].flatMap(each => nearest(byName.get(each) ?? [], change))
        if (addresses.length > 0) refs[name] = [...new Set(addresses)]
      }
      return refs
    },
    expressions(change) {
      const resource = resourceOf(modulesTo(root, change).at(-1), change)
      return at(resource, 'address') === undefined ? null : recordAt(resource, 'expressions')
    },
    region(change) {
      const resource = resourceOf(modulesTo(root, change).at(-1), change)
      const key = textAt(resource, 'provider_config_key') ?? ''
      const configs = recordAt(plan, 'configuration', 'provider_config')
      const config = at(configs, key) ?? at(configs, key.split(':').at(-1) ?? '')
      return regionOf(recordAt(config, 'expressions', 'region'), plan)
    },
  }
}

/** A module of the configuration, by the calls that lead to it. */
interface Module {
  /** `module.a.module.b.`, without instance keys. */
  readonly prefix: string
  readonly config: JsonRecord
  /** The arguments that it is called with. */
  readonly inputs: JsonRecord
}

/** The root and the called modules down to the one that holds a resource. */
function modulesTo(root: JsonRecord, change: JsonRecord): readonly Module[] {
  const modules: Module[] = [{ prefix: '', config: root, inputs: {} }]
  const address = textAt(change, 'module_address') ?? ''
  for (const [, name] of address.matchAll(/module\.([\w-]+)(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?/g)) {
    const above = modules.at(-1)
    if (name === undefined || above === undefined) break
    modules.push(called(above, name))
  }
  return modules
}

function called(above: Module, name: string): Module {
  const call = recordAt(above.config, 'module_calls', name)
  return {
    prefix: `${above.prefix}module.${name}.`,
    config: recordAt(call, 'module'),
    inputs: recordAt(call, 'expressions'),
  }
}

function resourceOf(module: Module | undefined, change: JsonRecord): JsonRecord {
  const address = `${textAt(change, 'type')}.${textAt(change, 'name')}`
  const found = listAt(module?.config, 'resources').find(
    resource => textAt(resource, 'address') === address,
  )
  return isRecord(found) ? found : {}
}

/** Variables lead on to the caller, outputs into the called; a longer way is given up. */
const longest = 20

/** Resources, by address without instance keys, that an expression refers to. */
function* namesIn(
  expression: Json | undefined,
  modules: readonly Module[],
  depth: number,
): Generator<string> {
  if (depth > longest) return
  if (isList(expression)) {
    for (const each of expression) yield* namesIn(each, modules, depth + 1)
  } else if (isRecord(expression)) {
    for (const reference of listAt(expression, 'references')) {
      if (typeof reference === 'string') yield* namesOf(reference, modules, depth)
    }
    for (const [name, inner] of Object.entries(expression)) {
      if (name !== 'references' && name !== 'constant_value')
        yield* namesIn(inner, modules, depth + 1)
    }
  }
}

function* namesOf(reference: string, modules: readonly Module[], depth: number): Generator<string> {
  const [first = '', second = '', third] = reference.replace(/\[[^\]]*\]/g, '').split('.')
  const module = modules.at(-1)
  if (module === undefined) return
  if (first === 'var') {
    yield* namesIn(at(module.inputs, second), modules.slice(0, -1), depth + 1)
  } else if (first === 'module') {
    if (third === undefined) return
    const inner = called(module, second)
    const output = at(inner.config, 'outputs', third, 'expression')
    yield* namesIn(output, [...modules, inner], depth + 1)
  } else if (!scopes.has(first)) {
    yield `${module.prefix}${first}.${second}`
  }
}

const scopes = new Set(['local', 'data', 'each', 'count', 'path', 'self', 'terraform'])

function instancesByName(
  changes: readonly JsonRecord[],
): ReadonlyMap<string, readonly JsonRecord[]> {
  const byName = new Map<string, JsonRecord[]>()
  for (const change of changes) {
    const module = textAt(change, 'module_address')
    const prefix = module === undefined ? '' : `${withoutKeys(module)}.`
    const name = `${prefix}${textAt(change, 'type')}.${textAt(change, 'name')}`
    byName.set(name, [...(byName.get(name) ?? []), change])
  }
  return byName
}

function withoutKeys(address: string): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '')
}

/** Of several instances those of the same module instance, and of those the one of the same key. */
function nearest(candidates: readonly JsonRecord[], change: JsonRecord): readonly string[] {
  const module = textAt(change, 'module_address')
  const index = at(change, 'index')
  const inModule = candidates.filter(each => textAt(each, 'module_address') === module)
  const near = inModule.length > 0 ? inModule : candidates
  const sameKey = near.filter(each => index !== undefined && at(each, 'index') === index)
  return (sameKey.length > 0 ? sameKey : near).flatMap(each => textAt(each, 'address') ?? [])
}

function regionOf(expression: JsonRecord, plan: Json): string | null {
  const constant = at(expression, 'constant_value')
  if (typeof constant === 'string') return constant
  const [reference] = listAt(expression, 'references')
  const name = typeof reference === 'string' ? /^var\.([\w-]+)$/.exec(reference)?.[1] : undefined
  return (name === undefined ? undefined : textAt(plan, 'variables', name, 'value')) ?? null
}
