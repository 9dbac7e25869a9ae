import { applyPatch, parsePatch } from 'diff'
import { expect, test } from 'vitest'
import { patchOf, type Source } from './patch.ts'

const block = `resource "aws_s3_bucket_public_access_block" "logs" {
  bucket = aws_s3_bucket.logs.id
  block_public_acls = true
  restrict_public_buckets = true
}`
const bucket = (remedy: string) => ({ type: 'aws_s3_bucket', name: 'logs', remedy })
const database = { type: 'aws_db_instance', name: 'main', remedy: 'storage_encrypted = true' }

/** What the file is with the patch; the patch is a diff that tools take. */
function after(text: string, wanted: Parameters<typeof patchOf>[1]): string {
  const done = patchOf([{ file: 'main.tf', text }], wanted)
  if ('why' in done) throw new Error(done.why)
  const [patch] = parsePatch(done.patch)
  if (!patch) return text
  expect([patch.oldFileName, patch.newFileName]).toEqual(['a/main.tf', 'b/main.tf'])
  return applyPatch(text, patch) || 'the patch does not fit'
}

test.each([
  ['a password', '  password   = "Tr0ub4dor-horse"\n'],
  ['a key within', '  tags = {\n    api_key = "Tr0ub4dor-horse"\n  }\n'],
  ['an address', '  note = "postgres://root:Tr0ub4dor-horse@db/x"\n'],
  ['a script', '  user_data = <<EOT\nset -x\nlogin Tr0ub4dor-horse\nEOT\n'],
])('a patch does not show %s that stands beside the change', (_, line) => {
  const text = `resource "aws_db_instance" "main" {\n${line}  storage_encrypted = false\n}\n`
  const done = patchOf([{ file: 'main.tf', text }], database)
  expect(JSON.stringify(done)).not.toContain('Tr0ub4dor-horse')
  expect(after(text, database)).toBe(text.replace('false', 'true'))
})

test('where the line that changes holds a secret, there is no patch', () => {
  const text = 'resource "aws_db_instance" "main" { password = "Tr0ub4dor-horse" }\n'
  expect(patchOf([{ file: 'main.tf', text }], database)).toEqual({
    why: 'the lines that would change hold a secret',
  })
})

test('an attribute that is not there is written behind the last', () => {
  const text = 'resource "aws_db_instance" "main" {\n  engine = "postgres" # ours\n}\n'
  expect(after(text, database)).toBe(
    'resource "aws_db_instance" "main" {\n  engine = "postgres" # ours\n  storage_encrypted = true\n}\n',
  )
})

test('a literal is replaced where it stands, and nothing else', () => {
  const text =
    'resource "aws_db_instance" "main" {\n  storage_encrypted = false # for now\n  engine = "x"\n}\n\nresource "aws_db_instance" "other" {\n  storage_encrypted = false\n}\n'
  expect(after(text, database)).toBe(text.replace('false # for now', 'true # for now'))
})

test.each([
  ['resource "aws_db_instance" "main" {}\n'],
  ['resource "aws_db_instance" "main" {\n}\n'],
])('an empty block: %j', text => {
  expect(after(text, database)).toBe(
    'resource "aws_db_instance" "main" {\n  storage_encrypted = true\n}\n',
  )
})

test('a block on one line, and an indented one', () => {
  expect(after('  resource "aws_db_instance" "main" { engine = "x" }\n', database)).toBe(
    '  resource "aws_db_instance" "main" {\n    engine = "x"\n    storage_encrypted = true\n  }\n',
  )
})

test('blocks within: one that is there is gone into, one that is not is written', () => {
  const text = 'resource "aws_db_instance" "main" {\n  a {\n    on = false\n  }\n}\n'
  const wanted = { ...database, remedy: 'a {\n  on = true\n}\nb {\n  c {\n    d = 1\n  }\n}' }
  expect(after(text, wanted)).toBe(
    'resource "aws_db_instance" "main" {\n  a {\n    on = true\n  }\n  b {\n    c {\n      d = 1\n    }\n  }\n}\n',
  )
})

test('a resource of its own is written behind its parent', () => {
  const text = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n\nlocals {}\n'
  expect(after(text, bucket(block))).toBe(text.replace('}\n', `}\n\n${block}\n`))
})

test('a resource of its own that is there is changed, in whatever file it stands', () => {
  const parent = { file: 'a.tf', text: 'resource "aws_s3_bucket" "logs" {}\n' }
  const child = {
    file: 'b.tf',
    text: 'resource "aws_s3_bucket_public_access_block" "open" {\n  bucket            = aws_s3_bucket.logs.bucket\n  block_public_acls = false\n}\n',
  }
  const done = patchOf([parent, child], bucket(block))
  expect(done).toEqual({
    patch: `--- a/b.tf
+++ b/b.tf
@@ -1,4 +1,5 @@
 resource "aws_s3_bucket_public_access_block" "open" {
   bucket            = aws_s3_bucket.logs.bucket
-  block_public_acls = false
+  block_public_acls = true
+  restrict_public_buckets = true
 }
`,
  })
})

test('what is as it is to be needs no patch', () => {
  const text = 'resource "aws_db_instance" "main" {\n  storage_encrypted = true\n}\n'
  expect(patchOf([{ file: 'main.tf', text }], database)).toEqual({ patch: '' })
})

const declared = (body: string) => `resource "aws_db_instance" "main" {\n${body}\n}\n`
test.each<[string, Parameters<typeof patchOf>[1], RegExp]>([
  [declared('storage_encrypted = var.encrypt'), database, /is var\.encrypt: what that stands for/],
  [declared(`storage_encrypted = "\${local.x}"`), database, /what that stands for is to change/],
  ['resource "aws_db_instance" "other" {}\n', database, /declared elsewhere/],
  [declared('').repeat(2), database, /declared twice/],
  ['resource "aws_db_instance" "main" {\n', database, /does not parse/],
  [declared('a {}\na {}'), { ...database, remedy: 'a {\n on = true\n}' }, /more than once/],
  [declared('dynamic "a" {\n}'), { ...database, remedy: 'a {\n on = true\n}' }, /more than once/],
  ['resource "aws_s3_bucket" "logs" {\n  count = 2\n}\n', bucket(block), /declared with count/],
  [declared(''), { ...database, remedy: 'x = {' }, /no Terraform/],
])('%j is left alone', (text, wanted, why) => {
  expect(patchOf([{ file: 'main.tf', text }], wanted)).toEqual({
    why: expect.stringMatching(why),
  })
})

test('line ends of Windows and letters beyond ASCII keep their places', () => {
  const text =
    '# größer 💡\r\nresource "aws_db_instance" "main" {\r\n  storage_encrypted = false\r\n}\r\n'
  const [source]: readonly Source[] = [{ file: 'main.tf', text }]
  const done = source && patchOf([source], database)
  expect(done).toMatchObject({ patch: expect.stringContaining('+  storage_encrypted = true') })
  const empty = 'resource "aws_db_instance" "main" {\r\n  engine = "x"\r\n}\r\n'
  expect(after(empty, database)).toBe(
    'resource "aws_db_instance" "main" {\r\n  engine = "x"\r\n  storage_encrypted = true\r\n}\r\n',
  )
})
