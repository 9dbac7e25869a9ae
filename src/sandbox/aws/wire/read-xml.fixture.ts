export interface Xml {
  readonly name: string
  readonly attributes: string
  readonly text: string
  readonly children: readonly Xml[]
}

/** An XML reader of a page, that shares nothing with the SDK's: enough for what AWS sends. */
export function readXml(source: string): Xml | undefined {
  interface Open {
    name: string
    attributes: string
    text: string
    children: Xml[]
  }
  const top: Open = { name: '', attributes: '', text: '', children: [] }
  const stack: Open[] = [top]
  const token =
    /<\?[^>]*\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy
  for (const [whole, closing, opening, attributes = '', empty, text] of source.matchAll(token)) {
    const current = stack.at(-1)
    if (!current) return undefined
    if (text !== undefined) current.text += unescaped(text)
    if (opening !== undefined) {
      const made: Open = { name: opening, attributes, text: '', children: [] }
      current.children.push(made)
      if (empty === '') stack.push(made)
    }
    if (closing !== undefined && stack.pop()?.name !== closing) {
      throw new Error(`${whole} closes nothing`)
    }
  }
  if (stack.length !== 1) throw new Error('an element stays open')
  return top.children[0]
}

function unescaped(text: string): string {
  const named = new Map([
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['apos', "'"],
    ['amp', '&'],
  ])
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return named.get(name) ?? whole
  })
}
