import { Absent, type Plain } from '../../resource.ts'
import { at, isList, type Json, type JsonRecord, listAt, recordAt, textAt } from './json.ts'
import { fields } from './plain.ts'

/**
 * A policy document that is made while the plan is applied, as far as the plan knows it: its text is unknown as soon
 * as one ARN in it is, and its statements stand among the planned data sources. Null where the argument is made of
 * anything else.
 */
export type PlannedDocument = (change: JsonRecord, expression: Json | undefined) => Plain | null

export function plannedDocuments(changes: readonly JsonRecord[]): PlannedDocument {
  const made = changes.filter(
    change => at(change, 'mode') === 'data' && at(change, 'type') === 'aws_iam_policy_document',
  )
  return (change, expression) => {
    const name = documentIn(listAt(expression, 'references'))
    if (name === null) return null
    const module = textAt(change, 'module_address')
    const named = made.filter(
      each => textAt(each, 'module_address') === module && textAt(each, 'name') === name,
    )
    const sameKey = named.filter(each => at(each, 'index') === at(change, 'index'))
    const [document, other] = named.length > 1 ? sameKey : named
    return document === undefined || other !== undefined ? null : documentOf(document)
  }
}

/** The one document that the references lead to, and nothing else. */
function documentIn(references: readonly Json[]): string | null {
  const names = new Set<string>()
  for (const reference of references) {
    if (reference === 'each.key' || reference === 'each.value' || reference === 'count.index')
      continue
    const [, name] =
      /^data\.aws_iam_policy_document\.([\w-]+)(?:\[[^\]]*\])?(?:\.(?:minified_)?json)?$/.exec(
        String(reference),
      ) ?? []
    if (name === undefined) return null
    names.add(name)
  }
  const [name, other] = names
  return name === undefined || other !== undefined ? null : name
}

function documentOf(change: JsonRecord): Plain {
  const address = textAt(change, 'address') ?? 'data.aws_iam_policy_document'
  const after = recordAt(change, 'change', 'after')
  const unknown = recordAt(change, 'change', 'after_unknown')
  const own = pairs(at(after, 'statement'), at(unknown, 'statement')).map((each, index) =>
    statementOf(each, `${address}.statement[${index}]`),
  )
  const given = [
    'source_json',
    'source_policy_documents',
    'override_json',
    'override_policy_documents',
  ]
    .filter(name => (at(after, name) ?? null) !== null || at(unknown, name) !== undefined)
    .map(
      name => new Absent('unresolved', `${address}.${name} is not read in a plan`, { many: true }),
    )
  return fields([
    ['Version', textAt(after, 'version') ?? '2012-10-17'],
    ['Statement', [...own, ...given]],
  ])
}

/** A value with what of it is unknown. */
type Pair = readonly [known: Json | undefined, unknown: Json | undefined]

function pairs(known: Json | undefined, unknown: Json | undefined): readonly Pair[] {
  const [values, holes] = [isList(known) ? known : [], isList(unknown) ? unknown : []]
  return Array.from({ length: Math.max(values.length, holes.length) }, (_, index) => [
    values[index],
    holes[index],
  ])
}

/** `where` tells one unknown text from another: equal reasons would be equal texts. */
function statementOf([known, unknown]: Pair, where: string): Plain {
  const many = (name: string) => textsOf([at(known, name), at(unknown, name)], `${where}.${name}`)
  const blocks = (name: string) => pairs(at(known, name), at(unknown, name))
  return fields([
    ['Sid', textAt(known, 'sid')],
    [
      'Effect',
      at(unknown, 'effect') === true
        ? text(`${where}.effect`)
        : (textAt(known, 'effect') ?? 'Allow'),
    ],
    ['Action', many('actions')],
    ['NotAction', many('not_actions')],
    ['Resource', many('resources')],
    ['NotResource', many('not_resources')],
    ['Principal', principals(blocks('principals'), `${where}.principals`)],
    ['NotPrincipal', principals(blocks('not_principals'), `${where}.not_principals`)],
    ['Condition', conditions(blocks('condition'), `${where}.condition`)],
  ])
}

function principals(blocks: readonly Pair[], where: string): Plain {
  if (blocks.length === 0) return undefined
  if (blocks.some(([known]) => textAt(known, 'type') === undefined)) return nothing(where)
  if (blocks.some(([known]) => textAt(known, 'type') === '*')) return '*'
  const byType = new Map<string, Plain[]>()
  for (const [index, [known, unknown]] of blocks.entries()) {
    const type = textAt(known, 'type') ?? ''
    const texts = textsOf(
      [at(known, 'identifiers'), at(unknown, 'identifiers')],
      `${where}[${index}]`,
    )
    byType.set(type, [...(byType.get(type) ?? []), ...(texts ?? [])])
  }
  return fields(byType)
}

function conditions(blocks: readonly Pair[], where: string): Plain {
  if (blocks.length === 0) return undefined
  return blocks.map(([known, unknown], index): Plain => {
    const operator = textAt(known, 'test')
    const key = textAt(known, 'variable')?.toLowerCase()
    if (operator === undefined || key === undefined) return nothing(where)
    const texts: Pair = [at(known, 'values'), at(unknown, 'values')]
    const values = textsOf(texts, `${where}[${index}]`) ?? []
    return fields([
      ['operator', operator],
      ['key', key],
      ['values', values],
    ])
  })
}

function textsOf([known, unknown]: Pair, where: string): readonly Plain[] | undefined {
  if (unknown === true) return [nothing(where)]
  if (!isList(known) && !isList(unknown)) return undefined
  return pairs(known, unknown).map(([each, hole], index) =>
    hole === true || typeof each !== 'string'
      ? text(`${where}[${index}]`)
      : each.replaceAll('&{', '${'),
  )
}

/** One text of which nothing is known. */
function text(where: string): Absent {
  return new Absent('unresolved', `${where} is known after apply`, { parts: [null] })
}

function nothing(where: string): Absent {
  return new Absent('unresolved', `${where} is known after apply`, { many: true })
}
