import { expect, test } from 'vitest'
import { UserError } from '../../errors.ts'
import { Absent, type Path } from '../../resource.ts'
import { loadTerraform } from './index.ts'
import { byId, gapLines, loadTree, resourceIn, treeOf } from './testing.ts'

test('instances of count, for_each and modules have full addresses', async () => {
  const loaded = await loadTree({
    'main.tf': `
      module "store" {
        source   = "./store"
        for_each = { a = 1, "b c" = 2 }
        copies   = each.value
      }
    `,
    'store/main.tf': `
      variable "copies" {}
      resource "aws_s3_bucket" "logs" {
        count  = var.copies
        bucket = "logs-\${count.index}"
      }
    `,
  })
  expect([...byId(loaded).keys()].sort()).toEqual([
    'module.store["a"].aws_s3_bucket.logs[0]',
    'module.store["b c"].aws_s3_bucket.logs[0]',
    'module.store["b c"].aws_s3_bucket.logs[1]',
  ])
  const last = resourceIn(loaded, 'module.store["b c"].aws_s3_bucket.logs[1]')
  expect(last).toMatchObject({ type: 'aws_s3_bucket', name: 'logs-1', account: null })
  expect(last.attributes.bucket).toBe('logs-1')
  expect(last.origin).toMatchObject({
    source: 'terraform',
    address: last.id,
    root: '.',
    span: { file: 'store/main.tf', startLine: 3, startColumn: 7 },
  })
  expect(last.origin.blocks).toMatchObject([
    { file: 'store/main.tf', startLine: 3, endLine: 6 },
    { file: 'main.tf', startLine: 2, endLine: 6 },
  ])
  expect(loaded.gaps).toEqual([])
  expect(loaded.files).toBe(2)
})

test('what is unknown is absent, with its reason, its known parts and where it comes from', async () => {
  const loaded = await loadTree({
    'main.tf': `
      variable "encrypt" {}
      resource "aws_ebs_volume" "later" {
        availability_zone = "eu-west-1a"
        encrypted         = var.encrypt
      }
      resource "aws_s3_bucket" "logs" {}
      resource "aws_s3_bucket_versioning" "logs" {
        bucket = aws_s3_bucket.logs.id
        versioning_configuration {
          status = "Enabled"
        }
      }
      resource "aws_sns_topic" "t" {
        name = "\${aws_s3_bucket.logs.id}-events"
      }
    `,
  })
  const { encrypted } = resourceIn(loaded, 'aws_ebs_volume.later').attributes
  expect(encrypted).toBeInstanceOf(Absent)
  expect(encrypted).toMatchObject({ kind: 'unresolved', reason: 'var.encrypt has no value' })
  const versioning = resourceIn(loaded, 'aws_s3_bucket_versioning.logs')
  expect(versioning.attributes.bucket).toMatchObject({
    reason: 'aws_s3_bucket.logs.id is known after apply',
    from: ['aws_s3_bucket.logs'],
  })
  expect(versioning.refs).toEqual({ bucket: ['aws_s3_bucket.logs'] })
  expect(resourceIn(loaded, 'aws_sns_topic.t').attributes.name).toMatchObject({
    parts: [null, '-events'],
  })
  expect(loaded.gaps).toEqual([])
})

test('a reference links although its value is known', async () => {
  const loaded = await loadTree({
    'main.tf': `
      resource "aws_iam_role" "ci" {
        name               = "ci"
        assume_role_policy = "{}"
      }
      resource "aws_iam_role_policy" "ci" {
        role   = aws_iam_role.ci.name
        policy = jsonencode({ Statement = [] })
      }
    `,
  })
  const policy = resourceIn(loaded, 'aws_iam_role_policy.ci')
  expect(policy.attributes.role).toBe('ci')
  expect(policy.refs?.role).toEqual(['aws_iam_role.ci'])
})

test('an unknown count or for_each gives one instance for all', async () => {
  const loaded = await loadTree({
    'main.tf': `
      variable "n" {}
      resource "aws_s3_bucket" "counted" {
        count  = var.n
        bucket = "b-\${count.index}"
      }
      resource "aws_s3_bucket" "each" {
        for_each = var.n
        bucket   = each.key
      }
    `,
  })
  expect([...byId(loaded).keys()]).toEqual(['aws_s3_bucket.counted[*]', 'aws_s3_bucket.each[*]'])
  expect(resourceIn(loaded, 'aws_s3_bucket.each[*]').attributes.bucket).toMatchObject({
    reason: 'var.n has no value',
  })
})

