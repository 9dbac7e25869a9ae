// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import { expect, test } from 'vitest'
import { parseWholeExpression } from './parse-expression.ts'
import { references } from './references.ts'

test.each([
  ['local.a.b[0]["c"].d', ['local.a.b[0]["c"].d']],
  ['a.b[local.k].c', ['a.b', 'local.k']],
  ['a.b[*].c[local.i]', ['a.b', 'local.i']],
  ['[for x in var.xs : x.y + z.w if x.on]', ['var.xs', 'z.w']],
  ['{ for k, v in m.n : k => v... }', ['m.n']],
  [
    '"${a.b}%{ for x in c.d }${x}${e.f}%{ endfor }%{ if g.h }%{ endif }"',
    ['a.b', 'c.d', 'e.f', 'g.h'],
  ],
  ['{ (a.b) = c.d, e = f.g }', ['a.b', 'c.d', 'f.g']],
  ['[for x in x : x]', ['x']],
  ['f(a ? !b : -c)', ['a', 'b', 'c']],
])('%s', (text, names) => {
  const found = references(parseWholeExpression(text))
  expect(found.map(({ range }) => text.slice(range.start, range.end))).toEqual(names)
})
