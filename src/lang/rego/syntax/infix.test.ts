import { expect, test } from 'vitest'
import { compile, RegoError } from '../index.ts'

test.each([
  ['1 + ', '1'],
  ['1 * ', '1'],
  ['{1} | ', '{1}'],
  ['1 in ', '[1]'],
])('a long chain of %s is an error, not the end of the stack', (link, last) => {
  const module = (links: number) => ({
    'p.rego': `package p\n\nx if { y := ${link.repeat(links)}${last} }\n`,
  })
  expect(() => compile(module(50_000))).toThrow(RegoError)
  expect(() => compile(module(1))).not.toThrow()
  if (last === '1') expect(() => compile(module(900))).not.toThrow()
})
