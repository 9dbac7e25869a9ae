import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../sandbox/aws/index.ts'
import { account, finding, sandboxCloud } from '../sandbox.fixture.ts'
import { dynamoStore } from './dynamo-store.ts'
import {
  type Ended,
  type Entry,
  type Happening,
  type Head,
  link,
  origin,
  type Started,
  verify,
} from './entry.ts'
import { fileStore } from './file-store.ts'
import { memoryStore } from './memory-store.ts'
import type { Store } from './store.ts'

const at = '2026-11-24T12:00:00.000Z'
const bucket = finding({ CheckID: 's3_bucket_public_access', ResourceId: 'arn:aws:s3:::b' })
const target = { partition: 'aws', account, region: 'us-east-1', arn: 'arn:aws:s3:::b', name: 'b' }

function started(job: string): Started {
  return {
    kind: 'started',
    ...{ job, at, event: 'e-1', finding: bucket, action: 'a', target, environment: 'dev' },
    plan: { calls: [], hash: 'h' },
    by: 'the settings',
    before: { open: job },
  }
}

function ended(job: string, more: Partial<Ended> = {}): Ended {
  return {
    kind: 'ended',
    ...{ job, at, event: 'e-1', finding: bucket, action: 'a', target, environment: 'dev' },
    outcome: 'FIXED',
    why: [],
    ran: [],
    after: { open: false },
    offer: null,
    ...more,
  }
}

const offer = { plan: { calls: [], hash: 'h' }, nonce: 'n-1', expires: at }

let sandbox: Sandbox | undefined
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batten-record-'))
})
afterEach(async () => {
  await sandbox?.close()
  sandbox = undefined
  rmSync(folder, { recursive: true, force: true })
})

const stores: readonly (readonly [string, () => Promise<Store>])[] = [
  ['memory', async () => memoryStore()],
  ['a folder', async () => fileStore(folder)],
  [
    'DynamoDB',
    async () => {
      sandbox = await startSandbox({
        dynamodb: { 'us-east-1': { tables: [{ TableName: 'batten' }] } },
      })
      return dynamoStore(sandboxCloud(sandbox.url, 'us-east-1'), 'batten')
    },
  ],
]

describe.each(stores)('a record in %s', (_, open) => {
  test('chains what happens and adds it up to jobs', async () => {
    const store = await open()
    await store.commit(started('j1'), { resource: 'a b' })
    await store.commit(ended('j1'), { resource: 'a b' })
    expect(await store.job('j1')).toMatchObject({
      state: 'ended',
      outcome: 'FIXED',
      before: { state: { open: 'j1' } },
      after: { state: { open: false } },
    })
    expect(await store.past('a b')).toEqual({ fixed: [at], undone: null, queued: null })
    expect(await store.job('j2')).toBeNull()
    expect(await verify(store.entries(), await store.head())).toEqual({
      entries: 2,
      head: (await store.head()).hash,
      fault: null,
    })
    expect(await list(store.jobs())).toHaveLength(1)
  })

  test('keeps the first before-state, whatever a later attempt finds', async () => {
    const store = await open()
    await store.commit(started('j1'))
    await store.commit({ ...started('j1'), before: { open: 'half' } })
    await store.commit(ended('j1', { outcome: 'PARTIAL' }))
    await store.commit({ ...started('j1'), before: { open: 'less' } })
    expect(await store.job('j1')).toMatchObject({ before: { state: { open: 'j1' } } })
  })

  test('lets a job end once', async () => {
    const store = await open()
    expect(await store.commit(ended('j1'))).toMatchObject({ ok: true })
    expect(await store.commit(ended('j1', { outcome: 'QUEUED' }))).toMatchObject({ ok: false })
    expect(await store.commit(started('j1'))).toMatchObject({ ok: false })
    expect((await store.head()).seq).toBe(1)
  })

  test('takes one decision on an offer, by its nonce', async () => {
    const store = await open()
    await store.commit(ended('j1', { outcome: 'QUEUED', offer }))
    const decide = (kind: 'approved' | 'rejected', nonce: string): Happening => ({
      ...{ kind, job: 'j1', at, by: 'ada', via: 'slack', nonce },
    })
    expect(await store.commit(decide('approved', 'n-2'))).toMatchObject({ ok: false })
    const both = await Promise.all([
      store.commit(decide('approved', 'n-1')),
      store.commit(decide('approved', 'n-1')),
      store.commit(decide('rejected', 'n-1')),
    ])
    expect(both.filter(one => one.ok)).toHaveLength(1)
    expect(await store.job('j1')).toMatchObject({ decision: { by: 'ada', hash: 'h' }, offer: null })
  })

  test('counts up to a limit, and not where something else failed', async () => {
    const store = await open()
    const limits = [{ name: 'hour', most: 2, until: 0 }]
    expect(await store.commit(started('j1'), { limits })).toMatchObject({ ok: true })
    await store.commit(ended('j1'))
    expect(await store.commit(started('j1'), { limits })).toMatchObject({ ok: false, full: null })
    expect(await store.commit(started('j2'), { limits })).toMatchObject({ ok: true })
    expect(await store.commit(started('j3'), { limits })).toMatchObject({
      ok: false,
      full: limits[0],
    })
    expect(await store.job('j3')).toBeNull()
    const none = [{ name: 'none', most: 0, until: 0 }]
    expect(await store.commit(started('j3'), { limits: none })).toMatchObject({ full: none[0] })
  })

  test('gives a lock to one until it runs out or is given back', async () => {
    const store = await open()
    expect(await store.lock('x', 'one', 1000, 2000)).toBe(true)
    expect(await store.lock('x', 'two', 1999, 3000)).toBe(false)
    expect(await store.lock('x', 'one', 1999, 2500)).toBe(true)
    await store.unlock('x', 'two')
    expect(await store.lock('x', 'two', 2499, 3000)).toBe(false)
    expect(await store.lock('x', 'two', 2500, 3000)).toBe(true)
    await store.unlock('x', 'two')
    expect(await store.lock('x', 'three', 2600, 3000)).toBe(true)
  })

  test('links 40 commits at once into one chain', async () => {
    const store = await open()
    const all = Array.from({ length: 40 }, (_, index) => store.commit(started(`j${index}`)))
    expect((await Promise.all(all)).every(one => one.ok)).toBe(true)
    expect(await verify(store.entries(), await store.head())).toMatchObject({
      entries: 40,
      fault: null,
    })
  })

  test('keeps notices until they are sent', async () => {
    const store = await open()
    const notice = { id: 'n1', channel: 'slack', job: 'j1', at }
    await store.commit(ended('j1'), { notices: [notice] })
    expect(await store.notices()).toEqual([notice])
    await store.drop(notice)
    expect(await store.notices()).toEqual([])
  })
})

