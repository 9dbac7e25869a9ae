import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Type } from '../value.ts'
import type { Given } from './inputs.ts'
import { loadModule } from './load-module.ts'

/** What the real Terraform answered; too large to keep here. */
const cases = resolve(import.meta.dirname, '../../../../../shared/hcl-cases/modules.jsonl')

interface Case {
  readonly id: string
  readonly files: Readonly<Record<string, string>>
  readonly prior_files?: unknown
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly workspace?: string
  readonly error?: string
  readonly outputs?: Readonly<Record<string, Output>>
  readonly resources?: Readonly<Record<string, unknown>>
}
interface Output {
  readonly value_json?: string
  readonly type?: Type
  readonly unknown?: unknown
}

/** Where this evaluator differs, and why. */
const differing = new Map([
  ['mod-unknown-01', 'the length of an unknown text is not known to be at least 0'],
  ['mod-data-01', 'the state of another configuration is not read'],
  ['mod-blocks-03', 'any version of Terraform will do'],
])

describe.skipIf(!existsSync(cases))('agrees with Terraform', () => {
  const all = existsSync(cases) ? readCases() : []
  test.each(all.filter(each => each.prior_files === undefined))('$id', each => {
    if (differing.has(each.id)) return
    const { args = [], env = {}, workspace } = each
    const loaded = loadModule(each.files, {
      env,
      given: givenBy(args),
      ...(workspace === undefined ? {} : { workspace }),
    })
    if (each.error !== undefined) {
      expect(loaded.errors.length).toBeGreaterThan(0)
      return
    }
    expect(loaded.errors).toEqual([])
    for (const [name, wanted] of Object.entries(each.outputs ?? {})) {
      const got = loaded.outputs[name]
      expect(got, name).toBeDefined()
      if (wanted.unknown !== undefined || wanted.type === undefined) continue
      expect([name, got?.type]).toEqual([name, wanted.type])
      const same = canonical(JSON.parse(wanted.value_json ?? ''), wanted.type)
      expect([name, canonical(JSON.parse(got?.json ?? ''), wanted.type)]).toEqual([name, same])
    }
    const managed = Object.keys(each.resources ?? {}).filter(id => !/(^|\.)data\./.test(id))
    expect(Object.keys(loaded.resources).sort()).toEqual(managed.sort())
  })
})

function readCases(): readonly Case[] {
  return readFileSync(cases, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

function givenBy(args: readonly string[]): readonly Given[] {
  return args.flatMap((arg, at): readonly Given[] => {
    if (arg.startsWith('-var-file=')) return [{ file: arg.slice('-var-file='.length) }]
    if (args[at - 1] !== '-var') return []
    const [name = '', ...text] = arg.split('=')
    return [{ name, text: text.join('=') }]
  })
}

/** Sets have no order. */
function canonical(value: unknown, type: Type): unknown {
  if (typeof type === 'string' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item, at) =>
      canonical(item, type[0] === 'tuple' ? (type[1][at] ?? 'dynamic') : elementOf(type)),
    )
    return type[0] === 'set' ? items.map(item => JSON.stringify(item)).sort() : items
  }
  return Object.entries(value)
    .map(([name, item]) => [
      name,
      canonical(item, type[0] === 'object' ? (type[1][name] ?? 'dynamic') : elementOf(type)),
    ])
    .sort()
}

function elementOf(type: Exclude<Type, string>): Type {
  return type[0] === 'list' || type[0] === 'set' || type[0] === 'map' ? type[1] : 'dynamic'
}
