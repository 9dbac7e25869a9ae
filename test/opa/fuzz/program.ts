import { calls } from './builtins.ts'
import { type Kind, literals, references } from './documents.ts'
import type { Random } from './random.ts'

const kinds = ['number', 'string', 'boolean', 'numbers', 'strings', 'object', 'set', 'any'] as const
const collections = ['numbers', 'strings', 'set', 'object'] as const
const elements = { numbers: 'number', strings: 'string', set: 'number', object: 'number' } as const

/** What can be named where a term stands. */
interface Scope {
  readonly random: Random
  readonly variables: readonly Named[]
  readonly rules: readonly Named[]
  readonly functions: readonly (Named & { readonly args: readonly Kind[] })[]
  /** Shared by all scopes of a program. */
  readonly names: { next: number }
}

interface Named {
  readonly name: string
  readonly kind: Kind
}

/** A module of some rules that use one another: what is defined later uses what was before. */
export function program(random: Random, name: string): string {
  let scope: Scope = { random, variables: [], rules: [], functions: [], names: { next: 0 } }
  const texts: string[] = []
  const count = 2 + random.below(5)
  for (let i = 0; i < count; i++) {
    const made = ruleShapes[random.below(ruleShapes.length)]?.(scope, `r${i}`)
    if (made === undefined) continue
    texts.push(made.text)
    scope = {
      ...scope,
      rules: [...scope.rules, ...(made.rules ?? [])],
      functions: [...scope.functions, ...(made.functions ?? [])],
    }
  }
  return `package fuzz.${name}\n\n${texts.join('\n\n')}\n`
}

interface Made {
  readonly text: string
  readonly rules?: readonly Named[]
  readonly functions?: Scope['functions']
}

const ruleShapes: readonly ((scope: Scope, name: string) => Made)[] = [
  complete,
  complete,
  withElse,
  partialSet,
  partialSet,
  partialObject,
  nestedHead,
  aFunction,
  aFunction,
  constant,
  overlapping,
]

function constant(scope: Scope, name: string): Made {
  const kind = scope.random.pick(kinds)
  return { text: `${name} := ${term(scope, kind, 3)}`, rules: [{ name, kind }] }
}

function complete(scope: Scope, name: string): Made {
  const kind = scope.random.pick(kinds)
  const { lines, inner } = body(scope, 1 + scope.random.below(4))
  const fallback = scope.random.once(3)
    ? `default ${name} := ${kind === 'any' ? 'null' : literal(scope, kind)}\n\n`
    : ''
  return {
    text: `${fallback}${name} := ${term(inner, kind, 1)} if {\n${indent(lines)}\n}`,
    rules: [{ name, kind }],
  }
}

function withElse(scope: Scope, name: string): Made {
  const kind = scope.random.pick(kinds)
  const parts = Array.from({ length: 2 + scope.random.below(2) }, () => {
    const { lines, inner } = body(scope, 1 + scope.random.below(2))
    return `:= ${term(inner, kind, 1)} if {\n${indent(lines)}\n}`
  })
  return { text: `${name} ${parts.join(' else ')}`, rules: [{ name, kind }] }
}

function overlapping(scope: Scope, name: string): Made {
  const kind = scope.random.pick(['number', 'boolean', 'string'])
  const rules = Array.from({ length: 2 }, () => {
    const { lines } = body(scope, 1 + scope.random.below(2))
    return `${name} := ${literal(scope, kind)} if {\n${indent(lines)}\n}`
  })
  return { text: rules.join('\n\n'), rules: [{ name, kind }] }
}

function partialSet(scope: Scope, name: string): Made {
  const kind = scope.random.pick(['number', 'number', 'string', 'any'])
  const rules = Array.from({ length: 1 + scope.random.below(2) }, () => {
    const { lines, inner } = body(scope, 1 + scope.random.below(3))
    return `${name} contains ${term(inner, kind, 1)} if {\n${indent(lines)}\n}`
  })
  return { text: rules.join('\n\n'), rules: [{ name, kind: kind === 'number' ? 'set' : 'any' }] }
}

function partialObject(scope: Scope, name: string): Made {
  const rules = Array.from({ length: 1 + scope.random.below(2) }, () => {
    const { lines, inner } = body(scope, 1 + scope.random.below(3))
    const key = term(inner, scope.random.pick(['string', 'string', 'number']), 0)
    return `${name}[${key}] := ${term(inner, 'number', 1)} if {\n${indent(lines)}\n}`
  })
  return { text: rules.join('\n\n'), rules: [{ name, kind: 'object' }] }
}

