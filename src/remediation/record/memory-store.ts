import { type Entry, type Head, link, origin } from './entry.ts'
import { type Job, next, nextPast, noPast, type Past } from './job.ts'
import type { Limit, Notice, Store } from './store.ts'

export interface MemoryStore extends Store {
  /** Takes an entry that is in the chain already, as when a file is read. */
  replay(entry: Entry, resource: string | undefined, limits: readonly Limit[]): void
}

/** The record of one process; all stores mean the same as this one. */
export function memoryStore(): MemoryStore {
  const chain: Entry[] = []
  const jobs = new Map<string, Job>()
  const pasts = new Map<string, Past>()
  const counts = new Map<string, number>()
  const locks = new Map<string, { readonly owner: string; readonly until: number }>()
  const notices = new Map<string, Notice>()
  let head: Head = origin

  function add(entry: Entry, job: Job, resource: string | undefined, limits: readonly Limit[]) {
    chain.push(entry)
    head = { seq: entry.seq, hash: entry.hash }
    jobs.set(job.id, job)
    if (resource !== undefined)
      pasts.set(resource, nextPast(pasts.get(resource) ?? noPast, entry.happening))
    for (const limit of limits) counts.set(limit.name, (counts.get(limit.name) ?? 0) + 1)
  }

  return {
    async lock(name, owner, now, until) {
      const held = locks.get(name)
      if (held && held.owner !== owner && held.until > now) return false
      locks.set(name, { owner, until })
      return true
    },
    async unlock(name, owner) {
      if (locks.get(name)?.owner === owner) locks.delete(name)
    },
    job: async id => jobs.get(id) ?? null,
    past: async resource => pasts.get(resource) ?? noPast,
    async commit(happening, also = {}) {
      const before = jobs.get(happening.job) ?? null
      const entry = link(head, happening)
      const job = next(before, entry.happening)
      if (!job) return { ok: false, full: null, job: before }
      const limits = also.limits ?? []
      const full = limits.find(limit => (counts.get(limit.name) ?? 0) >= limit.most)
      if (full) return { ok: false, full, job: before }
      add(entry, job, also.resource, limits)
      for (const notice of also.notices ?? []) notices.set(notice.id, notice)
      return { ok: true, entry, job }
    },
    async *entries() {
      yield* chain
    },
    head: async () => head,
    async *jobs() {
      yield* jobs.values()
    },
    notices: async () => [...notices.values()],
    async drop(notice) {
      notices.delete(notice.id)
    },
    replay(entry, resource, limits) {
      const job = next(jobs.get(entry.happening.job) ?? null, entry.happening)
      if (job) add(entry, job, resource, limits)
    },
  }
}