test('a dynamic block of unknown length is a marker for any number of blocks', async () => {
  const loaded = await loadTree({
    'main.tf': `
      variable "rules" {}
      resource "aws_security_group" "web" {
        ingress {
          from_port   = 443
          to_port     = 443
          protocol    = "tcp"
          cidr_blocks = ["10.0.0.0/8"]
        }
        dynamic "ingress" {
          for_each = var.rules
          content {
            from_port   = ingress.value
            to_port     = ingress.value
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      }
    `,
  })
  const { ingress } = resourceIn(loaded, 'aws_security_group.web').attributes
  expect(ingress).toMatchObject([
    { from_port: 443 },
    { reason: 'var.rules has no value', many: true },
  ])
})

test('a module that a root calls is judged through the call only', async () => {
  const files = {
    'envs/prod/main.tf': 'module "b" {\n  source = "../../modules/bucket"\n}\n',
    'envs/test/main.tf': 'module "b" {\n  source = "../../modules/bucket"\n}\n',
    'modules/bucket/main.tf': 'resource "aws_s3_bucket" "this" {}\n',
    '.git/HEAD': '',
  }
  const all = await loadTree(files)
  expect(all.resources.map(({ id, origin }) => [origin.root, id])).toEqual([
    ['envs/prod', 'module.b.aws_s3_bucket.this'],
    ['envs/test', 'module.b.aws_s3_bucket.this'],
  ])
  const one = await loadTree(files, { paths: ['envs/prod'] })
  expect(one.resources.map(({ origin }) => origin.root)).toEqual(['envs/prod'])
  const alone = await loadTree(files, { paths: ['modules'] })
  expect(alone.resources.map(({ id, origin }) => [origin.root, id])).toEqual([
    ['modules/bucket', 'aws_s3_bucket.this'],
  ])
})

test('a single file asks for what it declares, and its folder gives the values', async () => {
  const loaded = await loadTree(
    {
      'a.tf': 'resource "aws_s3_bucket" "a" {\n  bucket = local.name\n}\n',
      'b.tf': 'locals {\n  name = "x"\n}\nresource "aws_s3_bucket" "b" {}\n',
    },
    { paths: ['a.tf'] },
  )
  expect([...byId(loaded).keys()]).toEqual(['aws_s3_bucket.a'])
  expect(resourceIn(loaded, 'aws_s3_bucket.a').attributes.bucket).toBe('x')
})

test('what the source marks as sensitive is told, at any depth', async () => {
  const loaded = await loadTree({
    'main.tf': `
      variable "token" {
        sensitive = true
        default   = "t"
      }
      resource "x_thing" "t" {
        name   = "plain"
        text   = "a-\${var.token}"
        object = { open = 1, inner = { secret = var.token } }
        box {
          open   = 1
          secret = var.token
        }
      }
    `,
  })
  const { origin } = resourceIn(loaded, 'x_thing.t')
  const sensitive = (...path: Path) => origin.sensitive?.(path)
  expect(sensitive('name')).toBe(false)
  expect(sensitive('text')).toBe(true)
  expect(sensitive('object')).toBe(true)
  expect(sensitive('object', 'open')).toBe(false)
  expect(sensitive('object', 'inner', 'secret')).toBe(true)
  expect(sensitive('box', 0, 'open')).toBe(false)
  expect(sensitive('box', 'secret')).toBe(true)
  expect(sensitive()).toBe(true)
})

test('skipped paths are left out, a skipped module also where it is called', async () => {
  const loaded = await loadTree(
    {
      'main.tf': 'module "m" {\n  source = "./old"\n}\nresource "aws_s3_bucket" "new" {}\n',
      'old/main.tf': 'resource "aws_s3_bucket" "old" {}\n',
      'x/vendor/main.tf': 'resource "aws_s3_bucket" "vendored" {}\n',
    },
    { skipPaths: ['old', 'vendor/'] },
  )
  expect([...byId(loaded).keys()]).toEqual(['aws_s3_bucket.new'])
})

test('comments that may skip a check are handed on', async () => {
  const loaded = await loadTree({
    'main.tf': '# hello\nresource "aws_s3_bucket" "b" {\n  # checkov:skip=CKV_AWS_18:why\n}\n',
  })
  expect(loaded.comments).toEqual([
    { file: 'main.tf', line: 3, text: '# checkov:skip=CKV_AWS_18:why' },
  ])
})

test('a missing path is a mistake of the user', async () => {
  const cwd = treeOf({ 'main.tf': '' })
  await expect(loadTerraform(['nowhere'], { cwd, env: {} })).rejects.toThrow(UserError)
  await expect(loadTerraform(['nowhere'], { cwd, env: {} })).rejects.toThrow('nowhere')
})

test('an empty folder is a gap', async () => {
  expect(gapLines(await loadTree({ 'a/notes.txt': '' }, { paths: ['a'] }))).toEqual([
    'files: nothing to scan',
  ])
})