function nestedHead(scope: Scope, name: string): Made {
  const { lines, inner } = body(scope, 1 + scope.random.below(2))
  const key = term(inner, 'string', 0)
  const head = scope.random.pick([
    `${name}.a.b := ${term(inner, 'number', 1)}`,
    `${name}.a[${key}] := ${term(inner, 'number', 1)}`,
    `${name}.a[${key}].c := ${term(inner, 'any', 1)}`,
    `${name}[${key}].b contains ${term(inner, 'any', 1)}`,
  ])
  const more = scope.random.once(2) ? `\n\n${name}.z.y := ${literal(scope, 'any')}` : ''
  return { text: `${head} if {\n${indent(lines)}\n}${more}`, rules: [{ name, kind: 'any' }] }
}

function aFunction(scope: Scope, name: string): Made {
  const { random } = scope
  const kind = random.pick(kinds)
  const args = Array.from({ length: 1 + random.below(2) }, () => random.pick(kinds))
  const rules = Array.from({ length: 1 + random.below(2) }, () => {
    const own: Named[] = []
    const heads = args.map((arg, at) => {
      if (random.once(6)) return literal(scope, arg)
      if (random.once(8)) return '_'
      own.push({ name: `a${at}`, kind: arg })
      return `a${at}`
    })
    const inside = { ...scope, variables: [...scope.variables, ...own] }
    const { lines, inner } = body(inside, 1 + random.below(2))
    return `${name}(${heads.join(', ')}) := ${term(inner, kind, 1)} if {\n${indent(lines)}\n}`
  })
  return { text: rules.join('\n\n'), functions: [{ name, kind, args }] }
}

function indent(lines: readonly string[]): string {
  return lines.map(line => `\t${line}`).join('\n')
}

function body(scope: Scope, count: number): { readonly lines: string[]; readonly inner: Scope } {
  let inner = scope
  const lines: string[] = []
  for (let i = 0; i < count; i++) {
    const made = literals_[scope.random.below(literals_.length)]?.(inner)
    if (made === undefined) continue
    lines.push(made.line)
    inner = { ...inner, variables: [...inner.variables, ...(made.binds ?? [])] }
  }
  // Bodies may be read in any order that binds what is read.
  if (lines.length > 1 && scope.random.once(6)) lines.push(...lines.splice(0, 1))
  return { lines, inner }
}

interface Line {
  readonly line: string
  readonly binds?: readonly Named[]
}

const literals_: readonly ((scope: Scope) => Line)[] = [
  condition,
  condition,
  negation,
  assignment,
  assignment,
  someIn,
  someIn,
  someKey,
  iteration,
  unification,
  everyOf,
  modified,
  walking,
]

function condition(scope: Scope): Line {
  return { line: term(scope, 'boolean', 2) }
}

/** Where `true` is all that a body says, opa takes it away with what stands around it. */
function untrue(text: string): string {
  return text === 'true' ? 'input.yes' : text
}

function negation(scope: Scope): Line {
  const kind = scope.random.pick(['boolean', 'boolean', 'any'])
  return { line: `not ${untrue(term(scope, kind, 2))}` }
}

function assignment(scope: Scope): Line {
  const kind = scope.random.pick(kinds)
  const variable = fresh(scope, kind)
  return { line: `${variable.name} := ${term(scope, kind, 2)}`, binds: [variable] }
}

function someIn(scope: Scope): Line {
  const kind = scope.random.pick(collections)
  const value = fresh(scope, elements[kind])
  return { line: `some ${value.name} in ${collection(scope, kind)}`, binds: [value] }
}

function someKey(scope: Scope): Line {
  const value = fresh(scope, 'number')
  const key = fresh(scope, 'string')
  const line = `some ${key.name}, ${value.name} in ${collection(scope, 'object')}`
  return { line, binds: [key, value] }
}

