import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UserError } from '../../errors.ts'
import { digest } from '../json.ts'
import { type Entry, fault, type Head, origin } from './entry.ts'
import { type MemoryStore, memoryStore } from './memory-store.ts'
import type { Limit, Store } from './store.ts'

/** One line of the file: the link, and what counts beside the chain. */
interface Line {
  readonly entry: Entry
  readonly resource?: string | undefined
  readonly limits?: readonly Limit[]
}

/**
 * The record in a folder: a line an entry, and the head beside it. Several processes may work on it; what is damaged is
 * refused, never taken for empty.
 */
export function fileStore(folder: string): Store {
  const file = join(folder, 'record.jsonl')
  const headFile = join(folder, 'head.json')
  let memory = memoryStore()
  let offset = 0

  /** Takes up what other processes have written since. */
  async function refresh(repair: boolean): Promise<MemoryStore> {
    // Before the file: other writers move the head after they have written.
    const kept = readHead(headFile)
    let another = false
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
    if (bytes.length < offset) throw new UserError(`${file} was cut while it was in use`)
    const end = bytes.lastIndexOf(0x0a) + 1
    for (const text of bytes.toString('utf8', offset, end).split('\n')) {
      if (text === '') continue
      const { entry, resource, limits = [] } = parseLine(text, file)
      const wrong = fault(await memory.head(), entry)
      if (wrong !== null)
        throw new UserError(`${file}: ${wrong}; batten remediate verify tells more`)
      another ||= entry.seq === kept.seq && entry.hash !== kept.hash
      memory.replay(entry, resource, limits)
    }
    offset = end
    const last = await memory.head()
    if (last.seq < kept.seq) {
      throw new UserError(`${file} ends before its head, entry ${kept.seq}: restore it from a copy`)
    }
    // A writer that died between the two leaves the head one behind, and never another one.
    if (another || (last.seq === kept.seq && last.hash !== kept.hash)) {
      throw new UserError(`${file} is not what its head was made of, entry ${kept.seq}: restore it`)
    }
    if (repair && last.seq > kept.seq + 1) {
      throw new UserError(`${file} goes on after its head, entry ${kept.seq}: restore it`)
    }
    // A line without an end was never acknowledged: its writer died.
    if (repair && end < bytes.length) truncateSync(file, end)
    return memory
  }

  return {
    async lock(name, owner, now, until) {
      mkdirSync(folder, { recursive: true })
      return alone(folder, async () => {
        const path = join(folder, `lock-${digest(name).slice(0, 16)}.json`)
        const held = existsSync(path) ? parseLock(readFileSync(path, 'utf8')) : null
        if (held && held.owner !== owner && held.until > now) return false
        replace(path, JSON.stringify({ owner, until }))
        return true
      })
    },
    async unlock(name, owner) {
      await alone(folder, async () => {
        const path = join(folder, `lock-${digest(name).slice(0, 16)}.json`)
        if (existsSync(path) && parseLock(readFileSync(path, 'utf8')).owner === owner) rmSync(path)
      })
    },
    job: async id => (await refresh(false)).job(id),
    past: async resource => (await refresh(false)).past(resource),
    async commit(happening, also = {}) {
      mkdirSync(folder, { recursive: true })
      return alone(folder, async () => {
        await refresh(true)
        const done = await memory.commit(happening, also)
        if (!done.ok) return done
        const { resource, limits } = also
        try {
          offset += append(file, `${JSON.stringify({ entry: done.entry, resource, limits })}\n`)
        } catch (error) {
          // What is not on the disk has not happened.
          memory = memoryStore()
          offset = 0
          throw error
        }
        replace(headFile, JSON.stringify({ seq: done.entry.seq, hash: done.entry.hash }))
        return done
      })
    },
    async *entries() {
      if (!existsSync(file)) return
      for (const text of readFileSync(file, 'utf8').split('\n')) {
        if (text !== '') yield parseLine(text, file).entry
      }
    },
    head: async () => readHead(headFile),
    async *jobs() {
      yield* (await refresh(false)).jobs()
    },
    notices: () => memory.notices(),
    drop: notice => memory.drop(notice),
  }
}

function parseLine(text: string, file: string): Line {
  try {
    return JSON.parse(text) as Line
  } catch {
    throw new UserError(`${file}: a line is damaged: ${JSON.stringify(text.slice(0, 40))}`)
  }
}

function readHead(file: string): Head {
  if (!existsSync(file)) return origin
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Head
  } catch {
    throw new UserError(`${file} is damaged: restore it from a copy`)
  }
}

function parseLock(text: string): { readonly owner: string; readonly until: number } {
  try {
    return JSON.parse(text) as { owner: string; until: number }
  } catch {
    return { owner: '', until: 0 }
  }
}

function append(file: string, text: string): number {
  const handle = openSync(file, 'a', 0o600)
  try {
    const written = writeSync(handle, text)
    fsyncSync(handle)
    return written
  } finally {
    closeSync(handle)
  }
}

/** Whole or not at all, whenever the process dies. */
function replace(file: string, text: string): void {
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, text, { mode: 0o600 })
  renameSync(fresh, file)
}

/** One process at a time; a lock whose process is gone is broken. */
async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, 'write.lock')
  for (let tries = 0; !take(path); tries++) {
    if (isStale(path)) rmSync(path, { force: true })
    if (tries > 400)
      throw new UserError(`${path} is held by another process: remove it if there is none`)
    await pause(25)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function isStale(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    if (!Number.isInteger(pid) || pid <= 0) return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
