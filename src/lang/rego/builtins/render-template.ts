import { type Machine, spend, step } from '../eval/machine.ts'
import { isArray, isObject } from '../value/kind.ts'
import { entriesOf, lookup } from '../value/lookup.ts'
import { objectKeys, objectSize } from '../value/object.ts'
import { compare, equal } from '../value/order.ts'
import { pointCount } from '../value/points.ts'
import type { Value } from '../value/value.ts'
import { writeJson } from '../value/write-json.ts'
import { type BuiltinFunction, failure } from './builtin.ts'
import { goText } from './go-text.ts'
import { object, string } from './operands.ts'
import { sprintf } from './sprintf.ts'
import { type Node, parseTemplate } from './template-syntax.ts'

/** Go's text/template over JSON: values, `if`, `range`, `with`, variables and the plain functions. */
export const rendering: Readonly<Record<string, BuiltinFunction>> = {
  'strings.render_template': (m, a, b) => {
    const nodes = parseTemplate(string(a, 1))
    const data = object(b, 2)
    requireNames(data)
    const state: State = { m, out: [], variables: [new Map([['$', data]])] }
    render(state, nodes, data)
    return state.out.join('')
  },
}

/** The variables go through JSON, whose keys are text. */
function requireNames(value: Value): void {
  if (isObject(value))
    for (const key of objectKeys(value))
      if (typeof key !== 'string')
        throw failure(
          `invalid character '${writeJson(key)[0]}' looking for beginning of object key string`,
        )
  for (const [, member] of entriesOf(value) ?? []) requireNames(member)
}

interface State {
  readonly m: Machine
  readonly out: string[]
  readonly variables: Map<string, Value | undefined>[]
}

function render(state: State, nodes: readonly Node[], dot: Value | undefined): void {
  for (const node of nodes) {
    step(state.m)
    if (node.kind === 'text') emit(state, node.text)
    else if (node.kind === 'action') renderAction(state, node.words, dot)
    else renderBlock(state, node, dot)
  }
}

function emit(state: State, text: string): void {
  spend(state.m, text.length)
  state.out.push(text)
}

function renderAction(state: State, words: readonly string[], dot: Value | undefined): void {
  const [name, operator, ...rest] = words
  if (name?.startsWith('$') === true && (operator === ':=' || operator === '=')) {
    const value = pipeline(state, rest, dot)
    const scopes = state.variables
    const scope =
      operator === ':=' ? scopes.at(-1) : [...scopes].reverse().find(each => each.has(name))
    scope?.set(name, value)
    return
  }
  emit(state, goText(pipeline(state, words, dot)))
}

function renderBlock(
  state: State,
  node: Extract<Node, { kind: 'block' }>,
  dot: Value | undefined,
): void {
  state.variables.push(new Map())
  const { names, words } = declaration(node.words)
  const value = pipeline(state, words, dot)
  const [first, second] = names
  if (node.word === 'range') {
    const entries = value === undefined ? [] : rangeOf(value)
    for (const [key, item] of entries) {
      step(state.m)
      state.variables.push(new Map())
      const scope = state.variables.at(-1)
      if (second !== undefined && first !== undefined) scope?.set(first, key).set(second, item)
      else if (first !== undefined) scope?.set(first, item)
      render(state, node.then, item)
      state.variables.pop()
    }
    if (entries.length === 0) render(state, node.otherwise, dot)
  } else {
    if (first !== undefined) state.variables.at(-1)?.set(first, value)
    if (!isTrue(value)) render(state, node.otherwise, dot)
    else render(state, node.then, node.word === 'with' ? value : dot)
  }
  state.variables.pop()
}

/** `$i, $x := …` */
function declaration(words: readonly string[]) {
  const assign = words.indexOf(':=')
  const names = assign < 0 ? [] : words.slice(0, assign).filter(word => word !== ',')
  return { names, words: words.slice(assign + 1) }
}

function rangeOf(value: Value): readonly (readonly [Value, Value])[] {
  if (typeof value === 'number' && value <= 1_000_000)
    return Array.from({ length: Math.max(value, 0) }, (_, i) => [i, i])
  const entries = entriesOf(value)
  if (entries === undefined) throw failure(`template: range can't iterate over ${goText(value)}`)
  return entries
}

function isTrue(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '')
    return false
  if (isArray(value)) return value.length > 0
  return !isObject(value) || objectSize(value) > 0
}

