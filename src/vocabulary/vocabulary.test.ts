import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { serviceOf } from './aws/services.generated.ts'
import { loadVocabulary, type Tables } from './load.ts'
import { normalise } from './normalise.ts'
import type { Schema } from './statement.ts'

let tables: Tables
beforeAll(async () => {
  tables = await loadVocabulary(Object.keys(serviceOf))
})

test('the types that checks are written against say what the normaliser gives', () => {
  const text = readFileSync(`${import.meta.dirname}/aws/types.generated.ts`, 'utf8')
  const differ: string[] = []
  for (const { type } of tables.types.values()) {
    const name = type.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    const body = text.split(`export interface ${name} {\n`)[1]?.split('\n}\n')[0] ?? ''
    const attributes = [
      ...body.matchAll(/^ {2}readonly (\w+): ([\s\S]*?)(?=\n {2}readonly|$(?![\s\S]))/gm),
    ]
    expect(attributes.length, type).toBeGreaterThan(0)
    const { attributes: values } = normalise(tables, type, {})
    for (const [, attribute = '', declared = ''] of attributes) {
      const mayBeMissing = declared.trimEnd().endsWith('| undefined')
      if (mayBeMissing !== (values[attribute] === undefined)) differ.push(`${type}.${attribute}`)
    }
  }
  expect(differ).toEqual([])
})

test('every fold leads from what the child has to what the parent has', () => {
  const wrong: string[] = []
  for (const { child, parent, link, into, by, when, take } of tables.folds) {
    const has = (type: string, path: string) =>
      reaches(tables.types.get(type)?.schema, path) || wrong.push(`${type}.${path}`)
    has(child, link)
    has(parent, into)
    for (const name of by ?? []) has(parent, name)
    if (when !== undefined) has(child, when.attribute)
    if (typeof take === 'string') has(child, take)
    else if ('fields' in take)
      for (const [name, field] of Object.entries(take.fields)) {
        has(parent, `${into}.${name}`)
        const from = typeof field === 'string' ? field : 'from' in field ? field.from : null
        if (from !== null) has(child, take.each === undefined ? from : `${take.each}.${from}`)
      }
  }
  expect(wrong).toEqual([])
})

test('every alias is of a type that has what it sets', () => {
  for (const { type, of, set } of tables.aliases) {
    expect(tables.types.has(type)).toBe(true)
    expect(Object.keys(tables.types.get(of)?.schema ?? {})).toEqual(
      expect.arrayContaining(Object.keys(set)),
    )
  }
})

function reaches(schema: Schema | undefined, path: string): boolean {
  let at: string | Schema | undefined = schema
  for (const step of path.split('.')) {
    if (/^\d+$/.test(step)) continue
    at = typeof at === 'object' && Object.hasOwn(at, step) ? at[step] : undefined
  }
  return at !== undefined
}
