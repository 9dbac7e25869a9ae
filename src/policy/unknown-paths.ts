/** Dotted paths, without indexes, at which an input has accessors: there something is not known. */
export function unknownPaths(values: object): readonly string[] {
  const found = new Set<string>()
  const open: { readonly at: object; readonly path: string }[] = [{ at: values, path: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, path } = next
    for (const key of Object.keys(at)) {
      const property = Object.getOwnPropertyDescriptor(at, key)
      const name = Array.isArray(at) ? path : path === '' ? key : `${path}.${key}`
      if (property?.get) found.add(name)
      const inner: unknown = property?.get ? property.get.call(at) : property?.value
      if (typeof inner === 'object' && inner !== null) open.push({ at: inner, path: name })
    }
  }
  return [...found].sort()
}