/** Commands with `|` between them: each takes the value before it as its last argument. */
function pipeline(
  state: State,
  words: readonly string[],
  dot: Value | undefined,
): Value | undefined {
  let value: Value | undefined
  let start = 0
  let isFirst = true
  let depth = 0
  for (let i = 0; i <= words.length; i++) {
    if (words[i] === '(') depth++
    if (words[i] === ')') depth--
    if (i < words.length && (words[i] !== '|' || depth > 0)) continue
    const extra = isFirst ? [] : [value]
    value = command(state, words.slice(start, i), dot, extra)
    isFirst = false
    start = i + 1
  }
  return value
}

function command(
  state: State,
  words: readonly string[],
  dot: Value | undefined,
  extra: readonly (Value | undefined)[],
): Value | undefined {
  const operands = splitOperands(words)
  const [first, ...rest] = operands
  if (first === undefined) throw failure('template: missing value for command')
  const [name = ''] = first
  if (first.length === 1 && /^[a-z]+$/.test(name) && !constants.has(name)) {
    const args = rest.map(each => operand(state, each, dot))
    return callFunction(state, name, [...args, ...extra])
  }
  if (rest.length > 0 || extra.length > 0)
    throw failure(`template: can't give argument to non-function ${first.join('')}`)
  return operand(state, first, dot)
}

/** A parenthesised pipeline is one operand. */
function splitOperands(words: readonly string[]): readonly (readonly string[])[] {
  const operands: string[][] = []
  let depth = 0
  for (const word of words) {
    if (depth > 0) operands.at(-1)?.push(word)
    else operands.push([word])
    if (word === '(') depth++
    if (word === ')') depth--
  }
  return operands
}

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['nil', null],
])

function operand(
  state: State,
  words: readonly string[],
  dot: Value | undefined,
): Value | undefined {
  const [word = ''] = words
  if (word === '(') return pipeline(state, words.slice(1, -1), dot)
  if (constants.has(word)) return constants.get(word)
  if (word === '.') return dot
  if (word.startsWith('.')) return fields(dot, word.slice(1))
  if (word.startsWith('$')) {
    const [name = '', ...rest] = word.split('.')
    const scope = [...state.variables].reverse().find(each => each.has(name))
    if (scope === undefined) throw failure(`template: undefined variable "${name}"`)
    return rest.length === 0 ? scope.get(name) : fields(scope.get(name), rest.join('.'))
  }
  if (word.startsWith('"')) return JSON.parse(word)
  if (word.startsWith('`')) return word.slice(1, -1)
  const number = Number(word)
  if (word !== '' && Number.isFinite(number)) return number
  throw failure(`template: function "${word}" not defined`)
}

/** A missing member is `<undefined>` when it is shown. */
function fields(value: Value | undefined, path: string): Value | undefined {
  let at = value
  for (const name of path.split('.')) at = at === undefined ? undefined : lookup(at, name)
  return at
}

function callFunction(
  state: State,
  name: string,
  args: readonly (Value | undefined)[],
): Value | undefined {
  const [a = null, b = null] = args
  const texts = args.map(each => (each === undefined ? null : each))
  switch (name) {
    case 'and':
      return args.find(each => !isTrue(each)) ?? args.at(-1)
    case 'or':
      return args.find(isTrue) ?? args.at(-1)
    case 'not':
      return !isTrue(args[0])
    case 'eq':
      return texts.slice(1).some(each => equal(a, each))
    case 'ne':
      return !equal(a, b)
    case 'lt':
      return compare(a, b) < 0
    case 'le':
      return compare(a, b) <= 0
    case 'gt':
      return compare(a, b) > 0
    case 'ge':
      return compare(a, b) >= 0
    case 'len':
      return isArray(a)
        ? a.length
        : typeof a === 'string'
          ? pointCount(a)
          : (entriesOf(a)?.length ?? 0)
    case 'index': {
      let at: Value | undefined = a
      for (const key of texts.slice(1)) at = at === undefined ? undefined : lookup(at, key)
      return at
    }
    case 'print':
    case 'println':
      return texts.map(goText).join(name === 'print' ? '' : ' ') + (name === 'print' ? '' : '\n')
    case 'printf':
      return sprintf(state.m, goText(a), texts.slice(1))
    case 'html':
      return goText(a).replace(/[&<>"']/g, c => htmlEscapes.get(c) ?? c)
    case 'js':
      return writeJson(goText(a)).slice(1, -1)
    case 'urlquery':
      return encodeURIComponent(goText(a)).replaceAll('%20', '+')
    default:
      throw failure(`template: function "${name}" not defined`)
  }
}

const htmlEscapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&#34;'],
  ["'", '&#39;'],
])
