import { expect, test } from 'vitest'
import { loadModule } from './load-module.ts'

function outputs(files: Readonly<Record<string, string>>, options = {}) {
  const loaded = loadModule(files, options)
  expect(loaded.errors).toEqual([])
  return Object.fromEntries(Object.entries(loaded.outputs).map(([name, { json }]) => [name, json]))
}

test('variables take their type, with defaults for optional attributes', () => {
  const main = `
    variable "o" {
      type    = object({ name = string, size = optional(number, 3), tags = optional(map(string), {}) })
      default = { name = "n", extra = "dropped" }
    }
    output "o" {
      value = var.o
    }
  `
  expect(loadModule({ 'main.tf': main }).outputs).toEqual({
    o: {
      json: '{"name":"n","size":3,"tags":{}}',
      type: ['object', { name: 'string', size: 'number', tags: ['map', 'string'] }],
    },
  })
})

test('later sources of values win', () => {
  const main = ['a', 'b', 'c', 'd', 'e', 'f']
    .map(name => `variable "${name}" {\n  default = "default"\n}\n`)
    .join('')
  const files = {
    'main.tf': `${main}output "all" {\n  value = [var.a, var.b, var.c, var.d, var.e, var.f]\n}\n`,
    'terraform.tfvars': 'b = "tfvars"\nc = "tfvars"\nd = "tfvars"\ne = "tfvars"\n',
    'terraform.tfvars.json': '{"c": "json", "d": "json", "e": "json"}',
    'z.auto.tfvars': 'd = "auto"\ne = "auto"\n',
    'more.tfvars': 'e = "file"\nf = "file"\n',
  }
  const options = {
    env: { TF_VAR_a: 'env', TF_VAR_b: 'env' },
    given: [{ file: 'more.tfvars' }, { name: 'f', text: 'flag' }],
  }
  expect(outputs(files, options)).toEqual({
    all: '["env","tfvars","json","auto","file","flag"]',
  })
})

test('text from outside is read by the declared type', () => {
  const main = `
    variable "list" {
      type = list(number)
    }
    variable "text" {
      type = string
    }
    variable "free" {}
    output "all" {
      value = [var.list, var.text, var.free]
    }
  `
  const env = { TF_VAR_list: '[1, 2]', TF_VAR_text: '[1]', TF_VAR_free: '[1]' }
  expect(outputs({ 'main.tf': main }, { env })).toEqual({ all: '[[1,2],"[1]","[1]"]' })
})

test('count, for_each and modules give instances and what refers to them', () => {
  const loaded = loadModule({
    'main.tf': `
      module "node" {
        source   = "./node"
        for_each = { a = 2, b = 0 }
        copies   = each.value
      }
      output "all" {
        value = { for key, node in module.node : key => node.inputs }
      }
      output "last" {
        value = module.node["a"].inputs[1]
      }
    `,
    'node/main.tf': `
      variable "copies" {}
      resource "terraform_data" "n" {
        count = var.copies
        input = "i-\${count.index}"
      }
      output "inputs" {
        value = terraform_data.n[*].input
      }
    `,
  })
  expect(loaded.errors).toEqual([])
  expect(loaded.outputs.all?.json).toBe('{"a":["i-0","i-1"],"b":[]}')
  expect(loaded.outputs.last?.json).toBe('"i-1"')
  expect(loaded.resources).toEqual({
    'module.node["a"].terraform_data.n[0]': {
      values: { input: '"i-0"', triggers_replace: 'null' },
      unknown: { id: true, output: true },
    },
    'module.node["a"].terraform_data.n[1]': {
      values: { input: '"i-1"', triggers_replace: 'null' },
      unknown: { id: true, output: true },
    },
  })
})

test('what is known only after apply is unknown in its place', () => {
  const { outputs: got, errors: none } = loadModule({
    'main.tf': `
      resource "terraform_data" "a" {
        input = { x = 1 }
      }
      resource "terraform_data" "nothing" {}
      output "part" {
        value = { id = terraform_data.a.id, list = ["k", terraform_data.a.output.x] }
      }
      output "never" {
        value = try(terraform_data.a.output.y, "no such attribute")
      }
      output "nothing" {
        value = terraform_data.nothing.output
      }
    `,
  })
  expect(none).toEqual([])
  expect(got.part).toEqual({
    json: '{"list":["k",null]}',
    type: ['object', { id: 'string', list: ['tuple', ['string', 'number']] }],
    unknown: { id: true, list: [false, true] },
  })
  expect(got.never?.json).toBe('"no such attribute"')
  expect(got.nothing).toEqual({ json: 'null', type: 'dynamic' })
})

test('override files go over the others, argument by argument', () => {
  const files = {
    'main.tf': `
      variable "x" {
        default = "base"
      }
      locals {
        a = "base"
        b = "base"
      }
      resource "terraform_data" "r" {
        input            = "base"
        triggers_replace = "kept"
      }
      output "all" {
        value = [var.x, local.a, local.b, terraform_data.r.input, terraform_data.r.triggers_replace]
      }
    `,
    'main_override.tf': 'variable "x" {\n  default = "over"\n}\nlocals {\n  a = "over"\n}\n',
    'override.tf.json': '{"resource": {"terraform_data": {"r": {"input": "over"}}}}',
  }
  expect(outputs(files)).toEqual({ all: '["over","over","base","over","kept"]' })
})

