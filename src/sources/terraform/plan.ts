import { linesOf } from '../../lang/hcl/lines.ts'
import { Absent, type Attributes, type Plain, type Resource, type Span } from '../../resource.ts'
import { jsonFault } from '../../text.ts'
import { nameOf } from '../../vocabulary/knowledge.ts'
import { loadVocabulary, type Tables } from '../../vocabulary/load.ts'
import { normalise, sourcePath } from '../../vocabulary/normalise.ts'
import { isFields } from '../../vocabulary/plain.ts'
import { at, isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from './json.ts'
import { type PlanConfiguration, planConfiguration } from './plan-configuration.ts'
import { type PlannedDocument, plannedDocuments } from './plan-policies.ts'
import { isMarked, withUnknown } from './plan-values.ts'
import { regionOf } from './resource.ts'

export interface PlanFile {
  /** Relative to the working directory. */
  readonly name: string
  readonly text: string
  /** Relative to the top of the tree: stands for the root module in fingerprints. */
  readonly root: string
}

/** The resources of `terraform show -json PLAN` as the apply leaves them; in words why there are none. */
export async function readPlan(file: PlanFile): Promise<readonly Resource[] | string> {
  const plan = parsed(file.text)
  if (typeof plan === 'string') return plan
  const changes = listAt(plan, 'resource_changes').filter(isRecord).filter(isKept)
  const types = changes.map(change => textAt(change, 'type') ?? '')
  const reading: Reading = {
    file,
    tables: await loadVocabulary(new Set(types)),
    configuration: planConfiguration(plan, changes),
    documentOf: plannedDocuments(listAt(plan, 'resource_changes').filter(isRecord)),
    spanOf: spansIn(file),
  }
  try {
    return changes.map(change => toResource(change, reading))
  } catch (error) {
    if (error instanceof RangeError) return 'is nested too deeply'
    throw error
  }
}

interface Reading {
  readonly file: PlanFile
  readonly tables: Tables
  readonly configuration: PlanConfiguration
  readonly documentOf: PlannedDocument
  readonly spanOf: (address: string) => Span
}

function parsed(text: string): JsonRecord | string {
  try {
    const plan: Json = JSON.parse(text)
    if (!isRecord(plan)) return 'is no plan'
    const version = textAt(plan, 'format_version') ?? ''
    if (/^[01]\./.test(version)) return plan
    return `has the plan format ${version}, which is not known here`
  } catch (error) {
    return `is not JSON: ${jsonFault(error)}`
  }
}

/** Managed, and still there after the apply. A deposed object is what is left of a replaced one. */
function isKept(change: JsonRecord): boolean {
  const actions = listAt(change, 'change', 'actions')
  const isGone = actions.every(action => action === 'delete' || action === 'forget')
  return (
    at(change, 'mode') === 'managed' &&
    at(change, 'deposed') === undefined &&
    !(actions.length > 0 && isGone)
  )
}

function toResource(change: JsonRecord, reading: Reading): Resource {
  const { tables, configuration, file } = reading
  const type = textAt(change, 'type') ?? ''
  const address = textAt(change, 'address') ?? `${type}.${textAt(change, 'name')}`
  const refs = configuration.refs(change)
  const plain = valuesOf(change, address, refs, reading)
  const { attributes, partial } = normalise(tables, type, plain)
  const secret = at(change, 'change', 'after_sensitive')
  const span = reading.spanOf(address)
  const expressions = configuration.expressions(change)
  const region = regionOf(plain.region, configuration.region(change))
  return {
    type,
    id: address,
    name: nameOf(tables, type, attributes) ?? textAt(change, 'name') ?? address,
    account: null,
    region,
    attributes,
    partial,
    refs,
    origin: {
      source: 'plan',
      address,
      root: file.root,
      span,
      locate: ([name]) => (isWritten(String(name), plain, expressions) ? span : null),
      declared: { values: plain, locate: () => null },
      sensitive: path => isMarked(secret, sourcePath(tables, type, plain, path)),
    },
  }
}

function valuesOf(
  change: JsonRecord,
  address: string,
  refs: Readonly<Record<string, readonly string[]>>,
  { configuration, tables, documentOf }: Reading,
): Attributes {
  const expressions = configuration.expressions(change)
  const table = tables.types.get(textAt(change, 'type') ?? '')
  const after = recordAt(change, 'change', 'after')
  const unknown = recordAt(change, 'change', 'after_unknown')
  const values: { [name: string]: Attributes[string] } = Object.create(null)
  for (const name of new Set([...Object.keys(after), ...Object.keys(unknown)])) {
    const written = expressions === null ? null : [at(expressions, name) ?? []].flat()
    values[name] = withUnknown(at(after, name), at(unknown, name), {
      where: `${address}.${name}`,
      from: refs[name] ?? [],
      written,
      field: table?.plan('code').byName.get(name),
    })
    const document = at(unknown, name) === true ? documentOf(change, at(expressions, name)) : null
    if (document !== null)
      values[name] = new Absent('unresolved', `${address}.${name} is known after apply`, {
        from: refs[name] ?? [],
        json: document,
      })
  }
  for (const name of table?.statement.hashed ?? [])
    values[name] = unhashed(values[name], at(expressions, name, 'constant_value'), name)
  // The provider has merged its default tags there.
  if (isFields(values.tags_all)) values.tags = values.tags_all
  return values
}

/** The text itself, where the configuration has it. */
function unhashed(value: Plain, constant: Json | undefined, name: string): Plain {
  if (typeof value !== 'string' || !/^[0-9a-f]{40}$/.test(value)) return value
  if (typeof constant === 'string') return constant
  return new Absent('unresolved', `of ${name} the plan has the hash only`)
}

/** By the configuration, which does not mention dynamic blocks, or by having a value where there is none. */
function isWritten(name: string, plain: Attributes, expressions: JsonRecord | null): boolean {
  const value = plain[name]
  if (expressions === null) return value !== null && value !== undefined
  return at(expressions, name) !== undefined || (Array.isArray(value) && value.length > 0)
}

/** Where an address first stands in the file. */
function spansIn({ name, text }: PlanFile): (address: string) => Span {
  const offsets = new Map<string, number>()
  for (const match of text.matchAll(/"address"\s*:\s*("(?:[^"\\]|\\.)*")/g)) {
    const [, quoted = '""'] = match
    if (!offsets.has(quoted)) offsets.set(quoted, match.index)
  }
  const lines = linesOf(text)
  return address => {
    const { line, column } = lines.at(offsets.get(JSON.stringify(address)) ?? 0)
    return { file: name, startLine: line, startColumn: column, endLine: line, endColumn: column }
  }
}
