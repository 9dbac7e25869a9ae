import { expect, test } from 'vitest'
import { Absent } from '../../resource.ts'
import { byId, gapLines, loadTree, resourceIn } from './testing.ts'

const fine = 'resource "aws_ebs_volume" "fine" {\n  size = 1\n}\n'

/** A file that is in error beside one that is not. */
async function beside(content: string | Uint8Array, name = 'torn.tf') {
  const loaded = await loadTree({ [name]: content, 'fine.tf': fine })
  expect(byId(loaded).has('aws_ebs_volume.fine')).toBe(true)
  return loaded
}

test.each([
  ['an unclosed interpolation', `resource "aws_s3_bucket" "b" {\n  bucket = "\${var.x\n}\n`],
  ['an unclosed heredoc', 'resource "aws_s3_bucket" "b" {\n  bucket = <<EOF\nx\n}\n'],
  ['an unclosed quote', 'resource "aws_s3_bucket" "b" {\n  bucket = "x\n}\n'],
  ['an unclosed block', 'resource "aws_s3_bucket" "b" {\n  bucket = 1\n'],
])('%s is a gap with its place, and the rest is read', async (_what, text) => {
  const loaded = await beside(text)
  expect(gapLines(loaded)).toEqual([expect.stringMatching(/^files: torn\.tf:\d+:\d+: /)])
})

test('a torn block hides its own type only, and its neighbours are read', async () => {
  const loaded = await beside(`
resource "aws_s3_bucket" "torn" {
  bucket = (
}
resource "aws_s3_bucket" "whole" {}
`)
  expect(loaded.gaps).toMatchObject([{ kind: 'files', hides: ['aws_s3_bucket'] }])
  expect(byId(loaded).has('aws_s3_bucket.whole')).toBe(true)
})

test.each(['(', '['])('100,000 nested %s are a gap, not a crash', async open => {
  const close = open === '(' ? ')' : ']'
  const loaded = await beside(
    `locals {\n  a = ${open.repeat(100_000)}1${close.repeat(100_000)}\n}\n`,
  )
  expect(gapLines(loaded)).toEqual([expect.stringMatching(/torn\.tf:2:\d+: /)])
})

test('a resource with one label is the only thing that is lost', async () => {
  const loaded = await beside('resource "aws_s3_bucket" {\n}\nresource "aws_s3_bucket" "ok" {}\n')
  expect(gapLines(loaded)).toEqual([
    expect.stringMatching(/torn\.tf:1:1: Missing name for resource/),
  ])
  expect(byId(loaded).has('aws_s3_bucket.ok')).toBe(true)
})

test('an operator may begin a line inside parentheses', async () => {
  const loaded = await loadTree({
    'main.tf': 'resource "aws_ebs_volume" "v" {\n  encrypted = (\n    false\n    || true\n  )\n}\n',
  })
  expect(resourceIn(loaded, 'aws_ebs_volume.v').attributes.encrypted).toBe(true)
})

test('a file over the limit is named, and so is one line of 10 MB', async () => {
  const line = `locals {\n  a = "${'x'.repeat(10_000_000)}"\n}\n`
  const loaded = await beside(line, 'big.tf')
  expect(gapLines(loaded)).toEqual(['files: big.tf has 10 MB, over the limit of 8 MB: not read'])
})

test('count = 1e9 makes nothing, and is told', async () => {
  const loaded = await loadTree({
    'a.tf':
      'resource "aws_ebs_volume" "v" {\n  count = 1e9\n}\nresource "aws_s3_bucket" "b" {\n  bucket = aws_ebs_volume.v[0].id\n}\n',
  })
  expect([...byId(loaded).keys()]).toEqual(['aws_s3_bucket.b'])
  expect(resourceIn(loaded, 'aws_s3_bucket.b').attributes.bucket).toBeInstanceOf(Absent)
  expect(gapLines(loaded)).toEqual([expect.stringMatching(/^files: a\.tf:2:11: Limit reached/)])
  expect(loaded.gaps).toMatchObject([{ subject: 'aws_ebs_volume.v', hides: ['aws_ebs_volume'] }])
})

test('modules that multiply their instances meet a limit together', async () => {
  const call = (next: string) => `module "m" {\n  source = "./${next}"\n  count  = 1000\n}\n`
  const loaded = await loadTree({
    'main.tf': call('a'),
    'a/main.tf': call('b'),
    'a/b/main.tf': `resource "aws_ebs_volume" "v" {\n  count = 1000\n}\n`,
  })
  expect(loaded.resources.length).toBeLessThan(150_000)
  expect(loaded.gaps.length).toBeGreaterThan(0)
  expect(gapLines(loaded)[0]).toMatch(/Limit reached/)
})

