import { expect, test } from 'vitest'
import { compile } from '../index.ts'

const policy = compile(
  { 'a.rego': 'package a\n\nx := strings.render_template(input.t, {"a": 1})' },
  {
    version: 'v1',
  },
)
const rendered = (t: string) =>
  policy.query('x = data.a.x', { input: { t }, strictBuiltinErrors: true })[0]?.x

test.each([
  ['{{.a}}', '1'],
  ['{{ .a }}', '1'],
  ['{{if .a }}yes{{ else }}no{{ end }}', 'yes'],
  ['x  {{- .a -}}  y', 'x1y'],
  ['x  {{-\n.a\n-}}  y', 'x1y'],
  ['x {{/* "a comment }} */}}y', 'x y'],
  ['x {{- /* a comment */ -}} y', 'xy'],
  ['{{"}}"}}{{ `}}` }}', '}}}}'],
  ['{{ "a \\" }}" }}', 'a " }}'],
  ['no action }}', 'no action }}'],
])('%s', (template, text) => {
  expect(rendered(template)).toBe(text)
})

test.each([
  ['{{ 1', 'unclosed action'],
  ['{{ "1 }}', 'unterminated quoted string'],
  ['{{if .a}}', 'unexpected EOF'],
  ['{{/* a */ .a}}', 'comment ends before closing delimiter'],
  ['{{end}}', 'unexpected {{end}}'],
])('%s is refused', (template, reason) => {
  expect(() => rendered(template)).toThrow(reason)
})

test('quotes without end are looked at once', () => {
  expect(() => rendered(`{{ ${'""'.repeat(50_000)}`)).toThrow('unclosed action')
})
