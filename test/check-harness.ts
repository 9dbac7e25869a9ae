import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Check, Example } from '../src/check.ts'
import { type Evaluation, evaluate } from '../src/engine/evaluate.ts'
import { fold } from '../src/engine/fold.ts'
import { relate } from '../src/engine/relate.ts'
import type { Attributes, Plain, Resource } from '../src/resource.ts'
import { loadTerraform } from '../src/sources/terraform/index.ts'
import { loadVocabulary, type Tables } from '../src/vocabulary/load.ts'
import { normalise } from '../src/vocabulary/normalise.ts'

/** The resources of one example, folded, with what a judgement of them needs. */
export interface Estate {
  readonly tables: Tables
  readonly resources: readonly Resource[]
  /** What the source could not read: an example has none. */
  readonly gaps: readonly string[]
}

export interface CheckSource {
  /** `aws/s3.ts` */
  readonly file: string
  readonly checks: readonly Check[]
}

/** Every check, from the files themselves: the generated index may be stale. */
export async function checkSources(): Promise<readonly CheckSource[]> {
  const folder = resolve(import.meta.dirname, '../src/checks')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.includes('/') && /(?<!\.test)\.ts$/.test(file))
    .sort()
  return Promise.all(
    files.map(async file => {
      const module: { default?: readonly Check[] } = await import(join(folder, file))
      return { file, checks: module.default ?? [] }
    }),
  )
}

/** An example once for each of the check's types where it is one resource, once where it is whole blocks. */
export async function estatesOf(check: Check, example: Example): Promise<readonly Estate[]> {
  if (typeof example !== 'string') {
    const several = resourcesIn(example)
    if (several) return [await live(several)]
    return Promise.all(check.types.map(type => live([[type, example as Attributes]])))
  }
  if (isWhole(example)) return [await code(example)]
  return Promise.all(
    check.types.map(type => code(`resource "${type}" "example" {\n${example}\n}\n`)),
  )
}

/** Type → attributes, or a list of them: whole resources, and not the attributes of one. */
export function resourcesIn(
  example: Exclude<Example, string>,
): readonly (readonly [type: string, Attributes])[] | null {
  const entries = Object.entries(example)
  if (!entries.some(([name]) => /^(aws|azurerm|google)_/.test(name))) return null
  return entries.flatMap(([type, one]) =>
    (Array.isArray(one) ? one : [one]).map((each: Attributes) => [type, each] as const),
  )
}

/** Blocks as they stand in a file, not the body of one. */
export function isWhole(example: string): boolean {
  return /^\s*(resource|data|variable|locals|module|provider|output|terraform)\b[^=]*\{/.test(
    example,
  )
}

/** The check's verdicts on resources of its types. */
export async function judge(
  check: Check,
  { tables, resources }: Pick<Estate, 'tables' | 'resources'>,
  related = relate(tables, resources),
): Promise<Evaluation> {
  const load = async () => [check]
  return evaluate({ resources, selection: { settings: {}, load }, now, related })
}

/** The moment at which examples are judged. */
const now = new Date('2026-01-01T00:00:00Z')

async function code(text: string): Promise<Estate> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'batten-example-')))
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'main.tf'), text)
    const { resources, gaps } = await loadTerraform(['.'], { cwd: folder, env: {} })
    const tables = await loadVocabulary(resources.map(resource => resource.type))
    return {
      tables,
      resources: fold(tables, resources),
      gaps: gaps.map(gap => `${gap.subject}: ${gap.reason}`),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function live(several: readonly (readonly [type: string, Attributes])[]): Promise<Estate> {
  const tables = await loadVocabulary(several.map(([type]) => type))
  const resources = several.map(([type, plain], at): Resource => {
    const id = plain.arn ?? plain.id
    return {
      type,
      id: typeof id === 'string' ? id : `example-${at}`,
      name: 'example',
      account: '111122223333',
      region: type === 'aws_account' ? null : 'eu-west-1',
      ...normalise(tables, type, plain, 'live'),
      origin: { source: 'aws', address: null, span: null, root: null },
    }
  })
  return { tables, resources: fold(tables, resources), gaps: [] }
}

/** The attributes with a check's `set` put in: into every element of an array, and into blocks that are not there. */
export function mended(attributes: Attributes, set: NonNullable<Check['set']>): Attributes {
  return Object.entries(set).reduce<Attributes>(
    (all, [path, value]) => put(all, path.split('.'), value as Plain) as Attributes,
    attributes,
  )
}

function put(into: Plain, [name, ...rest]: readonly string[], value: Plain): Plain {
  if (name === undefined) return value
  if (Array.isArray(into)) {
    const elements: readonly Plain[] = into.length > 0 ? into : [{}]
    return elements.map(element => put(element, [name, ...rest], value))
  }
  const fields = isFields(into) ? into : {}
  return { ...fields, [name]: put(fields[name], rest, value) }
}

/** The same attributes with every array the other way round. */
export function reversed(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(reversed).reverse()
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, reversed(field)]))
}

function isFields(value: Plain): value is Attributes {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
