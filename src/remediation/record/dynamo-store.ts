import { setTimeout as pause } from 'node:timers/promises'
import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { codeOf } from '../../clouds/aws/failure.ts'
import { type Cloud, pages } from '../aws/cloud.ts'
import { type Entry, type Happening, type Head, link, origin } from './entry.ts'
import { type Job, next, nextPast, noPast, type Past } from './job.ts'
import type { Alongside, Committed, Limit, Notice, Store } from './store.ts'

/**
 * The record in a DynamoDB table with the string keys `pk` and `sk`. Every commit is one transaction, conditional on the head
 * of the chain and on the job's version, so that of runs that meet one wins and the others look again.
 */
export function dynamoStore(cloud: Cloud, table: string): Store {
  async function read<T>(pk: string, sk: string): Promise<Versioned<T> | null> {
    const answer = await cloud.ask('dynamodb', 'GetItem', {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    })
    return answer.Item ? versioned<T>(answer.Item) : null
  }

  async function list<T>(pk: string): Promise<readonly T[]> {
    const items = await pages(
      token =>
        cloud.ask('dynamodb', 'Query', {
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          ConsistentRead: true,
          ExclusiveStartKey: token === undefined ? undefined : { pk: { S: pk }, sk: { S: token } },
        }),
      page => page.Items,
      page => page.LastEvaluatedKey?.sk?.S,
    )
    return items.map(item => versioned<T>(item).data)
  }

  async function write(happening: Happening, also: Alongside): Promise<Committed | 'again'> {
    const { resource, limits = [], notices = [] } = also
    const [head, known, past] = await Promise.all([
      read<Head>('head', '-'),
      read<Job>('job', happening.job),
      resource === undefined ? null : read<Past>('past', resource),
    ])
    const entry = link(head?.data ?? origin, happening)
    const before = known?.data ?? null
    const job = next(before, entry.happening)
    if (!job) return { ok: false, full: null, job: before }
    const fresh: Head = { seq: entry.seq, hash: entry.hash }
    const steps: TransactWriteItem[] = [
      put(table, 'chain', String(entry.seq).padStart(12, '0'), entry, 0),
      put(table, 'head', '-', fresh, head?.version ?? 0),
      put(table, 'job', job.id, job, known?.version ?? 0),
      ...(resource === undefined
        ? []
        : [
            put(
              table,
              'past',
              resource,
              nextPast(past?.data ?? noPast, entry.happening),
              past?.version ?? 0,
            ),
          ]),
      ...limits.map(limit => count(table, limit)),
      ...notices.map(notice => put(table, 'notice', notice.id, notice, null)),
    ]
    try {
      await cloud.ask('dynamodb', 'TransactWriteItems', { TransactItems: steps })
      return { ok: true, entry, job }
    } catch (error) {
      const reasons = cancelled(error)
      if (reasons === null) throw error
      const isFull = (_: Limit, index: number) =>
        reasons[steps.length - notices.length - limits.length + index] === 'ConditionalCheckFailed'
      const full = limits.find(isFull)
      const others = reasons.filter((reason, index) => reason !== 'None' && !isLimit(index))
      return full && others.length === 0 ? { ok: false, full, job: before } : 'again'
    }

    function isLimit(index: number): boolean {
      const first = steps.length - notices.length - limits.length
      return index >= first && index < first + limits.length
    }
  }

  return {
    async lock(name, owner, now, until) {
      try {
        await cloud.ask('dynamodb', 'PutItem', {
          TableName: table,
          Item: {
            ...key('lock', name),
            holder: { S: owner },
            leasedUntil: { N: String(until) },
            forgetAt: { N: String(Math.ceil(until / 1000) + 3600) },
          },
          ConditionExpression:
            'attribute_not_exists(pk) OR holder = :holder OR leasedUntil <= :now',
          ExpressionAttributeValues: { ':holder': { S: owner }, ':now': { N: String(now) } },
        })
        return true
      } catch (error) {
        if (codeOf(error) === 'ConditionalCheckFailedException') return false
        throw error
      }
    },
    async unlock(name, owner) {
      try {
        await cloud.ask('dynamodb', 'DeleteItem', {
          TableName: table,
          Key: key('lock', name),
          ConditionExpression: 'holder = :holder',
          ExpressionAttributeValues: { ':holder': { S: owner } },
        })
      } catch (error) {
        if (codeOf(error) !== 'ConditionalCheckFailedException') throw error
      }
    },
    job: async id => (await read<Job>('job', id))?.data ?? null,
    past: async resource => (await read<Past>('past', resource))?.data ?? noPast,
    async commit(happening, also = {}) {
      for (let attempt = 1; ; attempt++) {
        const done = await write(happening, also)
        if (done !== 'again') return done
        if (attempt >= mostAttempts)
          throw new Error('the record is too busy: the head moved each time')
        await pause(Math.min(20 * attempt, 400) * (0.5 + Math.random()))
      }
    },
    async *entries() {
      yield* await list<Entry>('chain')
    },
    head: async () => (await read<Head>('head', '-'))?.data ?? origin,
    async *jobs() {
      yield* await list<Job>('job')
    },
    notices: () => list<Notice>('notice'),
    async drop(notice) {
      await cloud.ask('dynamodb', 'DeleteItem', { TableName: table, Key: key('notice', notice.id) })
    },
  }
}

const mostAttempts = 50

interface Versioned<T> {
  readonly data: T
  readonly version: number
}

type Item = Record<string, AttributeValue>

function key(pk: string, sk: string): { pk: { S: string }; sk: { S: string } } {
  return { pk: { S: pk }, sk: { S: sk } }
}

function versioned<T>(item: Item): Versioned<T> {
  const { data, rev } = item
  if (data?.S === undefined) throw new Error('an item of the record holds no data')
  return { data: JSON.parse(data.S) as T, version: Number(rev?.N ?? 0) }
}

/** Version 0: it must not be there yet; null: whatever is there is replaced. */
function put(
  table: string,
  pk: string,
  sk: string,
  data: object,
  version: number | null,
): TransactWriteItem {
  const Item = {
    ...key(pk, sk),
    data: { S: JSON.stringify(data) },
    rev: { N: String((version ?? 0) + 1) },
  }
  if (version === null) return { Put: { TableName: table, Item } }
  if (version === 0) {
    return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } }
  }
  return {
    Put: {
      TableName: table,
      Item,
      ConditionExpression: 'rev = :rev',
      ExpressionAttributeValues: { ':rev': { N: String(version) } },
    },
  }
}

function count(table: string, { name, most, until }: Limit): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: key('count', name),
      UpdateExpression: 'ADD changes :one SET forgetAt = :at',
      // An attribute that is not there is less than nothing: a cap of 0 lets none through.
      ConditionExpression:
        most > 0 ? 'attribute_not_exists(changes) OR changes < :most' : 'changes < :most',
      ExpressionAttributeValues: {
        ':one': { N: '1' },
        ':most': { N: String(most) },
        ':at': { N: String(Math.ceil(until / 1000)) },
      },
    },
  }
}

/** Why each step of a transaction did not go; null: it was another error. */
function cancelled(error: unknown): readonly string[] | null {
  if (codeOf(error) === 'TransactionConflictException') return ['TransactionConflict']
  if (codeOf(error) !== 'TransactionCanceledException') return null
  if (typeof error !== 'object' || error === null || !('CancellationReasons' in error)) return null
  const { CancellationReasons: reasons } = error
  if (!Array.isArray(reasons)) return null
  return reasons.map(reason => String((reason as { Code?: unknown } | null)?.Code ?? 'None'))
}
