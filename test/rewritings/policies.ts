import type { Expr, TemplatePart } from '../../src/lang/hcl/ast.ts'
import {
  bodyOf,
  type Edit,
  edited,
  movable,
  type Rewriting,
  resourceBlocks,
  sourceOf,
} from './edit.ts'

/** Every `jsonencode({ … })` is the JSON itself, in a heredoc. */
export const heredocs: Rewriting = text => {
  const edits = encoded(text).map(
    ({ whole, value }): Edit => ({
      ...whole.range,
      text: `<<POLICY\n${jsonText(text, value)}\nPOLICY`,
    }),
  )
  return edits.length === 0 ? null : { 'main.tf': edited(text, edits) }
}

/** Every policy is a data source. */
export const documents: Rewriting = text => {
  const made = encoded(text).flatMap(({ whole, value }, at) => {
    const body = documentOf(text, value)
    if (body === null) return []
    const name = `policy_${at}`
    return [
      {
        edit: { ...whole.range, text: `data.aws_iam_policy_document.${name}.json` },
        block: `data "aws_iam_policy_document" "${name}" {\n${body}}\n`,
      },
    ]
  })
  if (made.length === 0) return null
  const main = edited(
    text,
    made.map(({ edit }) => edit),
  )
  return { 'main.tf': `${main}\n${made.map(({ block }) => block).join('')}` }
}

function encoded(text: string): readonly { readonly whole: Expr; readonly value: Expr }[] {
  return resourceBlocks(bodyOf(text))
    .flatMap(movable)
    .flatMap(({ expr }) => {
      const value = expr.kind === 'call' && expr.name === 'jsonencode' ? expr.args[0] : undefined
      return value?.kind === 'object' ? [{ whole: expr, value }] : []
    })
}

function jsonText(text: string, expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return typeof expr.value === 'string' ? quoted(expr.value) : String(expr.value)
    case 'template':
      return `"${expr.parts.map(part => partText(text, part)).join('')}"`
    case 'tuple':
      return `[${expr.items.map(item => jsonText(text, item)).join(', ')}]`
    case 'object':
      return `{${expr.items
        .map(({ key, value }) => `${quoted(keyOf(key) ?? '')}: ${jsonText(text, value)}`)
        .join(', ')}}`
    case 'attr':
      return `"\${${sourceOf(text, expr.range)}}"`
    default:
      return `\${jsonencode(${sourceOf(text, expr.range)})}`
  }
}

function partText(text: string, part: TemplatePart): string {
  if (part.kind === 'text') return quoted(part.text).slice(1, -1)
  return part.kind === 'expr' ? `\${${sourceOf(text, part.expr.range)}}` : ''
}

/** JSON within a template. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{')
}

function keyOf(key: Expr): string | null {
  if (key.kind === 'variable') return key.name
  if (key.kind === 'literal') return String(key.value)
  if (key.kind !== 'template') return null
  return key.parts.map(part => (part.kind === 'text' ? part.text : '')).join('')
}

/** The body of the data source; null for what it cannot say. */
function documentOf(text: string, document: Expr): string | null {
  const all = fieldsOf(document)
  const given = all?.get('Statement')
  if (!all || !given) return null
  const statements = (given.kind === 'tuple' ? given.items : [given]).map(each =>
    statementOf(text, each),
  )
  return statements.some(each => each === null) ? null : statements.join('')
}

function statementOf(text: string, statement: Expr): string | null {
  const fields = fieldsOf(statement)
  if (!fields?.has('Effect')) return null
  const lines: string[] = []
  for (const [name, value] of fields) {
    const single = { Sid: 'sid', Effect: 'effect' }[name]
    const many = lists[name]
    const blocks = name.endsWith('Principal') ? principals(text, name, value) : null
    if (single) lines.push(`${single} = ${sourceOf(text, value.range)}`)
    else if (many) lines.push(`${many} = ${list(text, value)}`)
    else if (blocks) lines.push(...blocks)
    else if (name === 'Condition') lines.push(...conditions(text, value))
    else return null
  }
  return `statement {\n${lines.join('\n')}\n}\n`
}

const lists: Readonly<Record<string, string>> = {
  Action: 'actions',
  NotAction: 'not_actions',
  Resource: 'resources',
  NotResource: 'not_resources',
}

function principals(text: string, name: string, value: Expr): readonly string[] {
  const block = name === 'Principal' ? 'principals' : 'not_principals'
  const kinds = fieldsOf(value) ?? new Map([['*', value]])
  return [...kinds].map(
    ([kind, who]) => `${block} {\ntype = "${kind}"\nidentifiers = ${list(text, who)}\n}`,
  )
}

function conditions(text: string, value: Expr): readonly string[] {
  return [...(fieldsOf(value) ?? [])].flatMap(([test, keys]) =>
    [...(fieldsOf(keys) ?? [])].map(
      ([key, values]) =>
        `condition {\ntest = "${test}"\nvariable = "${key}"\nvalues = ${list(text, values)}\n}`,
    ),
  )
}

function list(text: string, value: Expr): string {
  const source = sourceOf(text, value.range)
  return value.kind === 'tuple' ? source : `[${source}]`
}

function fieldsOf(expr: Expr): ReadonlyMap<string, Expr> | null {
  if (expr.kind !== 'object') return null
  const entries = expr.items.map(({ key, value }) => [keyOf(key) ?? '', value] as const)
  return new Map(entries)
}
