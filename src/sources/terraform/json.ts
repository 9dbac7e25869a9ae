/** Parsed JSON, and ways into it that trust nothing. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord
export interface JsonRecord {
  readonly [name: string]: Json
}

export function isRecord(json: Json | undefined): json is JsonRecord {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

export function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}

/** What stands along a path; undefined where the path leads nowhere. */
export function at(
  json: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let here = json
  for (const step of path) {
    if (isList(here)) here = here[Number(step)]
    else if (isRecord(here) && Object.hasOwn(here, step)) here = here[step]
    else return undefined
  }
  return here
}

export function recordAt(json: Json | undefined, ...path: readonly string[]): JsonRecord {
  const found = at(json, ...path)
  return isRecord(found) ? found : {}
}

export function listAt(json: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(json, ...path)
  return isList(found) ? found : []
}

export function textAt(json: Json | undefined, ...path: readonly string[]): string | undefined {
  const found = at(json, ...path)
  return typeof found === 'string' ? found : undefined
}
