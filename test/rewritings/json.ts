import type { Attribute, Block, Body, Expr, TemplatePart } from '../../src/lang/hcl/ast.ts'
import { bodyOf, type Rewriting, sourceOf } from './edit.ts'

/** Terraform's JSON syntax. */
export const jsonSyntax: Rewriting = text => ({
  'main.tf.json': JSON.stringify(bodyJson(text, bodyOf(text)), null, 2),
})

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

function bodyJson(text: string, body: Body): Json {
  const blocks = body.blocks.map(block => ({ [block.type]: [blockJson(text, block)] }))
  const attributes = [...body.attributes.values()].map(each => ({
    [each.name]: attributeJson(text, each),
  }))
  return [...attributes, ...blocks].reduce<{ [name: string]: Json }>((all, one) => {
    for (const [name, value] of Object.entries(one)) {
      const known = all[name]
      all[name] = Array.isArray(known) && Array.isArray(value) ? [...known, ...value] : value
    }
    return all
  }, {})
}

function blockJson(text: string, { labels, body, type }: Block): Json {
  const inner =
    type === 'variable' || type === 'lifecycle' ? plainBody(text, body) : bodyJson(text, body)
  return labels.reduceRight<Json>((value, label) => ({ [label]: value }), inner)
}

/** Arguments that are taken as they are written. */
function plainBody(text: string, body: Body): Json {
  return Object.fromEntries(
    [...body.attributes.values()].map(({ name, expr }) => [
      name,
      name === 'type' ? sourceOf(text, expr.range) : exprJson(text, expr),
    ]),
  )
}

function attributeJson(text: string, { name, expr }: Attribute): Json {
  if (name === 'depends_on' && expr.kind === 'tuple')
    return expr.items.map(item => sourceOf(text, item.range))
  return name === 'provider' ? sourceOf(text, expr.range) : exprJson(text, expr)
}

function exprJson(text: string, expr: Expr): Json {
  switch (expr.kind) {
    case 'literal':
      return typeof expr.value === 'string' ? escaped(expr.value) : expr.value
    case 'template':
      return expr.parts.map(part => partJson(text, part)).join('')
    case 'tuple':
      return expr.items.map(item => exprJson(text, item))
    case 'object':
      return Object.fromEntries(
        expr.items.map(({ key, value }) => [keyJson(text, key), exprJson(text, value)]),
      )
    default:
      return `\${${sourceOf(text, expr.range)}}`
  }
}

function keyJson(text: string, key: Expr): string {
  return key.kind === 'variable' ? key.name : String(exprJson(text, key))
}

function partJson(text: string, part: TemplatePart): string {
  if (part.kind === 'text') return escaped(part.text)
  return part.kind === 'expr'
    ? `\${${sourceOf(text, part.expr.range)}}`
    : sourceOf(text, part.range)
}

function escaped(text: string): string {
  return text.replaceAll('${', '$${').replaceAll('%{', '%%{')
}
