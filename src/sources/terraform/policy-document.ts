import {
  deepMarks,
  isEntries,
  isItems,
  isUnknown,
  mark,
  object,
  string,
  tuple,
  Unknown,
  unknown,
  type Value,
} from '../../lang/hcl/index.ts'
import type { EvaluatedBlock, EvaluatedBody } from '../../lang/hcl/module/body.ts'
import type { DataEvaluator } from '../../lang/hcl/module/data-source.ts'
import { documentText, firstHole, holedDocument, parsedDocument } from './policy-json.ts'

/** `aws_iam_policy_document`: its blocks as the policy that they make. What is unknown stays a hole in it. */
export const policyDocument: DataEvaluator = ({ body }) => {
  const statements = mergedStatements([
    ...given(body, 'source_json', 'source_policy_documents'),
    own(body),
    ...given(body, 'override_json', 'override_policy_documents'),
  ])
  const id = written(body, 'policy_id')
  const version = written(body, 'version') ?? string('2012-10-17')
  const document = object([
    ['Version', version] as const,
    ...(id === undefined ? [] : [['Id', id] as const]),
    ['Statement', tuple(statements)] as const,
  ])
  return new Map([
    ['json', text(document, 2)],
    ['minified_json', text(document, 0)],
  ])
}

function text(document: Value, indent: number): Value {
  const marks = deepMarks(document)
  const hole = firstHole(document)
  const value =
    hole === undefined
      ? string(documentText(document, indent))
      : unknown('string', new Unknown(hole.reason, { json: document }))
  return marks === undefined ? value : { ...value, marks }
}

/** Later statements replace earlier ones of the same non-empty Sid; all others are added. */
function mergedStatements(documents: readonly (readonly Value[])[]): readonly Value[] {
  const statements: Value[] = []
  const places = new Map<string, number>()
  for (const statement of documents.flat()) {
    const sid = sidOf(statement)
    const place = typeof sid === 'string' && sid !== '' ? places.get(sid) : undefined
    if (place !== undefined) {
      // One that may not be there replaces nothing for certain.
      statements[place] = isUnknown(statement) ? unknown('dynamic', statement.v.reason) : statement
      continue
    }
    if (typeof sid === 'string' && sid !== '') places.set(sid, statements.length)
    statements.push(statement)
  }
  return statements
}

function sidOf(statement: Value): Value['v'] | undefined {
  const { v } = isUnknown(statement) ? (statement.v.as ?? statement) : statement
  return isEntries(v) ? v.get('Sid')?.v : undefined
}

/** The statements of documents that are handed in as JSON text. */
function given(body: EvaluatedBody, one: string, many: string): readonly (readonly Value[])[] {
  const single = written(body, one)
  const list = written(body, many)
  const documents = [
    ...(single === undefined ? [] : [single]),
    ...(list === undefined ? [] : listed(list)),
  ]
  return documents.map(statementsOf)
}

/** The elements, those of an unknown list too that are known to be in it. */
function listed(value: Value): readonly Value[] {
  if (isItems(value.v)) return value.v
  const items = isUnknown(value) ? value.v.items : undefined
  return items?.map(item => mark(item, value.marks)) ?? [value]
}

function statementsOf(document: Value): readonly Value[] {
  if (document.v === null || document.v === '') return []
  const parsed = isUnknown(document) ? holedDocument(document.v) : parsedDocument(document)
  if (parsed === undefined) {
    const reason = isUnknown(document) ? document.v : 'a source document is not JSON'
    return [unknown('dynamic', reason, document.marks)]
  }
  const statements = isEntries(parsed.v) ? parsed.v.get('Statement') : undefined
  if (statements === undefined) return []
  const items = isItems(statements.v) ? statements.v : [statements]
  return items.map(item => mark(item, document.marks))
}

function own(body: EvaluatedBody): readonly Value[] {
  return blocksOf(body, 'statement').map(block =>
    block.unknown === undefined
      ? statement(block.body)
      : unknown('dynamic', new Unknown(block.unknown.reason, { as: statement(block.body) })),
  )
}

