import { RE2JS, RE2JSException } from 're2js'
import { checkLength } from '../bulk.ts'
import { isUnknown, list, nullOf, object, string, tuple, unknown } from '../make.ts'
import type { Type, Value } from '../value.ts'
import { type Functions, param, textOf } from './define.ts'
import { replaceHoled } from './replace.ts'
import { type CallContext, FunctionError } from './spec.ts'
import { spendText } from './strings.ts'

export const regexes: Functions = {
  regex: {
    params: [param('pattern', 'string'), param('string', 'string')],
    returns: ([pattern]) =>
      typeof pattern?.v === 'string' ? shapeOf(compile(pattern.v)) : 'dynamic',
    call: ([pattern, text], context) => {
      const re = compile(textOf(pattern))
      shapeOf(re)
      const [first] = matches(re, textOf(text), context)
      if (first === undefined)
        throw new FunctionError('the pattern matches no part of the string', 1)
      return capture(re, first)
    },
  },
  regexall: {
    params: [param('pattern', 'string'), param('string', 'string')],
    returns: ([pattern]) => [
      'list',
      typeof pattern?.v === 'string' ? shapeOf(compile(pattern.v)) : 'dynamic',
    ],
    call: ([pattern, text], context) => {
      const re = compile(textOf(pattern))
      const found: Value[] = []
      for (const match of matches(re, textOf(text), context)) {
        context.budget.spend(1 + match.groups.length, 'regexall')
        found.push(capture(re, match))
      }
      return list(shapeOf(re), found)
    },
  },
  replace: {
    params: [
      param('str', 'string', { unknown: true }),
      param('substr', 'string'),
      param('replace', 'string', { unknown: true }),
    ],
    returns: 'string',
    call: replace,
  },
}

function replace(
  [text = string(''), substr, replacement = string('')]: readonly Value[],
  context: CallContext,
): Value {
  const wanted = textOf(substr)
  const isPattern = wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')
  const pattern = isPattern ? compile(wanted.slice(1, -1)) : null
  for (const each of [text, replacement])
    if (isUnknown(each))
      return pattern === null
        ? replaceHoled(text, wanted, replacement, context)
        : unknown('string', each.v.reason)
  const [str, by] = [textOf(text), textOf(replacement)]
  return string(
    pattern === null
      ? replaceLiteral(str, wanted, by, context)
      : replaceRegex(str, pattern, by, context),
  )
}

/** In the worst case each character meets each instruction. */
const costOfStep = 1 / 50

interface Match {
  readonly start: number
  readonly end: number
  /** The whole match first; null where a group took no part. */
  readonly groups: readonly (string | null)[]
}

interface Pattern {
  readonly re: RE2JS
  /** Group names by index; undefined where groups have no names. */
  readonly names: readonly (string | undefined)[]
  /** Whether a search ends near the match it finds, however long the text. */
  readonly isLocal: boolean
}

function compile(source: string): Pattern {
  // A program grows with its source, at most a thousandfold.
  if (source.length > 10_000) throw new FunctionError('the pattern is too long', 0)
  try {
    const re = RE2JS.compile(source)
    const names = new Array<string | undefined>(re.groupCount() + 1).fill(undefined)
    for (const [name, index] of Object.entries(re.namedGroups())) names[index] = name
    return { re, names, isLocal: !/[*+{]/.test(source) }
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    throw new FunctionError(`invalid pattern: ${error.message}`, 0)
  }
}

/** A string without groups, a tuple of groups, or an object of named groups. */
function shapeOf({ names }: Pattern): Type {
  const groups = names.slice(1)
  if (groups.length === 0) return 'string'
  const named = groups.filter(name => name !== undefined)
  if (named.length === 0) return ['tuple', groups.map((): Type => 'string')]
  if (named.length < groups.length)
    throw new FunctionError('cannot mix named and unnamed capture groups', 0)
  return object(named.map(name => [name, string('')] as const)).type
}

function capture(pattern: Pattern, match: Match): Value {
  const groups = match.groups.map(text => (text === null ? nullOf('string') : string(text)))
  if (groups.length === 1) return groups[0] ?? nullOf('string')
  if (pattern.names[1] === undefined) return tuple(groups.slice(1))
  return object(
    pattern.names.flatMap((name, i) => {
      const group = groups[i]
      return name === undefined || group === undefined ? [] : [[name, group] as const]
    }),
  )
}

/** Go's sequence of matches: an empty match right behind another match does not count. */
function* matches(pattern: Pattern, text: string, context: CallContext): Generator<Match> {
  const { re, isLocal } = pattern
  const matcher = re.matcher(text)
  const cost = re.programSize() * costOfStep
  context.budget.spend(re.programSize(), 'a pattern')
  let from = 0
  let last = -1
  while (from <= text.length) {
    // Local searches together go once through the text.
    const scanned = isLocal && from > 0 ? 1 : text.length - from
    context.budget.spend(Math.ceil(scanned * cost), 'a pattern')
    if (!matcher.find(from)) return
    const start = matcher.start()
    const end = matcher.end()
    if (end > start || start !== last) {
      const groups: (string | null)[] = []
      for (let i = 0; i <= re.groupCount(); i++) groups.push(matcher.group(i) ?? null)
      yield { start, end, groups }
    }
    last = end
    from = end > start ? end : end + runeLength(text, end)
  }
}

function replaceRegex(
  str: string,
  pattern: Pattern,
  template: string,
  context: CallContext,
): string {
  const expand = expander(pattern, template)
  let out = ''
  let copied = 0
  for (const match of matches(pattern, str, context)) {
    const text = expand(match)
    spendText(context, text.length)
    out += str.slice(copied, match.start) + text
    checkLength(out.length)
    copied = match.end
  }
  return out + str.slice(copied)
}

const reference = /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu

/** `$1`, `$name`, `${name}` and `$$`; a name is as long as it can be, and an unknown one is empty. */
function expander({ names }: Pattern, template: string): (match: Match) => string {
  return match =>
    template.replace(reference, (whole: string, braced?: string, bare?: string) => {
      const name = braced ?? bare
      if (name === undefined) return whole.slice(1)
      const index = /^\d+$/.test(name) ? Number(name) : names.indexOf(name)
      return match.groups[index] ?? ''
    })
}

function replaceLiteral(
  str: string,
  substr: string,
  replacement: string,
  context: CallContext,
): string {
  if (substr === '') {
    const runes = Array.from(str)
    spendText(context, str.length + (runes.length + 1) * replacement.length)
    return ['', ...runes, ''].join(replacement)
  }
  const pieces = str.split(substr)
  spendText(context, str.length + pieces.length * replacement.length)
  return pieces.join(replacement)
}

function runeLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
