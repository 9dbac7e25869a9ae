import type { CST } from 'yaml'

/** Nothing that people write is so deep. */
const deepest = 500

/** Every level takes an indicator: a text with few of them needs no closer look. */
export function canNestTooDeep(text: string): boolean {
  return (text.match(/[[{:?-]/g)?.length ?? 0) > deepest
}

/**
 * Whether YAML's tokens nest so deeply that composing them, which recurses, could use up the stack: Node may then stop
 * with no error that anybody could catch. Level by level, so that depth costs no stack here.
 */
export function nestsTooDeep(tokens: Iterable<CST.Token>): boolean {
  let level: readonly (CST.Token | null | undefined)[] = [...tokens]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap(below)
  }
  return false
}

function below(token: CST.Token | null | undefined): readonly (CST.Token | null | undefined)[] {
  if (token?.type === 'document') return [token.value]
  if (token === null || token === undefined || !('items' in token)) return []
  return token.items.flatMap(item => [item.key, item.value])
}