test.each([
  ['range', 'length(range(1000000000))'],
  ['setproduct', 'length(setproduct(local.x, local.x, local.x, local.x, local.x, local.x))'],
  ['for', '[for a in local.x : [for b in local.x : [for c in local.x : c]]][0]'],
  ['regex', 'replace(local.long, "/(a+)+$/", "x")'],
  ['strings', 'join("", [for a in local.x : join("", [for b in local.x : local.long])])'],
])('%s cannot be made to work without end', async (_what, expr) => {
  const loaded = await loadTree({
    'main.tf': `
      locals {
        x    = [for i in range(1000) : i]
        long = "\${join("", [for i in local.x : "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])}b"
      }
      resource "aws_s3_bucket" "b" {
        bucket = ${expr}
      }
      ${fine}
    `,
  })
  expect(byId(loaded).has('aws_ebs_volume.fine')).toBe(true)
  expect(byId(loaded).has('aws_s3_bucket.b')).toBe(true)
})

test('files outside of the tree are not read, and what they would give is unknown', async () => {
  const loaded = await loadTree({
    'main.tf': `
      resource "aws_s3_bucket" "a" {
        bucket = file("/etc/passwd")
      }
      resource "aws_s3_bucket" "b" {
        bucket = file("../../../../../../etc/passwd")
      }
      resource "aws_s3_bucket" "c" {
        bucket = templatefile("/etc/passwd", {})
      }
      resource "aws_s3_bucket" "d" {
        bucket = join("", fileset("/etc", "pass*"))
      }
      resource "aws_s3_bucket" "e" {
        bucket = file("within.txt")
      }
    `,
    'within.txt': 'inside',
  })
  for (const name of ['a', 'b', 'c', 'd']) {
    const { bucket } = resourceIn(loaded, `aws_s3_bucket.${name}`).attributes
    expect(bucket).toBeInstanceOf(Absent)
    expect(bucket).toMatchObject({ reason: expect.stringContaining('outside') })
  }
  expect(resourceIn(loaded, 'aws_s3_bucket.e').attributes.bucket).toBe('inside')
  expect(loaded.gaps).toEqual([])
})

test('ports 0 to 200000 stay a range', async () => {
  const loaded = await loadTree({
    'main.tf':
      'resource "aws_security_group" "g" {\n  ingress {\n    from_port = 0\n    to_port   = 200000\n    protocol  = "tcp"\n  }\n}\n',
  })
  expect(resourceIn(loaded, 'aws_security_group.g').attributes.ingress).toMatchObject([
    { from_port: 0, to_port: 200000 },
  ])
})

test('names of JavaScript’s own are plain data', async () => {
  const loaded = await loadTree({
    'main.tf': `
      locals {
        __proto__   = "local"
        constructor = { __proto__ = "inner", toString = 1 }
      }
      variable "__proto__" {}
      resource "aws_s3_bucket" "__proto__" {
        bucket    = local.__proto__
        __proto__ = { polluted = true }
        tags      = local.constructor
      }
      resource "__proto__" "constructor" {
        hasOwnProperty = each
      }
      output "__proto__" {
        value = 1
      }
    `,
    'terraform.tfvars': '__proto__ = 1\nconstructor = 2\n',
  })
  const bucket = resourceIn(loaded, 'aws_s3_bucket.__proto__')
  expect(bucket.attributes.bucket).toBe('local')
  expect(Object.entries(bucket.attributes.tags ?? {})).toEqual([
    ['__proto__', 'inner'],
    ['toString', '1'],
  ])
  expect(byId(loaded).has('__proto__.constructor')).toBe(true)
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test.each([
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(fine, 'utf16le')])],
  ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2])],
  ['Latin-1', Buffer.from('# \xe9\n', 'latin1')],
])('a %s file is a gap', async (_what, bytes) => {
  const loaded = await beside(bytes)
  expect(gapLines(loaded)).toEqual([expect.stringMatching(/^files: torn\.tf:\d+:\d+: /)])
})

test('a byte order mark and CRLF are no matter', async () => {
  const loaded = await loadTree({ 'main.tf': `\ufeff${fine.replaceAll('\n', '\r\n')}` })
  expect(resourceIn(loaded, 'aws_ebs_volume.fine').attributes.size).toBe(1)
  expect(loaded.gaps).toEqual([])
})

test('a directory that looks like a file is none', async () => {
  const loaded = await loadTree({ 'odd.tf/x.txt': '', 'main.tf': fine })
  expect([...byId(loaded).keys()]).toEqual(['aws_ebs_volume.fine'])
  expect(loaded.gaps).toEqual([])
})

test('a chain of 5,000 locals is followed to its end', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `  a${i} = local.a${i + 1}`)
  const loaded = await loadTree({
    'main.tf': `locals {\n${lines.join('\n')}\n  a5000 = "end"\n}\nresource "aws_s3_bucket" "b" {\n  bucket = local.a0\n}\n`,
  })
  expect(resourceIn(loaded, 'aws_s3_bucket.b').attributes.bucket).toBe('end')
})

test('names that refer to one another without end are told', async () => {
  const loaded = await loadTree({
    'main.tf':
      'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_s3_bucket" "b" {\n  bucket = local.a\n}\n',
  })
  expect(resourceIn(loaded, 'aws_s3_bucket.b').attributes.bucket).toMatchObject({
    reason: 'local.a refers to itself',
  })
  expect(loaded.warnings).toMatchObject([{ message: expect.stringContaining('Cycle'), line: 2 }])
})
