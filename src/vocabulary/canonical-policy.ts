import { Absent, type Path, type Plain } from '../resource.ts'
import { type Holed, parseWithHoles } from './json-holes.ts'
import { child, type Fields, isFields, isList, manyOf } from './plain.ts'

/**
 * A policy document in the shape of `policy-document.ts`, from JSON text, partly known text or a value; undefined for
 * empty text, an Absent with the reason for what is no document.
 */
export function canonicalPolicy(path: string, written: Plain): Plain {
  const read = documentOf(path, written)
  if (read instanceof Absent) return read
  const { value, open } = read
  if (value === undefined || value === null) return undefined
  if (!isFields(value)) return broken(`${path} is not a policy document`)
  return {
    Version: scalar(value.Version, open),
    Id: scalar(value.Id, open),
    Statement: list(value.Statement).map(each => statement(path, each, open)),
  }
}

/** The path in the document as it was written, from the path in its canonical shape. */
export function policySteps(written: Plain, path: Path): Path {
  const read = documentOf('', written)
  const [first, index, name, ...rest] = path
  if (read instanceof Absent || first !== 'Statement' || index === undefined) return path
  const statements = child(read.value, first)
  const isMany = isList(statements)
  const steps: (string | number)[] = isMany ? [first, index] : [first]
  const one = isMany ? statements[Number(index)] : statements
  if (typeof name !== 'string' || child(one, name) === undefined) return steps
  steps.push(name)
  return name === 'Condition'
    ? [...steps, ...conditionSteps(child(one, name), rest)]
    : [...steps, ...existing(child(one, name), rest)]
}

type Open = Holed['open']

function documentOf(path: string, written: Plain): Holed | Absent {
  if (typeof written === 'string') {
    if (written.trim() === '') return { value: undefined, open: same }
    return parseWithHoles([written], undefined) ?? broken(`${path} is not valid JSON`)
  }
  if (!(written instanceof Absent)) return { value: written, open: same }
  if (written.json !== undefined) return { value: written.json, open: same }
  if (written.parts === undefined || written.parts.every(part => part === null)) return written
  return parseWithHoles(written.parts, written) ?? written
}

function same(text: string): string {
  return text
}

function statement(path: string, value: Plain, open: Open): Plain {
  if (value instanceof Absent)
    return isFields(value.as) ? manyOf(value, statement(path, value.as, open)) : value
  if (!isFields(value)) return broken(`${path} has a statement that is no object`)
  return {
    Sid: scalar(value.Sid, open),
    Effect: scalar(value.Effect, open) ?? broken(`${path} has a statement without Effect`),
    Principal: principals(value.Principal, open),
    NotPrincipal: principals(value.NotPrincipal, open),
    Action: texts(value.Action, open),
    NotAction: texts(value.NotAction, open),
    Resource: texts(value.Resource, open),
    NotResource: texts(value.NotResource, open),
    Condition: conditions(value.Condition, open),
  }
}

function principals(value: Plain, open: Open): Plain {
  if (value === undefined || value === null) return undefined
  // A value of which nothing is known may name any kind of principal.
  if (value instanceof Absent && value.parts === undefined) return value
  const given: Fields = isFields(value) ? value : { AWS: value }
  return {
    AWS: texts(given.AWS ?? given['*'], open),
    Service: texts(given.Service, open),
    Federated: texts(given.Federated, open),
    CanonicalUser: texts(given.CanonicalUser, open),
  }
}

function conditions(value: Plain, open: Open): Plain {
  if (value instanceof Absent) return [unknownMany(value)]
  // Already canonical.
  if (isList(value)) return value
  return entries(value).flatMap(([operator, keys]): Plain[] => {
    if (keys instanceof Absent) return [unknownMany(keys)]
    return entries(keys).map(([key, values]) => ({
      operator,
      key: lowered(open(key)),
      values: texts(values, open),
    }))
  })
}

function conditionSteps(written: Plain, rest: Path): Path {
  const tests = entries(written).flatMap(([operator, keys]) =>
    keys instanceof Absent
      ? [{ steps: [operator], values: undefined }]
      : entries(keys).map(([key, values]) => ({ steps: [operator, key], values })),
  )
  const test = tests[Number(rest[0])]
  if (test === undefined) return []
  return rest[1] === 'values'
    ? [...test.steps, ...existing(test.values, rest.slice(2))]
    : test.steps
}

function lowered(key: string | Absent): string | Absent {
  if (typeof key === 'string') return key.toLowerCase()
  return new Absent(key.kind, key.reason, {
    from: key.from,
    parts: key.parts?.map(part => part?.toLowerCase() ?? null),
    holes: key.holes,
  })
}

/** The grammar lets one text stand for a list of one. */
function texts(value: Plain, open: Open): readonly Plain[] {
  if (value instanceof Absent) return [value.parts === undefined ? unknownMany(value) : value]
  return list(value).map(each => scalar(each, open) ?? broken('an element of a list is no text'))
}

function scalar(value: Plain, open: Open): Plain {
  if (typeof value === 'string') {
    const opened = open(value)
    return opened instanceof Absent && opened.parts === undefined ? unknownMany(opened) : opened
  }
  if (value instanceof Absent) return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** It may be one text or a list. */
function unknownMany({ kind, reason, from }: Absent): Absent {
  return new Absent(kind, reason, { from, many: true })
}

function list(value: Plain): readonly Plain[] {
  if (value === undefined || value === null) return []
  return isList(value) ? value : [value]
}

function entries(value: Plain): [string, Plain][] {
  return isFields(value) ? Object.entries(value) : []
}

/** As many steps as lead somewhere: a list of one may be written without its brackets. */
function existing(value: Plain, path: Path): Path {
  let at = value
  for (const [index, step] of path.entries()) {
    at = child(at, step)
    if (at === undefined) return path.slice(0, index)
  }
  return path
}

function broken(reason: string): Absent {
  return new Absent('unresolved', reason)
}
