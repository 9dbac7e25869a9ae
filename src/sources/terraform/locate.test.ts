import { expect, test } from 'vitest'
import type { Path, Resource } from '../../resource.ts'
import { loadTree, resourceIn } from './testing.ts'

/** The line that the path leads to, and whether the column is right too. */
function lineAt(resource: Resource, ...path: Path): number | null {
  return resource.origin.locate?.(path)?.startLine ?? null
}

const main = `resource "x_group" "g" {
  name = "g"
  ingress {
    from_port = 22
    cidr_blocks = [
      "10.0.0.0/8",
      "0.0.0.0/0",
    ]
  }
  dynamic "ingress" {
    for_each = [80, 443]
    content {
      from_port = ingress.value
    }
  }
  ingress {
    from_port = 53
  }
  tags = {
    Name = "g"
    "a b" = "c"
  }
}
resource "aws_s3_bucket" "b" {
  versioning {
    enabled = true
  }
}
resource "aws_s3_bucket_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Deny"
        Action = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "s3:GetObject",
          "s3:*",
        ]
      },
    ]
  })
}
`

test('a path leads to the deepest thing that is written', async () => {
  const loaded = await loadTree({ 'main.tf': main })
  const group = resourceIn(loaded, 'x_group.g')
  expect(group.origin.locate?.(['name'])).toEqual({
    file: 'main.tf',
    startLine: 2,
    startColumn: 3,
    endLine: 2,
    endColumn: 13,
  })
  expect(lineAt(group, 'ingress', 0)).toBe(3)
  expect(lineAt(group, 'ingress', 0, 'from_port')).toBe(4)
  expect(lineAt(group, 'ingress', 0, 'cidr_blocks')).toBe(5)
  expect(lineAt(group, 'ingress', 0, 'cidr_blocks', 1)).toBe(7)
  expect(lineAt(group, 'ingress', 0, 'protocol')).toBe(3)
  expect(lineAt(group, 'tags', 'Name')).toBe(20)
  expect(lineAt(group, 'tags', 'a b')).toBe(21)
  expect(lineAt(group, 'description')).toBe(null)
})

test('blocks count as they are made, those of a dynamic one too', async () => {
  const group = resourceIn(await loadTree({ 'main.tf': main }), 'x_group.g')
  expect(lineAt(group, 'ingress', 1, 'from_port')).toBe(13)
  expect(lineAt(group, 'ingress', 2, 'from_port')).toBe(13)
  expect(lineAt(group, 'ingress', 3, 'from_port')).toBe(17)
})

test('rules that the vocabulary takes apart lead to where they are written together', async () => {
  const text = main.replace('x_group', 'aws_security_group')
  const group = resourceIn(await loadTree({ 'main.tf': text }), 'aws_security_group.g')
  expect(lineAt(group, 'ingress', 1, 'cidr_blocks', 0)).toBe(7)
})

test('a single block needs no index', async () => {
  const bucket = resourceIn(await loadTree({ 'main.tf': main }), 'aws_s3_bucket.b')
  expect(lineAt(bucket, 'versioning', 'enabled')).toBe(26)
  expect(lineAt(bucket, 'versioning')).toBe(25)
})

test('a policy that is written in place is entered', async () => {
  const policy = resourceIn(await loadTree({ 'main.tf': main }), 'aws_s3_bucket_policy.p')
  expect(lineAt(policy, 'policy')).toBe(30)
  expect(lineAt(policy, 'policy', 'Statement', 1, 'Action', 1)).toBe(41)
  expect(lineAt(policy, 'policy', 'Statement', 0, 'Action', 0)).toBe(35)
})

test('the chain leads from the variable through the calls to the attribute', async () => {
  const loaded = await loadTree({
    'main.tf': `variable "env" {
  default = "prod"
}
locals {
  versioned = var.env == "prod"
}
module "store" {
  source    = "./store"
  versioned = local.versioned
}
`,
    'store/main.tf': `variable "versioned" {}
resource "aws_s3_bucket_versioning" "v" {
  bucket = "b"
  versioning_configuration {
    status = var.versioned ? "Enabled" : "Suspended"
  }
}
`,
  })
  const versioning = resourceIn(loaded, 'module.store.aws_s3_bucket_versioning.v')
  const chain = versioning.origin.chain?.(['versioning_configuration', 'status']) ?? []
  expect(chain.map(({ name, span }) => `${name} ${span.file}:${span.startLine}`)).toEqual([
    'var.env main.tf:2',
    'local.versioned main.tf:5',
    'module.store.versioned main.tf:9',
  ])
  expect(versioning.origin.chain?.(['bucket'])).toEqual([])
})

test('the chain tells which file gave a variable its value, and what for_each went through', async () => {
  const loaded = await loadTree({
    'main.tf': `variable "volumes" {}
resource "aws_ebs_volume" "v" {
  for_each  = var.volumes
  encrypted = each.value
}
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = var.volumes
    content {
      from_port = ingress.value
    }
  }
}
`,
    'x.auto.tfvars': '# values\nvolumes = { a = true }\n',
  })
  const volume = resourceIn(loaded, 'aws_ebs_volume.v["a"]')
  expect(volume.origin.chain?.(['encrypted'])).toMatchObject([
    { name: 'var.volumes', span: { file: 'x.auto.tfvars', startLine: 2 } },
  ])
  const group = resourceIn(loaded, 'aws_security_group.g')
  expect(group.origin.chain?.(['ingress', 0, 'from_port'])).toMatchObject([{ name: 'var.volumes' }])
})

test('an attribute that an override file brought is in that file', async () => {
  const loaded = await loadTree({
    'main.tf': 'resource "aws_s3_bucket" "b" {\n  bucket = "a"\n}\n',
    'override.tf': '\nresource "aws_s3_bucket" "b" {\n\n  bucket = "b"\n}\n',
  })
  const bucket = resourceIn(loaded, 'aws_s3_bucket.b')
  expect(bucket.attributes.bucket).toBe('b')
  expect(bucket.origin.locate?.(['bucket'])).toMatchObject({ file: 'override.tf', startLine: 4 })
})

test('JSON has places too', async () => {
  const loaded = await loadTree({
    'main.tf.json': `{
  "resource": {
    "aws_ebs_volume": {
      "v": {
        "size": 1,
        "encrypted": false
      }
    }
  }
}
`,
  })
  const volume = resourceIn(loaded, 'aws_ebs_volume.v')
  expect(lineAt(volume, 'encrypted')).toBe(6)
  expect(volume.attributes.encrypted).toBe(false)
})
