import type { Attributes, Path, Plain } from '../resource.ts'
import { type Writing, writtenIn } from './fold.ts'
import type { Tables, TypeTable } from './load.ts'
import { child } from './plain.ts'
import type { Field } from './plan.ts'
import type { Schema } from './statement.ts'

export type Kind = 'boolean' | 'array' | 'object' | 'policy' | 'text'

/** The questions that the engine asks, answered from the loaded tables. */
export function knowledgeOf(tables: Tables): {
  kindOf(type: string, path: Path): Kind | undefined
  isSecret(type: string, path: Path): boolean
  pieceOf(type: string, path: string, value: Plain): PieceOf | null
} {
  return {
    pieceOf: (type, path, value) => pieceOf(tables, type, path, value),
    kindOf: (type, path) => kindOf(tables, type, path),
    isSecret: (type, path) => isSecret(tables, type, path),
  }
}

/** How a resource of its own says what stands at a dotted path of another. */
export interface PieceOf extends Writing {
  readonly type: string
  /** The attribute that names the other, and by which of its attributes. */
  readonly link: string
  readonly by: string
}

function pieceOf(tables: Tables, type: string, dotted: string, value: Plain): PieceOf | null {
  const [slot, ...path] = dotted.split('.')
  for (const fold of tables.folds) {
    if (fold.parent !== type || fold.into !== slot || fold.link.includes('.')) continue
    const writing = writtenIn(fold, path, value)
    if (writing !== null)
      return { ...writing, type: fold.child, link: fold.link, by: fold.by?.[0] ?? 'id' }
  }
  return null
}

/**
 * What stands at a path: `policy` is a policy document; the others only where a value always stands, so that an
 * unknown one is a boolean, an array or an object for sure; `text` is what checks read by its literal parts.
 */
export function kindOf(tables: Tables, type: string, path: Path): Kind | undefined {
  const found = locate(tables.types.get(type), path)
  if (found === undefined) return undefined
  const { field, rest } = found
  if (field.shape.kind === 'value' && field.shape.of === 'p')
    return rest.length === 0 ? 'policy' : policyKind(rest)
  if (rest.length > 1) return undefined
  if (field.shape.kind === 'block') {
    if (rest.length === 1) return field.shape.many ? 'object' : undefined
    return field.always ? (field.shape.many ? 'array' : 'object') : undefined
  }
  const isText = tables.types.get(type)?.statement.texts?.includes(field.path) ?? false
  if (rest.length === 1) return isText ? 'text' : undefined
  if (isText && field.shape.wrap === '') return 'text'
  if (/^[[<]/.test(field.shape.wrap)) return field.always ? 'array' : undefined
  return field.shape.of === 'b' && field.shape.wrap === '' && field.always ? 'boolean' : undefined
}

/** The known attribute that names the resource; `tags.Name` only where the source asks for it. */
export function nameOf(
  tables: Tables,
  type: string,
  attributes: Attributes,
  more: { readonly tags?: boolean } = {},
): string | undefined {
  const table = tables.types.get(type)
  for (const path of table === undefined ? ['name'] : namesOf(table)) {
    if (path.startsWith('tags.') && more.tags !== true) continue
    let value: Plain = attributes
    for (const step of path.split('.')) value = child(value, step)
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** The attributes that may name a resource of the type, best first. */
export function namesOf(table: TypeTable): readonly string[] {
  return table.statement.name ?? ('name' in table.schema ? ['name'] : [])
}

/** Dotted paths, without indexes, whose values no report may show. */
export function secretPaths(tables: Tables, type: string): readonly string[] {
  const table = tables.types.get(type)
  if (table === undefined) return []
  return [...new Set([...(table.statement.secrets ?? []), ...secretNames(table.schema, '')])].sort()
}

/** Whether a value is secret by what the vocabulary says of it, or else by its name. */
export function isSecret(tables: Tables, type: string, path: Path): boolean {
  const names = path.filter(step => typeof step === 'string')
  const stated = tables.types.get(type)?.statement.secrets ?? []
  return names.some(
    (name, at) => soundsSecret(name) || stated.includes(names.slice(0, at + 1).join('.')),
  )
}

export function taggable(tables: Tables, type: string): boolean {
  return tables.types.get(type)?.schema.tags !== undefined
}

function locate(
  table: TypeTable | undefined,
  path: Path,
): { field: Field; rest: Path } | undefined {
  let plan = table?.plan('code')
  let found: { field: Field; rest: Path } | undefined
  for (const [at, step] of path.entries()) {
    if (typeof step === 'number') continue
    const field = plan?.byName.get(step)
    if (field === undefined) return found
    found = { field, rest: path.slice(at + 1) }
    plan = field.shape.kind === 'block' && !field.shape.map ? field.shape.plan : undefined
  }
  return found
}

const policyLists = new Set([
  'Statement',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
  'values',
])

/** The shape of `policy-document.ts`. */
function policyKind(path: Path): Kind | undefined {
  const last = path.at(-1)
  if (typeof last === 'string') return policyLists.has(last) ? 'array' : undefined
  const owner = path.at(-2)
  return owner === 'Statement' || owner === 'Condition' ? 'object' : undefined
}

function secretNames(schema: Schema, prefix: string): string[] {
  return Object.entries(schema).flatMap(([name, entry]) => {
    if (typeof entry !== 'string') return secretNames(entry, `${prefix}${name}.`)
    const isText = entry.split(':')[0]?.endsWith('s') === true
    return isText && soundsSecret(name) ? [`${prefix}${name}`] : []
  })
}

function soundsSecret(name: string): boolean {
  return secretWords.test(name) && !aboutSecret.test(name)
}

const secretWords =
  /passw(or)?d|secret|private_?key|user_?data|(^|_)token$|auth_token|credential|preshared|api_?key|connection_string/i
/** Names that tell of a secret without holding it. */
const aboutSecret =
  /(_arns?|_ids?|_version|_length|_names?|_enabled|_type|_policy|_reset_required|_last_used|_replace_on_change|^iam_database_.*|_age|_prevention|_status|_storage)$|^master_user_secret$|^(allow|manage|require|get)_|^aws_|^password_policy$/i
