import { expect, test } from 'vitest'
import { Absent, type Plain } from '../../resource.ts'
import { loadTree, resourceIn } from './testing.ts'

/** What a queue's policy comes to: a type whose policies nobody normalises. */
async function policyOf(document: string, attribute = 'json'): Promise<Plain> {
  const loaded = await loadTree({
    'main.tf': `${document}
      resource "x_thing" "t" {
        policy = data.aws_iam_policy_document.d.${attribute}
      }
    `,
  })
  expect(loaded.warnings).toEqual([])
  return resourceIn(loaded, 'x_thing.t').attributes.policy
}

async function parsed(document: string): Promise<unknown> {
  return JSON.parse(String(await policyOf(document)))
}

test('statements, principals and conditions become a policy', async () => {
  const document = `
    data "aws_iam_policy_document" "d" {
      policy_id = "p"
      statement {
        sid       = "Read"
        actions   = ["s3:List*", "s3:Get*"]
        resources = ["*"]
        principals {
          type        = "AWS"
          identifiers = ["111122223333", "arn:aws:iam::444455556666:root"]
        }
        principals {
          type        = "Service"
          identifiers = ["ec2.amazonaws.com"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:PrincipalTag/user"
          values   = ["&{aws:username}"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:SourceVpc"
          values   = ["vpc-1", "vpc-2"]
        }
      }
      statement {
        effect        = "Deny"
        not_actions   = ["s3:Get*"]
        not_resources = ["arn:aws:s3:::b/*"]
        not_principals {
          type        = "*"
          identifiers = ["*"]
        }
      }
    }
  `
  expect(await parsed(document)).toEqual({
    Version: '2012-10-17',
    Id: 'p',
    Statement: [
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: ['s3:Get*', 's3:List*'],
        Resource: '*',
        Principal: {
          AWS: ['111122223333', 'arn:aws:iam::444455556666:root'],
          Service: 'ec2.amazonaws.com',
        },
        Condition: {
          StringEquals: {
            'aws:PrincipalTag/user': '$' + '{aws:username}',
            'aws:SourceVpc': ['vpc-1', 'vpc-2'],
          },
        },
      },
      {
        Effect: 'Deny',
        NotAction: 's3:Get*',
        NotResource: 'arn:aws:s3:::b/*',
        NotPrincipal: '*',
      },
    ],
  })
  expect(await policyOf(document, 'minified_json')).not.toContain('\n')
})

test('documents are merged: sources first, overrides last, by sid', async () => {
  const result = await parsed(`
    data "aws_iam_policy_document" "source" {
      statement {
        sid       = "Same"
        actions   = ["a:Source"]
        resources = ["*"]
      }
      statement {
        actions   = ["a:NoSid"]
        resources = ["*"]
      }
    }
    data "aws_iam_policy_document" "over" {
      statement {
        sid       = "Last"
        effect    = "Deny"
        actions   = ["a:Over"]
        resources = ["*"]
      }
      statement {
        actions   = ["a:Added"]
        resources = ["*"]
      }
    }
    data "aws_iam_policy_document" "d" {
      source_policy_documents   = [data.aws_iam_policy_document.source.json]
      override_policy_documents = [data.aws_iam_policy_document.over.json]
      statement {
        sid       = "Same"
        actions   = ["a:Own"]
        resources = ["*"]
      }
      statement {
        sid       = "Last"
        actions   = ["a:Lost"]
        resources = ["*"]
      }
    }
  `)
  expect(result).toMatchObject({
    Statement: [
      { Sid: 'Same', Action: 'a:Own' },
      { Action: 'a:NoSid' },
      { Sid: 'Last', Effect: 'Deny', Action: 'a:Over' },
      { Action: 'a:Added' },
    ],
  })
})

test('a partly known document keeps its structure, through other documents as well', async () => {
  const policy = await policyOf(`
    resource "aws_s3_bucket" "logs" {}
    data "aws_iam_policy_document" "inner" {
      statement {
        actions   = ["s3:GetObject"]
        resources = ["\${aws_s3_bucket.logs.arn}/*"]
      }
    }
    data "aws_iam_policy_document" "d" {
      source_policy_documents = [data.aws_iam_policy_document.inner.json]
      statement {
        actions   = ["*"]
        resources = ["*"]
      }
    }
  `)
  expect(policy).toMatchObject({
    kind: 'unresolved',
    reason: 'aws_s3_bucket.logs.arn is known after apply',
    from: expect.arrayContaining(['aws_s3_bucket.logs']),
    json: {
      Statement: [
        { Action: 's3:GetObject', Resource: { parts: [null, '/*'] } },
        { Action: '*', Resource: '*' },
      ],
    },
  })
})

