import type { Action } from './action.ts'

/** All actions, by their own ids and by the checks that they mend. */
export interface Registry {
  readonly all: readonly Action[]
  find(name: string): Action | undefined
}

export function registryOf(actions: readonly Action[]): Registry {
  const byName = new Map<string, Action>()
  // An action's own id wins over a check of that name: the guide's map is by them.
  for (const action of actions) byName.set(action.id, action)
  for (const action of actions) {
    for (const check of [...action.mends, ...(action.maybe ?? [])]) {
      if (!byName.has(check)) byName.set(check, action)
    }
  }
  return { all: actions, find: name => byName.get(name) }
}
