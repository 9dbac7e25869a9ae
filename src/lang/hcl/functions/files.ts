import { makeSet } from '../convert.ts'
import { bool, string, unknown } from '../make.ts'
import { mark } from '../marks.ts'
import { Refused } from '../scope.ts'
import type { Type, Value } from '../value.ts'
import { converted } from './arguments.ts'
import { utf8 } from './base64.ts'
import { entriesOf, type Functions, param, textOf } from './define.ts'
import { type Algorithm, digest } from './hash.ts'
import { type CallContext, FunctionError, type FunctionSpec } from './spec.ts'
import { spendText } from './strings.ts'

export const files: Functions = {
  file: ofContent(bytes => utf8(bytes, 0)),
  filebase64: ofContent(bytes => Buffer.from(bytes).toString('base64')),
  filebase64sha256: ofContent(hashed('sha256', 'base64')),
  filebase64sha512: ofContent(hashed('sha512', 'base64')),
  fileexists: {
    params: [param('path', 'string')],
    returns: 'bool',
    call: ([path], context) =>
      allowed('bool', () => {
        const bytes = context.files?.read(textOf(path)) ?? null
        spendText(context, bytes?.length ?? 100)
        return bool(bytes !== null)
      }),
  },
  filemd5: ofContent(hashed('md5', 'hex')),
  fileset: {
    params: [param('path', 'string'), param('pattern', 'string')],
    returns: ['set', 'string'],
    call: ([path, pattern], context) =>
      allowed(['set', 'string'], () => {
        const spend = (units: number) => context.budget.spend(units, 'fileset')
        const names = context.files?.list(textOf(path), textOf(pattern), spend) ?? []
        return makeSet('string', names.map(string))
      }),
  },
  filesha1: ofContent(hashed('sha1', 'hex')),
  filesha256: ofContent(hashed('sha256', 'hex')),
  filesha512: ofContent(hashed('sha512', 'hex')),
  templatefile: {
    params: [param('path', 'string'), param('vars', 'dynamic', { marked: true })],
    returns: 'dynamic',
    call: ([path, vars], context) =>
      allowed('dynamic', () => {
        const name = textOf(path)
        const text = utf8(contentOf(name, context), 0)
        return mark(context.template(text, name, variablesOf(vars)), vars?.marks)
      }),
  },
  templatestring: {
    params: [param('template', 'string'), param('vars', 'dynamic', { marked: true })],
    returns: 'string',
    call: ([text, vars], context) => {
      const made = context.template(textOf(text), '<templatestring argument>', variablesOf(vars))
      return mark(converted(made, 'string', 0), vars?.marks)
    },
  },
}

/** The variables of a template, by names that it can use. */
function variablesOf(vars: Value | undefined): ReadonlyMap<string, Value> {
  const type = vars?.type
  if (typeof type !== 'object' || (type[0] !== 'map' && type[0] !== 'object'))
    throw new FunctionError('the variables must be a map', 1)
  const entries = entriesOf(vars)
  for (const name of entries.keys()) {
    if (!/^\p{ID_Start}[\p{ID_Continue}_-]*$/u.test(name))
      throw new FunctionError(`${JSON.stringify(name)} is no name for a variable`, 1)
  }
  return entries
}

function hashed(algorithm: Algorithm, encoding: 'hex' | 'base64'): (bytes: Uint8Array) => string {
  return bytes => digest(algorithm, bytes, encoding)
}

function ofContent(make: (bytes: Uint8Array) => string): FunctionSpec {
  return {
    params: [param('path', 'string')],
    returns: 'string',
    call: ([path], context) =>
      allowed('string', () => string(make(contentOf(textOf(path), context)))),
  }
}

function contentOf(path: string, context: CallContext): Uint8Array {
  const bytes = context.files?.read(path) ?? null
  if (bytes === null) throw new FunctionError(`there is no file ${JSON.stringify(path)}`, 0)
  spendText(context, bytes.length)
  return bytes
}

/** What may not be read is unknown: its content says nothing about the rest. */
function allowed(type: Type, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused) return unknown(type, error.message)
    throw error
  }
}
