import { Absent, type Plain } from '../resource.ts'
import { hasAbsent, isFields, isList } from '../vocabulary/plain.ts'

/** A policy document that was read into its canonical shape, as the JSON text that people's policies parse. */
export function policyText(document: Plain): string | Absent {
  if (typeof document === 'string') return document
  const absent = firstAbsent(document)
  if (absent !== null) return absent
  if (!isFields(document)) return JSON.stringify(document)
  const { Version, Id, Statement } = document
  return JSON.stringify(
    compact({
      Version,
      Id,
      Statement: isList(Statement) ? Statement.map(statement) : Statement,
    }),
  )
}

function statement(value: Plain): Plain {
  if (!isFields(value)) return value
  const { Condition, Principal, NotPrincipal, ...rest } = value
  return compact({
    ...rest,
    Principal: principal(Principal),
    NotPrincipal: principal(NotPrincipal),
    Condition: conditions(Condition),
  })
}

function principal(value: Plain): Plain {
  return isFields(value) ? compact(value) : value
}

/** From a list of tests to the block that AWS writes. */
function conditions(value: Plain): Plain {
  if (!isList(value) || value.length === 0) return undefined
  const block: { [operator: string]: { [key: string]: Plain } } = Object.create(null)
  for (const test of value) {
    if (!isFields(test)) continue
    const operator = String(test.operator)
    block[operator] ??= Object.create(null)
    const keys = block[operator]
    if (keys) keys[String(test.key)] = test.values
  }
  return block
}

/** Without what is not set and without the empty lists that stand for it. */
function compact(value: { readonly [name: string]: Plain }): Plain {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, each]) => each !== undefined && each !== null && !(isList(each) && each.length === 0),
    ),
  )
}

function firstAbsent(document: Plain): Absent | null {
  if (!hasAbsent(document)) return null
  const open: Plain[] = [document]
  for (let at = open.pop(); open.length > 0 || at !== undefined; at = open.pop()) {
    if (at instanceof Absent) return at
    if (isList(at)) open.push(...at)
    else if (isFields(at)) open.push(...Object.values(at))
  }
  return null
}
