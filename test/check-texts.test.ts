import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Check } from '../src/check.ts'
import { select } from '../src/engine/select.ts'
import { checkSources } from './check-harness.ts'

/** What holds for all checks together, and for what they say of themselves. */
const sources = await checkSources()
const checks = sources.flatMap(source => source.checks)
const { checks: cards } = await select({})
const rows = checks.map(check => [check.id, check] as const)

describe('ids', () => {
  test('are unique, in any case, and no alias of another check', () => {
    const ids = checks.map(check => check.id.toLowerCase())
    expect(duplicates(ids)).toEqual([])
    const aliases = checks.flatMap(check => (check.aliases ?? []).map(alias => alias.toLowerCase()))
    expect(aliases.filter(alias => ids.includes(alias))).toEqual([])
  })

  test('never vanish: a released one remains an id or an alias', () => {
    const released = readFileSync(resolve(import.meta.dirname, 'released-ids.txt'), 'utf8')
    const known = new Set(checks.flatMap(check => [check.id, ...(check.aliases ?? [])]))
    expect(released.split('\n').filter(id => id !== '' && !known.has(id))).toEqual([])
  })

  test('begin with the service, which the file is named after', () => {
    const strays = sources.flatMap(({ file, checks }) => {
      const service = /\/([a-z0-9]+)[^/]*\.ts$/.exec(file)?.[1] ?? ''
      return checks
        .filter(({ id }) => !/^[a-z0-9]+(_[a-z0-9]+)+$/.test(id) || !id.startsWith(`${service}_`))
        .map(({ id }) => `${file}: ${id}`)
    })
    expect(strays).toEqual([])
  })

  test('are in the generated index', () => {
    const live = checks.filter(check => check.deprecated === undefined).map(check => check.id)
    expect(
      cards.map(card => card.id),
      'npm run generate',
    ).toEqual(live.sort())
  })
})

describe('texts', () => {
  test.each(rows)('%s', (_, { title, why, fix }) => {
    expect(title).toMatch(/^[A-Z0-9].*[^.\s]$/)
    expect(title).not.toMatch(/\b(should|ensure|must)\b/i)
    expect(why).toMatch(/^[A-Z0-9`].*\.$/)
    expect(`${why} ${fix}`).not.toMatch(/\b(should|ensure|best practice)\b/i)
    expect(sentences(why), 'the harm in two sentences').toBeLessThanOrEqual(2)
    expect(verbs, 'a fix starts with a verb').toContain(fix.split(/[\s,]/)[0])
    expect(fix).toMatch(/\.$/)
  })
})

describe('commands', () => {
  test.each(rows.filter(([, check]) => check.cli !== undefined))('%s', (_, { cli = '' }) => {
    const places = [...cli.matchAll(/(.?)\{([a-z]+)\}(.?)/g)]
    for (const [, before = '', name = '', after = ''] of places) {
      expect(['name', 'region', 'account', 'arn']).toContain(name)
      // A value is quoted where it is filled in: within quotes it would end them.
      expect(before + after).not.toMatch(/["'`]/)
    }
    expect(cli).not.toMatch(/[\n;|&<>]|\$\(/)
  })
})

describe('examples', () => {
  test.each(rows)('%s has some that fail, and no two alike', (_, { bad, good = [] }) => {
    expect(bad.length).toBeGreaterThan(0)
    expect(duplicates([...bad, ...good].map(example => JSON.stringify(example)))).toEqual([])
  })
})

const facts = resolve(import.meta.dirname, '../../shared/facts')
describe.skipIf(!existsSync(facts))('aliases', () => {
  const checkov = table('checkov-checks.tsv').filter(row => row.framework === 'terraform')
  const trivy = table('trivy-checks.tsv')

  test.each(rows.filter(([, check]) => check.aliases))('%s', (_, check) => {
    const own = typesOf(check)
    for (const alias of check.aliases ?? []) {
      if (/^CKV/.test(alias)) {
        const types = checkov
          .filter(row => row.check_id === alias)
          .flatMap(row => row.resource_types?.split(',') ?? [])
        expect(types, `${alias} is a check of Checkov's`).not.toEqual([])
        expect(
          types.filter(type => own.has(type)),
          `${alias} is about ${types}`,
        ).not.toEqual([])
      } else {
        const known = trivy.find(row => row.id === alias)
        expect(known?.provider, `${alias} is a check of Trivy's`).toBe(check.provider)
      }
    }
  })

  /** With the types that are folded into the check's, and those that are the same by another name. */
  function typesOf(check: Check): ReadonlySet<string> {
    const card = cards.find(each => each.id === check.id)
    return new Set([...check.types, ...(card?.resourceTypes ?? [])])
  }

  function table(name: string): readonly Readonly<Record<string, string>>[] {
    if (!existsSync(facts)) return []
    const [head = '', ...lines] = readFileSync(resolve(facts, name), 'utf8').trimEnd().split('\n')
    const names = head.split('\t')
    return lines.map(line => {
      const cells = line.split('\t')
      return Object.fromEntries(names.map((column, at) => [column, cells[at] ?? '']))
    })
  }
})

/** A verb that is missing here belongs here; what is no verb does not. */
const verbs = new Set(
  `Add Allow Associate Attach Block Choose Configure Create Deactivate Declare Delete Deny Detach Disable Do Drop Enable
  Encrypt Give Grant Group Include Keep Leave Let Limit List Log Make Move Name Narrow Pass Point Protect Put Raise Remove
  Rename Replace Restore Restrict Rotate Route Run Schedule Select Send Set Sign Split Start Stop Store Switch Tag Take
  Turn Update Upgrade Use Write`.split(/\s+/),
)

function sentences(text: string): number {
  return text.split(/[.!?](?=\s+[A-Z`]|$)/).filter(part => part.trim() !== '').length
}

function duplicates(items: readonly string[]): readonly string[] {
  return items.filter((item, at) => items.indexOf(item) !== at)
}
