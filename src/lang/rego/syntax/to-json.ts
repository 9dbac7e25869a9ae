import type { Json } from '../value/json.ts'
import { toJson } from '../value/json.ts'
import type { Body, Expr, Head, Literal, Module, Rule, Term } from './ast.ts'

/** A module in the form in which OPA writes its syntax trees. */
export function moduleJson(module: Module): Json {
  const path = ['data', ...module.package.path]
  return {
    package: { path: names(path) },
    ...(module.imports.length === 0
      ? {}
      : {
          imports: module.imports.map(({ path: target, alias }) => ({
            path: { type: 'ref', value: names(target) },
            ...(alias === undefined ? {} : { alias }),
          })),
        }),
    ...(module.rules.length === 0 ? {} : { rules: module.rules.map(ruleJson) }),
    ...(module.comments.length === 0
      ? {}
      : {
          comments: module.comments.map(({ text, loc }) => ({
            Text: Buffer.from(text, 'utf8').toString('base64'),
            Location: { file: loc.file, row: loc.row, col: loc.col },
          })),
        }),
  }
}

function names(path: readonly string[]): readonly Json[] {
  return path.map((value, i) => ({ type: i === 0 ? 'var' : 'string', value }))
}

function ruleJson(rule: Rule): Json {
  return {
    ...(rule.isDefault ? { default: true } : {}),
    head: headJson(rule.head),
    body: bodyJson(rule.body),
    ...(rule.otherwise === undefined ? {} : { else: ruleJson(rule.otherwise) }),
  }
}

function headJson(head: Head): Json {
  const [first] = head.ref
  return {
    ...(first?.kind === 'var' ? { name: first.name } : {}),
    ...(head.args === undefined ? {} : { args: head.args.map(termJson) }),
    ...(head.key === undefined ? {} : { key: termJson(head.key) }),
    ...(head.value === undefined ? {} : { value: termJson(head.value) }),
    ...(head.assign ? { assign: true } : {}),
    ref: head.ref.map(termJson),
  }
}

function bodyJson(body: Body): Json {
  return body.map((literal, index) => literalJson(literal, index))
}

function literalJson(literal: Literal, index: number): Json {
  return {
    index,
    ...(literal.negated ? { negated: true } : {}),
    terms: exprJson(literal.expr),
    ...(literal.with.length === 0
      ? {}
      : {
          with: literal.with.map(({ target, value }) => ({
            target: termJson(target),
            value: termJson(value),
          })),
        }),
  }
}

function exprJson(expr: Expr): Json {
  switch (expr.kind) {
    case 'term':
      return termJson(expr.term)
    case 'call':
      return [expr.operator, ...expr.args].map(termJson)
    case 'some':
      return { symbols: expr.names.map(termJson) }
    case 'some-in': {
      const { key, value, domain } = expr
      const operator = key === undefined ? 'member_2' : 'member_3'
      const args = key === undefined ? [value, domain] : [key, value, domain]
      const call = [{ type: 'ref', value: names(['internal', operator]) }, ...args.map(termJson)]
      return { symbols: [{ type: 'call', value: call }] }
    }
    case 'every':
      return {
        key: expr.key === undefined ? null : termJson(expr.key),
        value: termJson(expr.value),
        domain: termJson(expr.domain),
        body: bodyJson(expr.body),
      }
    case 'body':
      return bodyJson(expr.body)
  }
}

function termJson(term: Term): Json {
  switch (term.kind) {
    case 'scalar': {
      const { value } = term
      const type = value === null ? 'null' : typeof value === 'object' ? 'number' : typeof value
      return { type, value: toJson(value) }
    }
    case 'var':
      return { type: 'var', value: term.name }
    case 'ref':
      return { type: 'ref', value: term.path.map(termJson) }
    case 'call':
      return { type: 'call', value: [term.operator, ...term.args].map(termJson) }
    case 'array':
    case 'set':
      return { type: term.kind, value: term.items.map(termJson) }
    case 'object':
      return {
        type: 'object',
        value: term.entries.map(([key, value]) => [termJson(key), termJson(value)]),
      }
    case 'comprehension':
      return {
        type: `${term.shape}comprehension`,
        value: {
          ...(term.key === undefined
            ? { term: termJson(term.head) }
            : { key: termJson(term.key), value: termJson(term.head) }),
          body: bodyJson(term.body),
        },
      }
    case 'template':
      return {
        type: 'templatestring',
        value: {
          parts: term.parts.map((part, i) =>
            typeof part === 'string' ? { type: 'string', value: part } : literalJson(part, i),
          ),
          multi_line: term.multiline,
        },
      }
  }
}
