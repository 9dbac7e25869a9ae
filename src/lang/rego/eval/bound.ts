/**
 * Names of variables that are bound, as a list of sets that get larger outwards: a body of thousands of literals
 * neither copies them for each nor searches through as many sets.
 */
export class Bound {
  private readonly names: ReadonlySet<string>
  private readonly outer: Bound | undefined

  private constructor(names: ReadonlySet<string>, outer: Bound | undefined) {
    this.names = names
    this.outer = outer
  }

  static readonly none = new Bound(new Set(), undefined)

  has(name: string): boolean {
    for (let b: Bound | undefined = this; b !== undefined; b = b.outer) {
      if (b.names.has(name)) return true
    }
    return false
  }

  with(added: Iterable<string>): Bound {
    let names: ReadonlySet<string> = new Set(added)
    if (names.size === 0) return this
    let outer: Bound | undefined = this
    while (outer !== undefined && outer.names.size <= names.size) {
      names = new Set([...outer.names, ...names])
      outer = outer.outer
    }
    return new Bound(names, outer)
  }

  /** In the order in which they were bound. */
  *[Symbol.iterator](): Iterator<string> {
    if (this.outer !== undefined) yield* this.outer
    yield* this.names
  }
}