/** No constant that is no collection: opa finds that out when it runs. */
function collection(scope: Scope, kind: Kind): string {
  const domain = term(scope, kind, 1)
  return /^["`\d-]|^(true|false)$/.test(domain) ? literal(scope, kind) : domain
}

function iteration(scope: Scope): Line {
  const value = fresh(scope, 'any')
  const index = fresh(scope, 'any')
  const from = scope.random.pick(references[scope.random.pick(['numbers', 'strings', 'object'])])
  const base = /^(input|data)/.test(from) ? from : 'input.mixed'
  const key = scope.random.pick(['_', index.name, index.name])
  return {
    line: `${value.name} := ${base}[${key}]`,
    binds: key === '_' ? [value] : [value, index],
  }
}

function unification(scope: Scope): Line {
  const [a, b] = [fresh(scope, 'any'), fresh(scope, 'any')]
  const line = scope.random.pick([
    `[${a.name}, ${b.name}] = [${term(scope, 'any', 1)}, ${term(scope, 'number', 1)}]`,
    `{"a": ${a.name}, "b": ${b.name}, "c": 3} = input.o`,
    `[${a.name}, "a", ${b.name}, _, _, _] = input.mixed`,
    `{"name": ${a.name}, "roles": [${b.name}, "dev"], "age": 30} = input.users[_]`,
    `[1, ${a.name}, 3, ${b.name}] = ${term(scope, 'numbers', 1)}`,
    `${a.name} = ${term(scope, 'string', 1)}; ${b.name} = ${a.name}`,
    `[[${a.name}], {"k": ${b.name}}] := [[${term(scope, 'any', 1)}], {"k": 1}]`,
  ])
  return { line, binds: [a, b] }
}

function everyOf(scope: Scope): Line {
  const kind = scope.random.pick(collections)
  const value = fresh(scope, elements[kind])
  const inner = { ...scope, variables: [...scope.variables, value] }
  const more = scope.random.once(2) ? `; ${term(inner, 'boolean', 1)}` : ''
  const test = `${value.name} ${scope.random.pick(['!=', '<', '>=', '=='])} ${term(scope, value.kind, 0)}`
  return { line: `every ${value.name} in ${term(scope, kind, 1)} { ${test}${more} }` }
}

function modified(scope: Scope): Line {
  const { random } = scope
  const rule = scope.rules[random.below(scope.rules.length)]
  const what = rule === undefined ? untrue(term(scope, 'boolean', 1)) : rule.name
  const target = random.pick([
    `input.n as ${term(scope, 'number', 1)}`,
    `input as ${literal(scope, 'object')}`,
    `input.o.a as ${term(scope, 'any', 1)}`,
    `data.base.xs as ${term(scope, 'numbers', 1)}`,
    'count as 3',
    'input.xs as [9, 8]',
  ])
  const variable = fresh(scope, rule?.kind ?? 'boolean')
  return random.once(2)
    ? { line: `${variable.name} := ${what} with ${target}`, binds: [variable] }
    : { line: `${what} with ${target}` }
}

function walking(scope: Scope): Line {
  const [path, value] = [fresh(scope, 'any'), fresh(scope, 'any')]
  const line = `walk(${term(scope, scope.random.pick(['any', 'object']), 1)}, [${path.name}, ${value.name}])`
  return { line, binds: [path, value] }
}

function fresh(scope: Scope, kind: Kind): Named {
  return { name: `v${scope.names.next++}`, kind }
}

function literal({ random }: Scope, kind: Kind): string {
  return random.pick(literals[kind])
}

function term(scope: Scope, kind: Kind, depth: number): string {
  const { random, variables, rules, functions } = scope
  // Now and then something of another kind: it has to be refused, or to come to nothing, in the same way.
  if (random.once(40)) return term(scope, random.pick(['any', 'string', 'number']), depth)
  const near = [...variables, ...rules].filter(named => named.kind === kind)
  if (near.length > 0 && random.below(5) < 3)
    return near[random.below(near.length)]?.name ?? literal(scope, kind)
  if (depth <= 0 || random.once(4))
    return random.once(2) ? literal(scope, kind) : random.pick(references[kind])
  const own = functions.filter(named => named.kind === kind)
  const called = own[random.below(own.length)]
  if (called !== undefined && random.once(2)) {
    const args = called.args.map(arg => term(scope, arg, depth - 1))
    return `${called.name}(${args.join(', ')})`
  }
  if (random.once(4)) return comprehension(scope, kind, depth - 1) ?? call(scope, kind, depth - 1)
  if (random.once(12) && kind === 'string')
    return `$"<{${term(scope, 'any', depth - 1)}}> {${term(scope, 'number', 0)}}"`
  return call(scope, kind, depth - 1)
}

function call(scope: Scope, kind: Kind, depth: number): string {
  const shape = scope.random.pick(calls[kind])
  const made = shape.replace(/#(\w+)/g, (_, arg: string) => {
    const found = kinds.find(name => name === arg)
    return found === undefined ? arg : term(scope, found, depth)
  })
  return /^#\w+ /.test(shape) ? `(${made})` : made
}

function comprehension(scope: Scope, kind: Kind, depth: number): string | undefined {
  const lines = body(scope, 1 + scope.random.below(2))
  const inside = lines.lines.join('; ')
  const of = (each: Kind): string => term(lines.inner, each, depth)
  switch (kind) {
    case 'numbers':
      return `[${of('number')} | ${inside}]`
    case 'strings':
      return `[${of('string')} | ${inside}]`
    case 'set':
      return `{${of('number')} | ${inside}}`
    case 'object':
      return `{${of('string')}: ${of('number')} | ${inside}}`
    default:
      return undefined
  }
}