test('JSON is the same language', () => {
  const files = {
    'main.tf.json': JSON.stringify({
      variable: { x: { type: 'list(string)', default: ['a', 'b'] } },
      locals: { up: `\${[for s in var.x : upper(s)]}`, esc: `$\${no}` },
      module: { m: { source: './m', for_each: { k: 'v' }, x: `\${each.value}!` } },
      output: {
        up: { value: `\${local.up}` },
        esc: { value: `\${local.esc}` },
        m: { value: `\${module.m["k"].x}` },
      },
    }),
    'm/main.tf': 'variable "x" {}\noutput "x" {\n  value = var.x\n}\n',
  }
  expect(outputs(files)).toEqual({ up: '["A","B"]', esc: `"\${no}"`, m: '"v!"' })
})

test('workspace and paths are known', () => {
  const files = {
    'main.tf': `
      module "m" {
        source = "./mods/m"
      }
      output "all" {
        value = [terraform.workspace, path.module, path.root, module.m.here, module.m.text]
      }
    `,
    'mods/m/main.tf': `output "here" {\n  value = path.module\n}\noutput "text" {\n  value = file("\${path.module}/t.txt")\n}\n`,
    'mods/m/t.txt': 'hello',
  }
  expect(outputs(files, { workspace: 'prod' })).toEqual({
    all: '["prod",".",".","mods/m","hello"]',
  })
})

test('blocks can be referred to, dynamic ones too', () => {
  const files = {
    'main.tf': `
      locals {
        rules = { http = [80, 8080], ssh = [22] }
      }
      resource "x_group" "g" {
        name = "g"
        dynamic "rule" {
          for_each = local.rules
          iterator = each_rule
          content {
            name = each_rule.key
            dynamic "port" {
              for_each = each_rule.value
              content {
                label = "\${each_rule.key}-\${port.key}-\${port.value}"
              }
            }
          }
        }
      }
      output "labels" {
        value = flatten([for r in x_group.g.rule : [for p in r.port : p.label]])
      }
      output "last" {
        value = x_group.g.rule[1].name
      }
    `,
  }
  expect(outputs(files)).toEqual({
    labels: '["http-0-80","http-1-8080","ssh-0-22"]',
    last: '"ssh"',
  })
})

test('attributes that are not written are unknown, through loops, indexes and functions as well', () => {
  const { outputs: got, errors: none } = loadModule({
    'main.tf': `
      resource "x_net" "n" {
        for_each = toset(["a", "b"])
        name     = each.key
      }
      resource "x_net" "one" {
        count = 1
      }
      output "ids" {
        value = { for k, n in x_net.n : n.name => n.id }
      }
      output "values" {
        value = length(values(x_net.n)[*].id)
      }
      output "dynamic" {
        value = [for k in ["a"] : x_net.n[k].arn]
      }
      output "splat" {
        value = x_net.one[*].arn
      }
      output "merged" {
        value = [for n in values(x_net.n) : n.id]
      }
      output "flat" {
        value = flatten([values(x_net.n), x_net.one])[2].cidr
      }
      resource "x_net" "linked" {
        for_each = x_net.n
        name     = each.value.id
      }
      output "linked" {
        value = matchkeys(values(x_net.linked), ["a", "b"], ["a"])[0].id
      }
      output "nested" {
        value = x_net.one[0].options[0].deep.id
      }
    `,
  })
  expect(none).toEqual([])
  expect(got.ids?.unknown).toEqual({ a: true, b: true })
  expect(got.values?.json).toBe('2')
  expect(got.dynamic?.unknown).toEqual([true])
  expect(got.splat?.unknown).toEqual([true])
  expect(got.merged?.unknown).toEqual([true, true])
  expect(got.flat?.unknown).toBe(true)
  expect(got.linked?.unknown).toBe(true)
  expect(got.nested?.unknown).toBe(true)
})

test('what a try finds in an instance that may not be there is unknown', () => {
  const { outputs: got } = loadModule({
    'main.tf': `
      variable "create" {}
      resource "x_thing" "t" {
        count = var.create ? 1 : 0
        name  = "fixed"
      }
      locals {
        there = x_thing.t[0].name
      }
      output "there" {
        value = local.there
      }
      output "tried" {
        value = try(x_thing.t[0].name, "none")
      }
      output "can" {
        value = can(x_thing.t[0].name)
      }
      output "chosen" {
        value = var.create ? x_thing.t[0].name : "none"
      }
      output "apart" {
        value = try(local.there, "none")
      }
    `,
  })
  expect(got.there?.json).toBe('"fixed"')
  expect(got.tried?.unknown).toBe(true)
  expect(got.can?.unknown).toBe(true)
  expect(got.chosen?.unknown).toBe(true)
  expect(got.apart?.json).toBe('"fixed"')
})

test('a slice of an unknown list has its length, so that what counts on it is known', () => {
  const files = {
    'main.tf': `
      data "x_zones" "all" {}
      locals {
        zones = slice(data.x_zones.all.names, 0, 2)
      }
      output "nets" {
        value = [for i, zone in local.zones : cidrsubnet("10.0.0.0/16", 8, i)]
      }
    `,
  }
  expect(outputs(files)).toEqual({ nets: '["10.0.0.0/24","10.0.1.0/24"]' })
})

test('an unknown for_each gives one instance for all, and evaluation goes on', () => {
  const { resources, errors: found } = loadModule({
    'main.tf': `
      resource "terraform_data" "src" {}
      resource "terraform_data" "a" {
        for_each = toset([terraform_data.src.id])
        input    = "x-\${each.key}"
      }
    `,
  })
  expect(Object.keys(resources)).toEqual(['terraform_data.src', 'terraform_data.a[*]'])
  expect(found).toMatchObject([{ kind: 'unresolved', subject: 'terraform_data.a', line: 4 }])
})
