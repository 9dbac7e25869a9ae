import { expect, test } from 'vitest'
import { loadModule } from './load-module.ts'

function errors(main: string, more: Readonly<Record<string, string>> = {}) {
  return loadModule({ 'main.tf': main, ...more }).errors.map(
    ({ summary, file, line }) => `${file}:${line} ${summary}`,
  )
}

test.each([
  ['variable "x" {\n  type = string\n}', 'main.tf:1 No value for required variable'],
  [
    'variable "n" {\n  type    = number\n  default = "abc"\n}',
    'main.tf:3 Invalid default value for variable',
  ],
  ['variable "x" {\n  type = foo\n}', 'main.tf:2 Invalid type specification'],
  ['variable "count" {\n  default = 1\n}', 'main.tf:1 Invalid variable name'],
  ['locals {\n  a = 1\n}\nlocals {\n  a = 2\n}', 'main.tf:5 Duplicate local value definition'],
  ['output "x" {\n  value = local.y\n}', 'main.tf:2 Reference to undeclared local value'],
  ['output "x" {\n  value = var.y\n}', 'main.tf:2 Reference to undeclared input variable'],
  ['output "x" {\n  value = a_b.c.d\n}', 'main.tf:2 Reference to undeclared resource'],
  ['output "x" {\n  value = module.m.y\n}', 'main.tf:2 Reference to undeclared module'],
  ['output "x" {}', 'main.tf:1 Missing required argument'],
  [
    'output "x" {\n  value = each.key\n}',
    'main.tf:2 Reference to "each" in context without for_each',
  ],
  ['module "m" {\n  source = "./none"\n}', 'main.tf:2 Unreadable module directory'],
  ['resource "terraform_data" "a" {\n  count = -1\n}', 'main.tf:2 Invalid count argument'],
  ['resource "terraform_data" "a" {\n  for_each = ["a"]\n}', 'main.tf:2 Invalid for_each argument'],
  [
    'resource "terraform_data" "a" {}\nresource "terraform_data" "a" {}',
    'main.tf:2 Duplicate resource "terraform_data" configuration',
  ],
  [
    'resource "terraform_data" "a" {\n  input = terraform_data.a.input\n}',
    'main.tf:1 Self-referential block',
  ],
  ['locals {\n  a = local.b\n  b = local.a\n}', 'main.tf:2 Cycle: local.a, local.b'],
  [
    'variable "e" {\n  default = "x"\n  validation {\n    condition     = var.e == "y"\n    error_message = "No."\n  }\n}',
    'main.tf:4 Invalid value for variable',
  ],
  [
    'resource "terraform_data" "s" {}\nresource "terraform_data" "a" {\n  for_each = toset([terraform_data.s.id])\n}',
    'main.tf:3 Invalid for_each argument',
  ],
])('%j is an error', (main, wanted) => {
  expect(errors(`${main}\n`)).toContain(wanted)
})

test('a call is held to what the module declares', () => {
  const main = 'module "m" {\n  source = "./m"\n  y      = 1\n}\n'
  expect(errors(main, { 'm/main.tf': 'variable "x" {}\n' })).toEqual([
    'main.tf:3 Unsupported argument',
    'm/main.tf:1 Missing required argument',
  ])
})
