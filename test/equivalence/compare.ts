import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fold } from '../../src/engine/fold.ts'
import { Absent, type Attributes, type Plain, type Resource } from '../../src/resource.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/aws/index.ts'
import { openAccount } from '../../src/sources/aws/account.ts'
import { collection } from '../../src/sources/aws/collect.ts'
import { collectedTypes } from '../../src/sources/aws/rows.ts'
import { loadTerraform } from '../../src/sources/terraform/index.ts'
import { loadVocabulary } from '../../src/vocabulary/load.ts'
import { account, type Pair, region } from './pair.ts'

/** What both sides say of the one resource of the pair's type. */
export interface Compared {
  /** Top-level attributes that both know, wholly or in part, and agree upon. */
  readonly equal: readonly string[]
  /** `path: what code says / what the account says`. */
  readonly different: readonly string[]
}

export async function compare(pair: Pair): Promise<Compared> {
  const code = await fromCode(pair)
  const live = await fromWire(pair)
  const equal: string[] = []
  const different: string[] = []
  for (const name of new Set([...Object.keys(code), ...Object.keys(live)])) {
    if (name === pair.apart) continue
    const found = differences(code[name], live[name], name)
    different.push(...found)
    if (found.length === 0 && !isAbsent(code[name]) && !isAbsent(live[name])) equal.push(name)
  }
  return { equal: equal.sort(), different }
}

async function fromCode({ type, code }: Pair): Promise<Attributes> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'batten-pair-')))
  try {
    writeFileSync(join(folder, 'main.tf'), `provider "aws" {\n  region = "${region}"\n}\n${code}`)
    const { resources, gaps } = await loadTerraform(['.'], { cwd: folder, env: {} })
    if (gaps.length > 0) throw new Error(gaps.map(gap => gap.reason).join('; '))
    const tables = await loadVocabulary(resources.map(resource => resource.type))
    return one(fold(tables, resources), type)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everything that can be asked of the account, over HTTP. */
async function fromWire({ type, estate }: Pair): Promise<Attributes> {
  const sandbox = await startSandbox({ account, ...estate })
  const stop = new AbortController()
  pointTo(sandbox)
  try {
    const opened = await openAccount({ roles: [], regions: [region] }, undefined, stop.signal)
    if (!('place' in opened)) throw new Error(opened.reason)
    const tables = await loadVocabulary(collectedTypes)
    const live = collection({
      accounts: [opened],
      tables,
      regions: [region],
      signal: stop.signal,
      progress: () => {},
    })
    await live.list([type])
    const missing = live
      .resources()
      .flatMap(resource =>
        Object.keys(resource.attributes).map(name => ({ resource, path: [name] })),
      )
    await live.fetch(missing)
    const gaps = live.gaps()
    if (gaps.length > 0)
      throw new Error(gaps.map(gap => `${gap.subject}: ${gap.reason}`).join('; '))
    const found = one(live.resources(), type)
    opened.close()
    return found
  } finally {
    await sandbox.close()
  }
}

/** The SDK reads its environment; no other test runs in this process. */
function pointTo({ url }: Sandbox): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  })
}

function one(resources: readonly Resource[], type: string): Attributes {
  const found = resources.filter(resource => resource.type === type)
  const [first] = found
  if (!first || found.length > 1) throw new Error(`${found.length} resources of ${type}`)
  return first.attributes
}

/** Where both are known and not the same; the order within lists that are sets to AWS does not count. */
function differences(code: Plain, live: Plain, path: string): readonly string[] {
  if (isAbsent(code) || isAbsent(live)) return []
  if (Array.isArray(code) && Array.isArray(live)) {
    const [ours, theirs] = [ordered(code), ordered(live)]
    if (ours.length !== theirs.length || ours.some(isAbsent) || theirs.some(isAbsent))
      return same(ours, theirs, path)
    return ours.flatMap((each, at) => differences(each, theirs[at], `${path}[${at}]`))
  }
  if (isFields(code) && isFields(live)) {
    const names = new Set([...Object.keys(code), ...Object.keys(live)])
    return [...names].flatMap(name => differences(code[name], live[name], `${path}.${name}`))
  }
  return same(code, live, path)
}

function same(code: Plain, live: Plain, path: string): readonly string[] {
  const [ours, theirs] = [JSON.stringify(code ?? null), JSON.stringify(live ?? null)]
  return ours === theirs ? [] : [`${path}: ${ours} / ${theirs}`]
}

/** By what both sides know of the elements. */
function ordered(list: readonly Plain[]): readonly Plain[] {
  return [...list].sort((a, b) => (text(a) < text(b) ? -1 : 1))
}

function text(value: Plain): string {
  return (
    JSON.stringify(value, (_, each: unknown) => (each instanceof Absent ? undefined : each)) ?? ''
  )
}

function isAbsent(value: Plain): value is Absent {
  return value instanceof Absent
}

function isFields(value: Plain): value is Attributes {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Absent)
  )
}