function statement(body: EvaluatedBody): Value {
  const entries: (readonly [string, Value | undefined])[] = [
    ['Sid', written(body, 'sid')],
    ['Effect', written(body, 'effect') ?? string('Allow')],
    ['Action', sorted(written(body, 'actions'))],
    ['NotAction', sorted(written(body, 'not_actions'))],
    ['Resource', sorted(written(body, 'resources'))],
    ['NotResource', sorted(written(body, 'not_resources'))],
    ['Principal', principals(blocksOf(body, 'principals'))],
    ['NotPrincipal', principals(blocksOf(body, 'not_principals'))],
    ['Condition', conditions(blocksOf(body, 'condition'))],
  ]
  return object(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}

/** A set of texts as a policy has it: one alone stands without a list. */
function sorted(value: Value | undefined): Value | undefined {
  if (value === undefined) return value
  const known = new Map<string, Value>()
  const open: Value[] = []
  const isWhole = isItems(value.v)
  for (const item of listed(value)) {
    if (typeof item.v === 'string') known.set(item.v, policyText(item))
    else open.push(isWhole ? oneText(item) : item)
  }
  const items = [...[...known.keys()].sort().flatMap(key => known.get(key) ?? []), ...open]
  return oneOrMany(items)
}

/** An element of a list of texts is one text, though nothing of it may be known. */
function oneText(item: Value): Value {
  if (!isUnknown(item)) return item
  const { parts, json, notNull, reason } = item.v
  if (parts !== undefined || json !== undefined || notNull) return item
  return unknown('string', new Unknown(reason, { parts: [new Unknown(reason)] }), item.marks)
}

function oneOrMany(items: readonly Value[]): Value | undefined {
  return items.length === 1 ? items[0] : items.length === 0 ? undefined : tuple(items)
}

/** `&{aws:username}` is how a document spells `${aws:username}`, which Terraform would take for its own. */
function policyText(value: Value): Value {
  if (typeof value.v !== 'string') return value
  return value.v.includes('&{') ? { ...value, v: value.v.replaceAll('&{', '${') } : value
}

function principals(blocks: readonly EvaluatedBlock[]): Value | undefined {
  const byType = new Map<string, Value[]>()
  for (const block of blocks) {
    if (block.unknown !== undefined) return unknown('dynamic', block.unknown)
    const type = written(block.body, 'type')
    const identifiers = written(block.body, 'identifiers')
    if (type === undefined || identifiers === undefined) continue
    if (typeof type.v !== 'string') return type
    byType.set(type.v, [...(byType.get(type.v) ?? []), ...listed(identifiers)])
  }
  if (byType.size === 0) return undefined
  if (byType.has('*')) return string('*')
  return object(
    [...byType].flatMap(([type, items]) => {
      const value = sorted(tuple(items))
      return value === undefined ? [] : [[type, value] as const]
    }),
  )
}

function conditions(blocks: readonly EvaluatedBlock[]): Value | undefined {
  const tests = new Map<string, Map<string, Value[]>>()
  for (const block of blocks) {
    if (block.unknown !== undefined) return unknown('dynamic', block.unknown)
    const test = written(block.body, 'test')
    const variable = written(block.body, 'variable')
    const values = written(block.body, 'values')
    if (test === undefined || variable === undefined || values === undefined) continue
    if (typeof test.v !== 'string') return test
    if (typeof variable.v !== 'string') return variable
    const variables = tests.get(test.v) ?? new Map<string, Value[]>()
    tests.set(test.v, variables)
    const items = listed(values).map(policyText)
    variables.set(variable.v, [...(variables.get(variable.v) ?? []), ...items])
  }
  if (tests.size === 0) return undefined
  return object(
    [...tests].map(
      ([test, variables]) =>
        [
          test,
          object(
            [...variables].map(([name, values]) => [name, oneOrMany(values) ?? tuple([])] as const),
          ),
        ] as const,
    ),
  )
}

function blocksOf(body: EvaluatedBody, type: string): readonly EvaluatedBlock[] {
  return body.blocks().filter(block => block.type === type)
}

/** An argument that is left out or null is undefined. */
function written(body: EvaluatedBody, name: string): Value | undefined {
  const value = body.attributes.get(name)?.value()
  return value?.v === null ? undefined : value
}
