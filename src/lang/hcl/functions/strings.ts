import { checkLength } from '../bulk.ts'
import { bool, isUnknown, string, unknown } from '../make.ts'
import { Unknown, type Value } from '../value.ts'
import { type Functions, itemsOf, param, plain, textOf } from './define.ts'
import { knownPrefix, knownSuffix, mapKnown, partial, pieceOf } from './partial.ts'
import { type CallContext, FunctionError, type FunctionSpec } from './spec.ts'
import { graphemes, isSpace, lowerRune, titleRune, upperRune } from './unicode.ts'

export const strings: Functions = {
  chomp: trimmed(
    str => str,
    str => trimEnd(str, c => c === '\n' || c === '\r'),
  ),
  endswith: affix('suffix', (str, suffix) => str.endsWith(suffix), knownSuffix),
  indent: plain({ spaces: 'integer', str: 'string' }, 'string', ({ spaces, str }, context) => {
    if (spaces < 0n) throw new FunctionError('spaces must not be negative', 0)
    const lines = str.split('\n')
    spendText(context, Number(spaces) * (lines.length - 1))
    return lines.join(`\n${' '.repeat(lines.length > 1 ? Number(spaces) : 0)}`)
  }),
  join: {
    params: [param('separator', 'string')],
    variadic: param('lists', ['list', 'string']),
    returns: 'string',
    call: join,
  },
  lower: cased(str => mapRunes(str, lowerRune)),
  split: plain({ separator: 'string', str: 'string' }, 'strings', ({ separator, str }, context) => {
    const items = separator === '' ? Array.from(str) : str.split(separator)
    context.budget.spend(items.length, 'split')
    return items
  }),
  startswith: affix('prefix', (str, prefix) => str.startsWith(prefix), knownPrefix),
  strcontains: plain({ str: 'string', substr: 'string' }, 'bool', ({ str, substr }) =>
    str.includes(substr),
  ),
  strrev: plain({ str: 'string' }, 'string', ({ str }) => graphemes(str).reverse().join('')),
  substr: plain(
    { str: 'string', offset: 'integer', length: 'integer' },
    'string',
    ({ str, offset, length }) => substring(graphemes(str), Number(offset), Number(length)),
  ),
  title: cased(title),
  trim: plain({ str: 'string', cutset: 'string' }, 'string', ({ str, cutset }) => {
    const cut = new Set(cutset)
    return trimBoth(str, character => cut.has(character))
  }),
  trimprefix: plain({ str: 'string', prefix: 'string' }, 'string', ({ str, prefix }) =>
    str.startsWith(prefix) ? str.slice(prefix.length) : str,
  ),
  trimspace: trimmed(
    str => trimStart(str, isSpace),
    str => trimEnd(str, isSpace),
  ),
  trimsuffix: plain({ str: 'string', suffix: 'string' }, 'string', ({ str, suffix }) =>
    str.endsWith(suffix) ? str.slice(0, str.length - suffix.length) : str,
  ),
  upper: cased(str => mapRunes(str, upperRune)),
}

/** Sixteen characters count as one element. */
export function spendText(context: Pick<CallContext, 'budget'>, length: number): void {
  checkLength(length)
  context.budget.spend(Math.ceil(length / 16), 'a text')
}

function join(args: readonly Value[], context: CallContext): Value {
  const separator = textOf(args[0])
  const parts: (string | Unknown)[] = []
  let length = 0
  for (const list of args.slice(1)) {
    for (const item of itemsOf(list)) {
      if (item.v === null) throw new FunctionError('a null cannot be joined', 1)
      const piece = pieceOf(item)
      if (parts.length > 0) parts.push(separator)
      parts.push(piece)
      length += separator.length + (typeof piece === 'string' ? piece.length : 0)
    }
  }
  spendText(context, length)
  context.budget.spend(parts.length, 'join')
  return partial(parts)
}

/** What a partly known string begins or ends with often decides already. */
function affix(
  name: string,
  holds: (str: string, affix: string) => boolean,
  known: (hole: Unknown) => string,
): FunctionSpec {
  return {
    params: [param('str', 'string', { unknown: true }), param(name, 'string')],
    returns: 'bool',
    call: ([str, wanted]) => {
      const end = textOf(wanted)
      if (str === undefined || !isUnknown(str)) return bool(holds(textOf(str), end))
      const certain = known(str.v)
      if (holds(certain, end)) return bool(true)
      if (!holds(end, certain)) return bool(false)
      return unknown('bool', str.v.reason)
    },
  }
}

/** White space goes from the known ends of a partly known string, and no JSON has any at its ends. */
function trimmed(start: (text: string) => string, end: (text: string) => string): FunctionSpec {
  return {
    params: [param('str', 'string', { unknown: true })],
    returns: 'string',
    call: ([str = string('')]) => {
      if (!isUnknown(str)) return string(end(start(textOf(str))))
      const { json, parts, reason } = str.v
      if (json !== undefined) return unknown('string', str.v)
      if (parts === undefined) return unknown('string', reason)
      return partial(
        parts.map((part, at) => {
          if (typeof part !== 'string') return new Unknown(part.reason)
          const rest = at === 0 ? start(part) : part
          return at === parts.length - 1 ? end(rest) : rest
        }),
      )
    },
  }
}

/** Changes of case reach the known parts of a partly known string. */
function cased(change: (text: string) => string): FunctionSpec {
  return {
    params: [param('str', 'string', { unknown: true })],
    returns: 'string',
    call: ([str]) =>
      str !== undefined && isUnknown(str) ? mapKnown(str.v, change) : string(change(textOf(str))),
  }
}

function mapRunes(str: string, change: (rune: string) => string): string {
  let out = ''
  for (const rune of str) out += change(rune)
  return out
}

function title(str: string): string {
  let out = ''
  let before = ' '
  for (const rune of str) {
    out += separates(before) ? titleRune(rune) : rune
    before = rune
  }
  return out
}

/** Go's word boundaries: in ASCII all but letters, digits and `_`; beyond it only white space. */
function separates(rune: string): boolean {
  if (rune <= '\x7f') return !/[0-9A-Za-z_]/.test(rune)
  return !/[\p{L}\p{Nd}]/u.test(rune) && isSpace(rune)
}

function substring(clusters: readonly string[], offset: number, length: number): string {
  const start = offset < 0 ? Math.max(0, clusters.length + offset) : offset
  // Terraform's oddity: counted from the end, a length of none means the rest.
  const rest = length < 0 || (length === 0 && offset < 0)
  return clusters.slice(start, rest ? clusters.length : start + length).join('')
}

function trimBoth(str: string, cut: (character: string) => boolean): string {
  return trimEnd(trimStart(str, cut), cut)
}

function trimStart(str: string, cut: (character: string) => boolean): string {
  let start = 0
  for (const rune of str) {
    if (!cut(rune)) break
    start += rune.length
  }
  return str.slice(start)
}

function trimEnd(str: string, cut: (character: string) => boolean): string {
  let end = str.length
  while (end > 0) {
    const low = str.charCodeAt(end - 1)
    const size = end > 1 && low >= 0xdc00 && low < 0xe000 ? 2 : 1
    if (!cut(str.slice(end - size, end))) break
    end -= size
  }
  return str.slice(0, end)
}
