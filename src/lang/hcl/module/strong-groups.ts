/**
 * The groups of names that reach one another, each sorted: Tarjan's algorithm with its own stack. A name
 * alone is a group only where it needs itself.
 */
export function strongGroups(
  names: Iterable<string>,
  needs: (name: string) => Iterable<string>,
): readonly (readonly string[])[] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const groups: string[][] = []

  function enter(name: string): Frame {
    order.set(name, order.size)
    low.set(name, order.size - 1)
    open.push(name)
    isOpen.add(name)
    return { name, rest: needs(name)[Symbol.iterator]() }
  }

  function lower(name: string, to: number): void {
    low.set(name, Math.min(low.get(name) ?? to, to))
  }

  function leave({ name }: Frame): void {
    if (low.get(name) !== order.get(name)) return
    const group: string[] = []
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      isOpen.delete(top)
      group.push(top)
      if (top === name) break
    }
    const needsItself = group.length > 1 || [...needs(name)].includes(name)
    if (needsItself) groups.push(group.sort())
  }

  for (const start of names) {
    if (order.has(start)) continue
    const frames = [enter(start)]
    for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
      const next = top.rest.next()
      if (next.done) {
        frames.pop()
        leave(top)
        const above = frames.at(-1)
        if (above !== undefined) lower(above.name, low.get(top.name) ?? 0)
      } else if (!order.has(next.value)) {
        frames.push(enter(next.value))
      } else if (isOpen.has(next.value)) {
        lower(top.name, order.get(next.value) ?? 0)
      }
    }
  }
  return groups
}

interface Frame {
  readonly name: string
  readonly rest: Iterator<string>
}
