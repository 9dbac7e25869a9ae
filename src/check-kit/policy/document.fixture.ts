import type { Absent } from '../../resource.ts'
import type { PolicyDocument, Principals, Statement } from '../../vocabulary/policy-document.ts'
import { every, some } from '../decide.ts'
import type { Text } from '../text.ts'

/** A statement as people write it, for the tests here: one or many, `*` for everyone. */
export interface Written {
  readonly Effect?: 'Allow' | 'Deny'
  readonly Principal?: WrittenPrincipal
  readonly NotPrincipal?: WrittenPrincipal
  readonly Action?: Many
  readonly NotAction?: Many
  readonly Resource?: Many
  readonly NotResource?: Many
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Many>>>>
}

type Many = Text | readonly Text[]
type WrittenPrincipal = '*' | Partial<Readonly<Record<keyof Principals, Many>>>

export function policy(...statements: readonly Written[]): PolicyDocument {
  return { Version: '2012-10-17', Id: undefined, Statement: threeValued(statements.map(statement)) }
}

function statement(written: Written): Statement {
  return {
    Sid: undefined,
    Effect: written.Effect ?? 'Allow',
    Principal: principals(written.Principal),
    NotPrincipal: principals(written.NotPrincipal),
    Action: list(written.Action),
    NotAction: list(written.NotAction),
    Resource: list(written.Resource),
    NotResource: list(written.NotResource),
    Condition: threeValued(
      Object.entries(written.Condition ?? {}).flatMap(([operator, tests]) =>
        Object.entries(tests).map(([key, values]) => ({
          operator,
          key: key.toLowerCase(),
          values: list(values),
        })),
      ),
    ),
  }
}

function principals(written: WrittenPrincipal | undefined): Principals | undefined {
  if (written === undefined) return undefined
  const { AWS, Service, Federated, CanonicalUser } = written === '*' ? { AWS: '*' } : written
  return {
    AWS: list(AWS),
    Service: list(Service),
    Federated: list(Federated),
    CanonicalUser: list(CanonicalUser),
  }
}

/** The type says string, since the view hands out partly known text in the string's place. */
function list(many: Many | undefined): readonly string[] {
  if (many === undefined) return []
  const items: readonly (string | Absent)[] = isList(many) ? many : [many]
  return threeValued(items as readonly string[])
}

/** As the engine's arrays answer. */
function threeValued<T>(items: readonly T[]): readonly T[] {
  return Object.assign([...items], {
    some: (test: (item: T) => boolean) => some(items, test),
    every: (test: (item: T) => boolean) => every(items, test),
  })
}

function isList(many: Many): many is readonly Text[] {
  return Array.isArray(many)
}