describe('a record in a folder', () => {
  const file = () => join(folder, 'record.jsonl')
  async function two() {
    const store = fileStore(folder)
    await store.commit(started('j1'))
    await store.commit(ended('j1'))
  }
  const check = async () => {
    const store = fileStore(folder)
    return (await verify(store.entries(), await store.head())).fault
  }

  test('is read again by the next process', async () => {
    await two()
    expect(await fileStore(folder).job('j1')).toMatchObject({ outcome: 'FIXED' })
    expect(await check()).toBeNull()
  })

  test('goes on over a line that its writer did not finish', async () => {
    await two()
    appendFileSync(file(), '{"entry":{"version":1,"se')
    const store = fileStore(folder)
    expect(await store.commit(started('j2'))).toMatchObject({ ok: true, entry: { seq: 3 } })
    expect(await check()).toBeNull()
  })

  test.each<[string, (text: string) => string, RegExp]>([
    ['an altered entry', text => text.replace('"open":"j1"', '"open":"j9"'), /entry 1 was altered/],
    [
      'an entry that was taken out',
      text => text.slice(text.indexOf('\n') + 1),
      /entry 1 is missing/,
    ],
    ['a cut end', text => text.slice(0, text.indexOf('\n') + 1), /ends at entry 1/],
    ['a last entry that was written anew', text => rewritten(text, 1, 1), /entry 2 is another one/],
    ['the whole record, written anew', text => rewritten(text, 0, 2), /entry 2 is another one/],
    ['two that were written on', text => rewritten(text, 2, 2), /ends at entry 4/],
    ['an entry that was put in', text => `${text}${text.split('\n')[0]}\n`, /entry 3 is missing/],
  ])('%s is found, and nothing is written after it', async (_, alter, message) => {
    await two()
    writeFileSync(file(), alter(readFileSync(file(), 'utf8')))
    expect(await check()).toMatch(message)
    await expect(fileStore(folder).commit(started('j2'))).rejects.toThrow()
  })

  test('a damaged line is refused, not skipped', async () => {
    await two()
    writeFileSync(file(), `{]\n${readFileSync(file(), 'utf8')}`)
    await expect(fileStore(folder).job('j1')).rejects.toThrow(/damaged/)
  })

  test('is one for two processes at once', async () => {
    const [one, other] = [fileStore(folder), fileStore(folder)]
    await Promise.all(
      [...Array(20).keys()].map(n => (n % 2 ? one : other).commit(started(`j${n}`))),
    )
    expect(await check()).toBeNull()
    expect(await list(one.jobs())).toHaveLength(20)
  })
})

/** So many entries as they are, and after them others that follow well. */
function rewritten(text: string, kept: number, added: number): string {
  const lines = text.split('\n').slice(0, kept)
  let head: Head = origin
  for (const line of lines) head = (JSON.parse(line) as { entry: Entry }).entry
  for (let count = 0; count < added; count++) {
    const entry = link(head, { ...started(`f${count}`), by: 'somebody else' })
    lines.push(JSON.stringify({ entry }))
    head = entry
  }
  return `${lines.join('\n')}\n`
}

async function list<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