test('what is unknown in number hides statements, not those beside it', async () => {
  const policy = await policyOf(`
    variable "extra" {}
    data "aws_iam_policy_document" "d" {
      source_policy_documents = [var.extra]
      statement {
        actions   = ["*"]
        resources = ["*"]
      }
      dynamic "statement" {
        for_each = var.extra
        content {
          actions   = [statement.value]
          resources = ["*"]
        }
      }
    }
  `)
  expect(policy).toMatchObject({
    json: {
      Statement: [
        { reason: 'var.extra has no value' },
        { Action: '*' },
        { reason: 'var.extra has no value', many: true, as: { Effect: 'Allow', Resource: '*' } },
      ],
    },
  })
})

test('a statement that may be there replaces the one of its sid for nobody to know', async () => {
  const policy = await policyOf(`
    variable "on" {
      type = bool
    }
    data "aws_iam_policy_document" "over" {
      dynamic "statement" {
        for_each = var.on ? [1] : []
        content {
          sid       = "Same"
          effect    = "Deny"
          actions   = ["*"]
          resources = ["*"]
        }
      }
    }
    data "aws_iam_policy_document" "d" {
      override_policy_documents = [data.aws_iam_policy_document.over.json]
      statement {
        sid       = "Same"
        actions   = ["*"]
        resources = ["*"]
      }
    }
  `)
  expect(policy).toMatchObject({
    json: { Statement: [{ reason: 'var.on has no value', as: undefined }] },
  })
})

test('an ARN that is known after apply begins like any', async () => {
  const loaded = await loadTree({
    'main.tf': `
      resource "x_other" "o" {}
      resource "x_thing" "t" {
        own     = x_other.o.arn
        derived = upper(x_other.o.arn)
        id      = x_other.o.id
      }
    `,
  })
  const { own, derived, id } = resourceIn(loaded, 'x_thing.t').attributes
  expect(own).toMatchObject({ parts: ['arn:', null] })
  expect(derived).toBeInstanceOf(Absent)
  expect(derived).toMatchObject({ parts: undefined })
  // And an id is a text, of which nothing is known.
  expect(id).toMatchObject({ parts: [null] })
})

test('other data sources say that only Terraform can ask for them', async () => {
  const loaded = await loadTree({
    'main.tf': `
      data "aws_caller_identity" "me" {}
      data "aws_partition" "p" {}
      resource "x_thing" "t" {
        a = data.aws_caller_identity.me.account_id
        b = "arn:\${data.aws_partition.p.partition}:iam::aws:policy/ReadOnlyAccess"
      }
    `,
  })
  const { attributes } = resourceIn(loaded, 'x_thing.t')
  expect(attributes.a).toMatchObject({
    reason: 'data.aws_caller_identity.me.account_id is known only when Terraform runs',
  })
  expect(attributes.b).toMatchObject({ parts: ['arn:', null, ':iam::aws:policy/ReadOnlyAccess'] })
})

test('documents merged by way of compact(), replace() and templates keep what is known', async () => {
  const document = `
    variable "extra" { type = string }
    variable "given" { type = string }
    data "aws_iam_policy_document" "inner" {
      statement {
        sid       = "Inner"
        actions   = ["s3:*"]
        resources = ["arn:aws:s3:::_BUCKET_", "arn:aws:s3:::_BUCKET_/*", x_bucket.b.arn]
        principals {
          type        = "AWS"
          identifiers = concat(["*"], compact([var.given]))
        }
      }
    }
    resource "x_bucket" "b" {}
    locals {
      replaced = replace(data.aws_iam_policy_document.inner.json, "_BUCKET_", x_bucket.b.id)
      template = <<-JSON
        { "Statement": { "Effect": "Allow", "Action": "a:b", "Resource": "\${x_bucket.b.arn}/*" } }
      JSON
    }
    data "aws_iam_policy_document" "d" {
      source_policy_documents   = compact([local.replaced, "", var.extra])
      override_policy_documents = [trimspace(local.template)]
    }
  `
  const policy = await policyOf(document)
  const { json } = policy instanceof Absent ? policy : expect.unreachable()
  expect(json).toMatchObject({
    Statement: [
      {
        Sid: 'Inner',
        Action: 's3:*',
        Principal: { AWS: ['*', { reason: 'var.given has no value' }] },
        Resource: [
          { parts: ['arn:aws:s3:::', null] },
          { parts: ['arn:aws:s3:::', null, '/*'] },
          { reason: 'x_bucket.b.arn is known after apply' },
        ],
      },
      { reason: 'var.extra has no value' },
      { Effect: 'Allow', Action: 'a:b', Resource: { parts: [null, '/*'] } },
    ],
  })
})
