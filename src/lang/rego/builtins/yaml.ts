import type { Tags } from 'yaml'
import { yamlPackage } from '../../packages.ts'
import { nestsTooDeep } from '../../yaml/nesting.ts'
import { type Machine, spend } from '../eval/machine.ts'
import { fromBigInt } from '../value/big.ts'
import { toJson } from '../value/json.ts'
import { define } from '../value/object.ts'
import type { Value } from '../value/value.ts'
import { BuiltinFailure, type BuiltinFunction, failure } from './builtin.ts'
import { string } from './operands.ts'

export const yaml: Readonly<Record<string, BuiltinFunction>> = {
  'yaml.marshal': (m, a) => {
    const { Document, visit } = yamlPackage()
    const document = new Document(toJson(a), {
      version: '1.1',
      sortMapEntries: true,
      aliasDuplicateObjects: false,
    })
    // Quotes as Go's library has them: double where the text would be something else, single where it cannot stand.
    visit(document, {
      Scalar: (_, node) => {
        if (typeof node.value === 'string' && isAmbiguous(node.value)) node.type = 'QUOTE_DOUBLE'
      },
    })
    const text = document.toString({ lineWidth: 0, singleQuote: true })
    spend(m, text.length)
    return text
  },
  'yaml.unmarshal': (m, a) => unmarshal(m, string(a, 1)),
  'yaml.is_valid': (m, a) => {
    if (typeof a !== 'string') return false
    try {
      unmarshal(m, a)
      return true
    } catch (error) {
      if (error instanceof BuiltinFailure) return false
      throw error
    }
  },
}

const words = /^(?:|~|null|true|false|y|n|yes|no|on|off|<<|[-+]?\.inf|\.nan)$/i
const numeral =
  /^(?:[-+]?(?:[0-9][0-9_]*)?\.?[0-9_]+(?:e[-+]?[0-9]+)?|[-+]?0(?:x[0-9a-f_]+|o[0-7_]+|b[01_]+)|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?)$/i

function isAmbiguous(text: string): boolean {
  return words.test(text) || numeral.test(text)
}

/** The first document, in YAML 1.1, as OPA's library reads it; times stay text. */
function unmarshal(m: Machine | undefined, text: string): Value {
  if (m !== undefined) spend(m, text.length)
  const { Parser, parseAllDocuments } = yamlPackage()
  if (nestsTooDeep(new Parser().parse(text))) throw failure('yaml: nested too deeply')
  try {
    const documents = parseAllDocuments(text, {
      version: '1.1',
      intAsBigInt: true,
      uniqueKeys: false,
      customTags: likeOpa,
    })
    const heads = 'empty' in documents ? [documents] : documents
    const [error] = heads.flatMap(({ errors, warnings }) => [...errors, ...warnings])
    if (error !== undefined) {
      const line = error.linePos?.[0].line ?? 1
      const reason = error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? ''
      throw failure(`yaml: line ${line}: did not find expected content: ${reason}`)
    }
    if ('empty' in documents) return null
    return toValue(documents[0]?.toJS({ mapAsMap: true, maxAliasCount: 1000 }))
  } catch (error) {
    if (error instanceof BuiltinFailure) throw error
    throw failure(`yaml: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Times stay text, and so does a dot without digits. */
function likeOpa(tags: Tags): Tags {
  return tags.flatMap((tag): Tags => {
    if (typeof tag === 'string') return [tag]
    if (tag.tag.includes('timestamp')) return []
    const isFloat = tag.collection === undefined && tag.test?.test('.') === true
    return isFloat ? [{ ...tag, test: fraction }] : [tag]
  })
}

const fraction = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)$/

function toValue(value: unknown): Value {
  if (typeof value === 'bigint') return fromBigInt(value)
  if (typeof value === 'number' && !Number.isFinite(value))
    throw failure(`json: unsupported value: ${value}`)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value)) return value.map(toValue)
  if (value instanceof Map) {
    const object: { [key: string]: Value } = {}
    for (const [key, member] of value) define(object, keyText(key), toValue(member))
    return object
  }
  if (value instanceof Set) return Object.fromEntries([...value].map(key => [keyText(key), null]))
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
  return null
}

/** Keys of JSON are text. */
function keyText(key: unknown): string {
  if (typeof key === 'string') return key
  if (key !== null && typeof key === 'object') throw failure('unsupported map key')
  return String(key)
}
