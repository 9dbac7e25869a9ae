import type { Operation, Service } from '../../clouds/aws/session.ts'
import { Absent, type Attributes, type Plain } from '../../resource.ts'

/** Where calls are made: an account, and a region of it. One object for each, so that what is shared can be kept by it. */
export interface Place {
  readonly account: string
  readonly partition: string
  readonly region: string
  call<Input, Output>(
    service: Service,
    operation: Operation<Input, Output>,
    input: Input,
  ): Promise<Output>
  /** The same account in another region. */
  in(region: string): Place
}

/** A call, or several, with the permissions that it takes. */
export interface Read<Of, Answer> {
  readonly permissions: readonly string[]
  readonly run: (at: Place, of: Of) => Promise<Answer>
}

/** A call that answers items, page by page: what was answered before a page fails stands. */
export interface Listing<Of, Item> {
  readonly permissions: readonly string[]
  readonly pages: (at: Place, of: Of) => AsyncIterable<readonly Item[]>
}

/** Terraform's attribute → the member of the answer by its name, or what it takes to make of it. */
export type Sources<From, Of> = Readonly<
  Record<string, (keyof From & string) | ((from: From, of: Of, at: Place) => unknown)>
>

export interface RowInput<Item> {
  readonly type: string
  readonly service: string
  readonly scope: 'account' | 'region'
  readonly list: Listing<undefined, Item>
  /** The ARN, wherever one exists. */
  readonly id: (item: Item, at: Place) => string
  /** Where an item of an account lives, if it lives in a region. */
  readonly region?: (item: Item, at: Place) => Promise<string | null>
  readonly set: Sources<Item, undefined>
  readonly details?: readonly Detail<Item>[]
}

/** One type of resource, ready to be listed. */
export interface Row {
  readonly type: string
  readonly service: string
  readonly scope: 'account' | 'region'
  readonly permissions: readonly string[]
  /** What the list tells. */
  readonly attributes: readonly string[]
  /** What is asked of each resource only where a check reads it. */
  readonly details: readonly {
    readonly permissions: readonly string[]
    readonly attributes: readonly string[]
  }[]
  list(at: Place): AsyncIterable<readonly Found[]>
}

export interface Found {
  readonly id: string
  readonly region: string | null
  readonly attributes: Attributes
  /** Asks the detail of that number; null where the resource is gone, or turns out to be none of the type. */
  more(detail: number): Promise<Attributes | null>
}

export interface Detail<Item> {
  readonly permissions: readonly string[]
  readonly attributes: readonly string[]
  read(item: Item, at: Place): Promise<Attributes | null>
}

/** For an attribute that the list tells of some only: of the others a detail does. */
export const later: unique symbol = Symbol('later')

/** What tells that the thing was no resource of the type after all. */
export const none: unique symbol = Symbol('none')

export function row<Item>(input: RowInput<Item>): Row {
  const { type, service, scope, list, details = [] } = input
  return {
    type,
    service,
    scope,
    permissions: list.permissions,
    attributes: Object.keys(input.set),
    details,
    async *list(at) {
      for await (const page of list.pages(at, undefined))
        yield await Promise.all(page.map(item => foundOf(input, item, at)))
    },
  }
}

async function foundOf<Item>(input: RowInput<Item>, item: Item, at: Place): Promise<Found> {
  const { details = [] } = input
  const region =
    input.region === undefined
      ? input.scope === 'region'
        ? at.region
        : null
      : await input.region(item, at)
  const here = region === null ? at : at.in(region)
  return {
    id: input.id(item, at),
    region,
    attributes: attributesOf(input.set, item, undefined, at),
    // Without details the item need not be kept.
    more:
      details.length === 0
        ? nothing
        : async number => (await details[number]?.read(item, here)) ?? null,
  }
}

async function nothing(): Promise<null> {
  return null
}

/** Attributes that one more reading tells. */
export function detail<Item, Answer>(
  read: Read<Item, Answer>,
  set: Readonly<Record<string, (answer: Answer, item: Item, at: Place) => unknown>>,
): Detail<Item> {
  const attributes = withAllTags(Object.keys(set))
  return {
    permissions: read.permissions,
    attributes,
    async read(item, at) {
      const answer = await read.run(at, item)
      const found: { [name: string]: Plain } = {}
      for (const [name, source] of Object.entries(set)) {
        const value = source(answer, item, at)
        if (value === none) return null
        found[name] = plain(value)
      }
      if (found.tags !== undefined) found.tags_all = found.tags
      return found
    },
  }
}

/** What no provider adds to is the same: a running account knows one set of tags. */
function withAllTags(names: readonly string[]): readonly string[] {
  return names.includes('tags') ? [...names, 'tags_all'] : names
}

function attributesOf<From, Of>(set: Sources<From, Of>, from: From, of: Of, at: Place): Attributes {
  const found: { [name: string]: Plain } = {}
  for (const [name, source] of Object.entries(set)) {
    const value = typeof source === 'string' ? from[source] : source(from, of, at)
    if (value !== later) found[name] = plain(value)
  }
  return found
}

/** What an SDK client answers as plain data: what was read and is not there is null, a moment is text. */
function plain(value: unknown): Plain {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z')
  if (value instanceof Absent) return value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object') return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}
