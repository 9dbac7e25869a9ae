import { isUnknown, list, string, unknown } from '../make.ts'
import { kindOf } from '../type.ts'
import { isItems, Unknown, type Value } from '../value.ts'
import { type Functions, param, textOf } from './define.ts'
import { formatValue, type Piece, parseFormat, type Verb } from './format-verb.ts'
import { deepUnknown, partial } from './partial.ts'
import { type CallContext, FunctionError } from './spec.ts'
import { spendText } from './strings.ts'

export const formats: Functions = {
  format: {
    params: [param('format', 'string')],
    variadic: param('args', 'dynamic', { null: true, unknown: true }),
    returns: 'string',
    call: ([format, ...args], context) => {
      if (args.some(isUntypedNull)) return unknown('dynamic', 'an argument of format() is null')
      return render(piecesOf(format, args.length), args, context)
    },
  },
  formatlist: {
    params: [param('format', 'string')],
    variadic: param('args', 'dynamic', { null: true, unknown: true }),
    returns: ['list', 'string'],
    call: formatList,
  },
}

/** An untyped null as such leaves Terraform in the dark about the whole call. */
function isUntypedNull(value: Value): boolean {
  return value.v === null && value.type === 'dynamic'
}

/** Arguments must be used up, unless the format names them by their numbers. */
function piecesOf(format: Value | undefined, count: number): readonly Piece[] {
  const pieces = parseFormat(textOf(format))
  const used = pieces.reduce(
    (most, piece) => Math.max(most, 'argument' in piece ? piece.argument : 0),
    0,
  )
  if (used > count) throw new FunctionError(`the format needs ${used} arguments`, 0)
  if (used < count) throw new FunctionError(`the format uses only ${used} arguments`, used + 1)
  return pieces
}

function render(pieces: readonly Piece[], args: readonly Value[], context: CallContext): Value {
  const parts = pieces.map(piece => {
    if ('text' in piece) return piece.text
    spendText(context, piece.width + (piece.precision ?? 0))
    return formatArgument(piece, args[piece.argument - 1])
  })
  spendText(
    context,
    parts.reduce((total, part) => total + (typeof part === 'string' ? part.length : 0), 0),
  )
  return partial(parts)
}

function formatArgument(piece: Verb, value: Value | undefined): string | Unknown {
  if (value === undefined) throw new FunctionError(`there is no argument ${piece.argument}`, 0)
  const text = formatValue(piece, value)
  if (text !== undefined) return text
  const hole = deepUnknown(value)
  const isBare = piece.width === 0 && piece.precision === undefined && /[sv]/.test(piece.letter)
  return isBare && isUnknown(value) ? hole : new Unknown(hole.reason)
}

/** Lists are walked side by side; a single value stands beside each of their elements. */
function formatList([format, ...args]: readonly Value[], context: CallContext): Value {
  if (args.some(isUntypedNull)) return unknown(['list', 'string'], 'an argument is null')
  let length: number | undefined
  for (const [i, arg] of args.entries()) {
    if (!['list', 'set', 'tuple'].includes(kindOf(arg.type))) continue
    if (isUnknown(arg)) return unknown(['list', 'string'], arg.v.reason)
    if (!isItems(arg.v)) throw new FunctionError('a null list cannot be formatted', i + 1)
    if (length !== undefined && length !== arg.v.length)
      throw new FunctionError(`has ${arg.v.length} elements, not ${length}`, i + 1)
    length = arg.v.length
  }
  const pieces = length === 0 ? [] : piecesOf(format, args.length)
  context.budget.spend((length ?? 1) * (args.length + 1), 'formatlist')
  const rows: Value[] = []
  for (let at = 0; at < (length ?? 1); at++) {
    const row = args.map(arg => (isItems(arg.v) ? (arg.v[at] ?? string('')) : arg))
    const open = row.find(isUntypedNull)
    rows.push(
      open === undefined ? render(pieces, row, context) : unknown('string', 'an argument is null'),
    )
  }
  return list('string', rows)
}
