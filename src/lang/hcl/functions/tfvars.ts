import { isWhollyKnown, object, string, unknown, untypedNull } from '../make.ts'
import { numberText, numOf } from '../number.ts'
import { isEntries, isItems, type Value } from '../value.ts'
import { entriesOf, type Functions, param, textOf } from './define.ts'
import { deepUnknown } from './partial.ts'
import { type CallContext, FunctionError, type FunctionSpec } from './spec.ts'
import { spendText } from './strings.ts'

export const tfvars: Functions = {
  'provider::terraform::decode_tfvars': {
    params: [param('src', 'string')],
    returns: 'dynamic',
    call: ([text], context) => {
      if (context.attributes === undefined) throw new FunctionError('cannot be decoded here', 0)
      return object(context.attributes(textOf(text), '<decode_tfvars argument>'))
    },
  },
  'provider::terraform::encode_expr': encoder(value => encodeExpression(value, 0)),
  'provider::terraform::encode_tfvars': encoder(value => {
    if (!isEntries(value.v) || typeof value.type === 'string' || value.type[0] !== 'object')
      throw new FunctionError('must be an object whose attributes are the variables', 0)
    const entries = [...entriesOf(value)]
    const wrong = entries.find(([name]) => !isIdentifier(name))
    if (wrong !== undefined)
      throw new FunctionError(`${JSON.stringify(wrong[0])} is no name for a variable`, 0)
    return entries.length === 0 ? '' : `${aligned(entries, 0).join('\n')}\n`
  }),
}

function encoder(encode: (value: Value) => string): FunctionSpec {
  return {
    params: [param('value', 'dynamic', { null: true })],
    returns: 'string',
    call: ([value = untypedNull], context: CallContext) => {
      if (!isWhollyKnown(value)) return unknown('string', deepUnknown(value).reason)
      const text = encode(value)
      spendText(context, text.length)
      return string(text)
    },
  }
}

/** As `terraform fmt` leaves it. */
function encodeExpression(value: Value, indent: number): string {
  const { v } = value
  if (v === null) return 'null'
  if (typeof v === 'boolean') return String(v)
  if (typeof v === 'string') return quote(v)
  if (isItems(v)) return `[${v.map(item => encodeExpression(item, indent)).join(', ')}]`
  if (isEntries(v)) {
    if (v.size === 0) return '{}'
    const entries = Array.from(v, ([name, item]) => [keyText(name), item] as const)
    return `{\n${aligned(entries, indent + 2).join('\n')}\n${' '.repeat(indent)}}`
  }
  return numberText(numOf(v))
}

/** Equal signs line up over consecutive lines; a value of several lines stands for itself. */
function aligned(entries: readonly (readonly [string, Value])[], indent: number): string[] {
  const lines: string[] = []
  let group: (readonly [string, string])[] = []
  const flush = (): void => {
    const width = group.reduce((most, [name]) => Math.max(most, name.length), 0)
    for (const [name, text] of group) lines.push(`${name.padEnd(width)} = ${text}`)
    group = []
  }
  for (const [name, value] of entries) {
    const text = encodeExpression(value, indent)
    if (!text.includes('\n')) group.push([name, text])
    else {
      flush()
      lines.push(`${name} = ${text}`)
    }
  }
  flush()
  return lines.map(line => ' '.repeat(indent) + line)
}

function keyText(name: string): string {
  return isIdentifier(name) ? name : quote(name)
}

function isIdentifier(name: string): boolean {
  return /^\p{ID_Start}[\p{ID_Continue}-]*$/u.test(name)
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['${', '$${'],
  ['%{', '%%{'],
])

function quote(text: string): string {
  const body = text.replace(/[\p{Cc}"\\]|[$%]\{/gu, found => {
    const code = found.codePointAt(0) ?? 0
    return escapes.get(found) ?? `\\u${code.toString(16).padStart(4, '0')}`
  })
  return `"${body}"`
}
