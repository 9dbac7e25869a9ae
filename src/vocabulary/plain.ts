import { Absent, type Plain } from '../resource.ts'

export type Fields = { readonly [key: string]: Plain }

export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value)
}

export function isFields(value: Plain): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Absent)
  )
}

export function child(value: Plain, step: string | number): Plain {
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined
  return isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

/** Whether something in it is absent, however deep. */
export function hasAbsent(value: Plain): boolean {
  const open: Plain[] = [value]
  for (let at = open.pop(); open.length > 0 || at !== undefined; at = open.pop()) {
    if (at instanceof Absent) return true
    if (isList(at)) for (const each of at) open.push(each)
    else if (isFields(at)) for (const key of Object.keys(at)) open.push(at[key])
  }
  return false
}

/** The same unknown number of something else. */
export function manyOf({ kind, reason, from }: Absent, as: Plain): Absent {
  return new Absent(kind, reason, { from, many: true, as })
}
