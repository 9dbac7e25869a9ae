import { shownName } from '../../lang/rego/compile/names.ts'
import type { Heard, Value } from '../../lang/rego/index.ts'
import type { Literal, Loc, Rule } from '../../lang/rego/syntax/ast.ts'

/** The expression that a test came to last, and what its variables were. */
export interface Failing {
  readonly literal: Literal
  readonly variables: ReadonlyMap<string, Value>
}

/** Follows how far the body of a test gets, apart for each of its cases. */
export function following({ body, loc: whole }: Rule): {
  hear(heard: Heard): void
  enterCase(name: string): void
  last(name?: string): Failing | null
} {
  const literals = body.filter(({ loc }) => isIn(loc, whole))
  const reached = new Map<string, { readonly index: number; readonly failing: Failing }>()
  let current = ''
  return {
    enterCase(name) {
      current = name
    },
    hear({ loc, variables }) {
      if (loc.file !== whole.file) return
      const index = literals.findIndex(each => isIn(loc, each.loc))
      const literal = literals[index]
      if (literal === undefined || index < (reached.get(current)?.index ?? 0)) return
      reached.set(current, { index, failing: { literal, variables: shown(variables()) } })
    },
    last: (name = '') => (reached.get(name) ?? reached.get(''))?.failing ?? null,
  }
}

function isIn(inner: Loc, outer: Loc): boolean {
  return inner.offset >= outer.offset && inner.end <= outer.end
}

/** By the names that the user gave. */
function shown(variables: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const named = new Map<string, Value>()
  for (const [name, value] of variables) {
    const own = shownName(name)
    if (own !== '' && own !== '_') named.set(own, value)
  }
  return named
}
