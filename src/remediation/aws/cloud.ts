import { codeOf, Implausible } from '../../clouds/aws/failure.ts'
import type { Call } from '../call.ts'
import { asJson } from '../json.ts'
import type { Input, OperationName, Output, ServiceName } from './sdk/services.ts'

/** One account and region, with the rights that one action needs. */
export interface Cloud {
  /** A read. */
  ask<S extends ServiceName, O extends OperationName<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): Promise<Output<S, O>>
  /** A read of something that may never have been set: those codes give null. */
  find<S extends ServiceName, O extends OperationName<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
    absent: readonly string[],
  ): Promise<Output<S, O> | null>
  /** A change. */
  run(call: Call): Promise<{ readonly requestId: string | null }>
  close(): void
}

/** A change, as data. */
export function call<S extends ServiceName, O extends OperationName<S>>(
  service: S,
  operation: O,
  input: Input<S, O>,
): Call {
  return { service, operation, input: asJson(input) as Call['input'] }
}

/** Null where AWS says that the resource itself is gone. */
export async function ifThere<T>(
  gone: readonly string[],
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (gone.includes(codeOf(error))) return null
    throw error
  }
}

/** What the answer must hold: an answer without it says nothing, and is not taken for «none». */
export function given<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Implausible(`AWS's answer holds no ${what}`)
  return value
}

const mostPages = 20_000

/** All pages of a list. A token that comes back is an error: the list would never end. */
export async function pages<Page, Item>(
  ask: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
): Promise<readonly Item[]> {
  const all: Item[] = []
  const seen = new Set<string>()
  let token: string | undefined
  do {
    const page = await ask(token)
    all.push(...(items(page) ?? []))
    token = next(page) || undefined
    if (token !== undefined && seen.has(token)) throw new Error('AWS repeated a page')
    if (token !== undefined) seen.add(token)
    if (seen.size >= mostPages) throw new Error(`AWS has answered ${mostPages} pages`)
  } while (token !== undefined)
  return all
}
