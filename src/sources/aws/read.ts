import { codeOf, Implausible } from '../../clouds/aws/failure.ts'
import { type Operation, operationName, type Service } from '../../clouds/aws/session.ts'
import type { Listing, Place, Read } from './row.ts'

/** How a service pages through its lists. */
export interface Paging {
  readonly ask: string
  readonly answer: string
}

/** The readings of one service. */
export interface Reader {
  /** One call; the codes that say that there is nothing give null. */
  one<Of, Input, Output>(
    operation: Operation<Input, Output>,
    input: (of: Of, at: Place) => Input,
    how?: Permissions & { readonly absent?: readonly string[] },
  ): Read<Of, Output | null>
  /** The answers to a call that is made page by page. */
  answers<Of, Input extends object, Output extends object>(
    operation: Operation<Input, Output>,
    input: (of: Of, at: Place) => Input,
    how?: Permissions & { readonly absent?: readonly string[] },
  ): Listing<Of, Output>
  /** The list that is a member of them. */
  pages<Of, Input extends object, Output extends object, Member extends keyof Output>(
    operation: Operation<Input, Output>,
    member: Member,
    input: (of: Of, at: Place) => Input,
    how?: Permissions & { readonly absent?: readonly string[] },
  ): Listing<Of, ItemOf<Output[Member]>>
}

type ItemOf<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never

interface Permissions {
  /** Where IAM's action is not called as the operation. */
  readonly permission?: string
}

/** No list is so long; what is said to be would never end. */
const mostPages = 20_000

export function reader(service: Service, paging: Paging): Reader {
  return {
    one(operation, input, { absent = [], permission } = {}) {
      return {
        permissions: [permission ?? `${service.name}:${operationName(operation)}`],
        async run(at, of) {
          try {
            return await at.call(service, operation, input(of, at))
          } catch (error) {
            if (absent.includes(codeOf(error))) return null
            throw error
          }
        },
      }
    },
    answers(operation, input, { absent = [], permission } = {}) {
      return {
        permissions: [permission ?? `${service.name}:${operationName(operation)}`],
        async *pages(at, of) {
          const seen = new Set<string>()
          for (let token: string | undefined; ; ) {
            const asked = input(of, at)
            const answer = await at
              .call(
                service,
                operation,
                token === undefined ? asked : { ...asked, [paging.ask]: token },
              )
              .catch((error: unknown) => {
                if (absent.includes(codeOf(error))) return null
                throw error
              })
            if (answer === null) return
            yield [answer]
            token = tokenOf(answer, paging.answer)
            if (token === undefined) return
            if (seen.has(token))
              throw new Implausible(`${operationName(operation)} answered the same page twice`)
            seen.add(token)
            if (seen.size >= mostPages)
              throw new Implausible(`${operationName(operation)} has answered ${mostPages} pages`)
          }
        },
      }
    },
    pages(operation, member, input, how) {
      const name = operationName(operation)
      return mapped(this.answers(operation, input, how), answers =>
        answers.flatMap(answer => itemsOf(answer[member], name)),
      )
    },
  }
}

/** Every page of a list at once. */
export function all<Of, Item>(listing: Listing<Of, Item>): Read<Of, readonly Item[]> {
  return {
    permissions: listing.permissions,
    async run(at, of) {
      const items: Item[] = []
      for await (const page of listing.pages(at, of)) for (const item of page) items.push(item)
      return items
    },
  }
}

/** A list that several ask for and that is read once a place. */
export function shared<Item>(listing: Listing<undefined, Item>): Listing<unknown, Item> {
  const made = new WeakMap<
    Place,
    Promise<{ pages: readonly (readonly Item[])[]; error?: unknown }>
  >()
  async function read(at: Place) {
    const pages: (readonly Item[])[] = []
    try {
      for await (const page of listing.pages(at, undefined)) pages.push(page)
      return { pages }
    } catch (error) {
      return { pages, error }
    }
  }
  return {
    permissions: listing.permissions,
    async *pages(at) {
      const reading = made.get(at) ?? read(at)
      made.set(at, reading)
      const { pages, error } = await reading
      yield* pages
      if (error !== undefined) throw error
    },
  }
}

/** What a shared list says of an item, found by a key. */
export function grouped<Of, Item>(
  listing: Listing<unknown, Item>,
  keyOf: (item: Item) => string | readonly string[] | undefined,
  wanted: (of: Of) => string | undefined,
): Read<Of, readonly Item[]> {
  const made = new WeakMap<Place, Promise<ReadonlyMap<string, readonly Item[]>>>()
  async function index(at: Place): Promise<ReadonlyMap<string, readonly Item[]>> {
    const groups = new Map<string, Item[]>()
    for await (const page of listing.pages(at, undefined))
      for (const item of page)
        for (const key of [keyOf(item) ?? []].flat()) {
          const group = groups.get(key)
          if (group === undefined) groups.set(key, [item])
          else group.push(item)
        }
    return groups
  }
  return {
    permissions: listing.permissions,
    async run(at, of) {
      const reading = made.get(at) ?? index(at)
      made.set(at, reading)
      return (await reading).get(wanted(of) ?? '') ?? []
    },
  }
}

/** A reading that several items share by a key: an image that many instances run from. */
export function keyed<Of, Answer>(
  read: Read<Of, Answer>,
  keyOf: (of: Of) => string,
): Read<Of, Answer> {
  const made = new WeakMap<Place, Map<string, Promise<Answer>>>()
  return {
    permissions: read.permissions,
    run(at, of) {
      const known = made.get(at) ?? new Map<string, Promise<Answer>>()
      made.set(at, known)
      const key = keyOf(of)
      const reading = known.get(key) ?? read.run(at, of)
      known.set(key, reading)
      return reading
    },
  }
}

/** One thing that is always there, told by one reading. */
export function only<Answer>(read: Read<undefined, Answer>): Listing<undefined, Answer> {
  return {
    permissions: read.permissions,
    async *pages(at) {
      yield [await read.run(at, undefined)]
    },
  }
}

/** One thing that is always there, and that no call tells. */
export const always: Listing<undefined, object> = {
  permissions: [],
  async *pages() {
    yield [{}]
  },
}

/** Another list, made of each page of this one. */
export function mapped<Of, Item, Made>(
  listing: Listing<Of, Item>,
  make: (items: readonly Item[]) => readonly Made[],
): Listing<Of, Made> {
  return {
    permissions: listing.permissions,
    async *pages(at, of) {
      for await (const page of listing.pages(at, of)) yield make(page)
    },
  }
}

/** A list that is not in the answer at all was not answered: AWS sends an empty one. */
export function itemsOf<List>(list: List, operation: string): readonly ItemOf<List>[] {
  if (!isItems<ItemOf<List>>(list)) throw new Implausible(`${operation} answered without its list`)
  return list
}

function isItems<Item>(value: unknown): value is readonly Item[] {
  return Array.isArray(value)
}

function tokenOf(answer: object, name: string): string | undefined {
  const token: unknown = Object.getOwnPropertyDescriptor(answer, name)?.value
  if (token === undefined || token === null || token === '') return undefined
  // To take it for the end would be to say that what is left is not there.
  if (typeof token !== 'string') throw new Implausible(`${name} is no text`)
  return token
}
