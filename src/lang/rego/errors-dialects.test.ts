import { describe, expect, test } from 'vitest'
import { compile, RegoError } from './index.ts'

type Case = readonly [text: string, first: string]

/** Below `package a`: the code and row of OPA's first error. */
const strict: readonly Case[] = [
  ['import data.b\np := 1', 'rego_compile_error 2'],
  ['import data.b\nimport data.c as b\np := b', 'rego_compile_error 3'],
  ['p if { x := 1; input.y }', 'rego_compile_error 2'],
  ['f(x, y) := x', 'rego_compile_error 2'],
  ['f(x, _) := x', 'ok'],
  ['p if { not input.xs[_] == 1 }', 'rego_unsafe_var_error 2'],
  ['p if { some x in input.xs; true }', 'ok'],
  ['p := [1 | y := input.x]', 'rego_compile_error 2'],
  ['p if { x := 1; [y | y := x] }', 'ok'],
  ['f(x) := 1 if { input.x } else := x', 'ok'],
  ['p if { [a, b] := [1, 2]; a == 1 }', 'rego_compile_error 2'],
  ['p if { every x in [1] { y := 2; x } }', 'rego_compile_error 2'],
  ['import rego.v1\nimport future.keywords.in\np if { 1 in [1] }', 'ok'],
  ['import input.x\np if x', 'ok'],
  ['f(x) if { y := x; y := 1 }', 'rego_compile_error 2'],
  ['p if { x := input; _ := 2 }', 'rego_compile_error 2'],
  ['f(input) := 1', 'rego_compile_error 2'],
  ['p if { x := {1: y | y := 1} ; x}', 'ok'],
  ['f([x, y]) := x', 'rego_compile_error 2'],
  ['f({"a": x}) := 1', 'rego_compile_error 2'],
  ['f(x) := 1 if { x := 1 }', 'rego_compile_error 2'],
]

const v0: readonly Case[] = [
  ['p { x := 1 }', 'ok'],
  ['p[x] { x := 1 }', 'ok'],
  ['p[x] = y { x := 1; y := 2 }', 'ok'],
  ['p = x { x := 1 } else = 2 { true }', 'ok'],
  ['p { every x in [1] { x } }', 'rego_parse_error 2'],
  ['import future.keywords.every\np { every x in [1] { x } }', 'ok'],
  ['p { some x in [1]; x }', 'rego_parse_error 2'],
  ['p { true }', 'ok'],
  ['import future.keywords.if\np { true }\nq { true }', 'ok'],
  ['import rego.v1\nq { true }', 'rego_parse_error 3'],
  ['import rego.v1\np[1]', 'rego_parse_error 3'],
  ['p contains 1', 'rego_parse_error 2'],
  ['import future.keywords\np contains 1\nq[2]\nr.x := 1', 'ok'],
  ['input := 1', 'ok'],
  ['p { input := 1; input == 1 }', 'ok'],
  ['p { any([true]) }', 'ok'],
  ['import data.x\nimport data.y.x\np { x }', 'ok'],
  ['default p = input.x', 'rego_parse_error 2'],
  ['p { 1 in [1] }', 'rego_parse_error 2'],
  ['p { x = 1; y }', 'rego_unsafe_var_error 2'],
  ['p { not x }', 'rego_unsafe_var_error 2'],
  ['p[x] { not q[x] }\nq[1]', 'rego_unsafe_var_error 2'],
  ['p(x) = y { y = x }\np(x) = 1 { x = 1 }', 'ok'],
  ['p.q { true }', 'ok'],
  ['p.q[x] { x := 1 }', 'ok'],
  ['p.q[x].r { x := 1 }', 'ok'],
  ['p[x].r { x := 1 }', 'ok'],
  ['p[x][y] { x := 1; y := 2 }', 'ok'],
  ['if := 1', 'ok'],
  ['contains := 1\np { contains == 1 }', 'ok'],
  ['import rego.v1\nimport future.keywords.in\np { 1 in [1] }', 'rego_parse_error 4'],
  ['import future.keywords.contains\np contains x { x := 1 }', 'ok'],
  ['p { f(x) }\nf(1) { true } { false }', 'rego_unsafe_var_error 2'],
  ['else := 1', 'rego_parse_error 2'],
  ['p { true } else { false }', 'ok'],
  ['p = 1 { true } else = 2', 'ok'],
  ['p = 1\np = 2', 'ok'],
  ['p { q with input as x }\nq { true }', 'rego_unsafe_var_error 2'],
  ['every { true }', 'ok'],
  ['in = 1', 'ok'],
]

describe('errors under strict', () => {
  test.each(strict)('%s', (text, first) => {
    expect(firstError(text, { strict: true })).toBe(first)
  })
})

describe('errors of v0', () => {
  test.each(v0)('%s', (text, first) => {
    expect(firstError(text, { version: 'v0' })).toBe(first)
  })
})

function firstError(text: string, options: Parameters<typeof compile>[1]): string {
  try {
    compile({ 'a.rego': `package a\n${text}\n` }, options)
    return 'ok'
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    return `${error.code} ${error.location?.row}`
  }
}
