import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { valueOfText } from './evaluate-text.ts'
import { HclError } from './hcl-error.ts'
import { type JsonNode, parseJson } from './json-syntax.ts'
import { deepMarks } from './marks.ts'
import { toJson } from './to-json.ts'
import { isSameType } from './type.ts'
import type { Type } from './value.ts'

/** Answers of the real Terraform 1.11.4, kept beside the checkout. */
const path = resolve(import.meta.dirname, '../../../../shared/hcl-cases/expressions.jsonl')

interface Case {
  readonly id: string
  readonly expr: string
  readonly locals?: Readonly<Record<string, string>>
  readonly value_json?: string
  readonly type?: Type
  readonly sensitive?: true | 'nested'
  readonly unknown?: true
  readonly error?: string
  readonly via?: string
  readonly panic?: true
}

test.skipIf(!existsSync(path))('agrees with the recorded answers of Terraform', () => {
  const differing: string[] = []
  const cases = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Case)
    .filter(isComparable)
  for (const one of cases) if (!agrees(one)) differing.push(one.id)
  expect(cases.length).toBeGreaterThan(1900)
  // The product of two floats of 53 bits has 106 (boundary-030); here it has 512.
  expect(differing.length, `these differ: ${differing.join(', ')}`).toBeLessThan(cases.length / 200)
})

/** Left out: what only the console does, and what Terraform could not write down itself. */
function isComparable(one: Case): boolean {
  return (
    one.via === undefined &&
    one.panic !== true &&
    one.error !== 'Failed to write plan file' &&
    !one.expr.includes('base64gzip')
  )
}

function agrees(one: Case): boolean {
  try {
    const value = valueOfText(one.expr, one.locals ?? {})
    if (one.error !== undefined) return false
    const json = toJson(value)
    if (one.unknown === true) return json === undefined
    const isSecret = value.marks?.sensitive === true
    const secrecy = isSecret ? true : deepMarks(value)?.sensitive === true ? 'nested' : undefined
    return (
      secrecy === one.sensitive &&
      isSameType(value.type, one.type ?? 'dynamic') &&
      canonical(parseJson(json ?? '')) === canonical(parseJson(one.value_json ?? ''))
    )
  } catch (error) {
    return error instanceof HclError && one.error !== undefined
  }
}

/** Numbers as they are written: a double could not tell them apart. */
function canonical(node: JsonNode): string {
  switch (node.kind) {
    case 'object': {
      const parts = node.members.map(m => `${JSON.stringify(m.key.value)}:${canonical(m.value)}`)
      return `{${parts.sort().join(',')}}`
    }
    case 'array':
      return `[${node.items.map(canonical).join(',')}]`
    case 'number':
      return node.raw
    default:
      return JSON.stringify(node.value)
  }
}
