import { expect, test } from 'vitest'
import { UserError } from '../../errors.ts'
import { loadTerraform } from './index.ts'
import { loadTree, resourceIn, treeOf } from './testing.ts'

test('region and default tags come from the provider that makes the resource', async () => {
  const loaded = await loadTree({
    'main.tf': `
      provider "aws" {
        region = "eu-west-1"
        default_tags {
          tags = { team = "core", env = "prod" }
        }
      }
      provider "aws" {
        alias  = "west"
        region = "us-west-2"
      }
      resource "aws_s3_bucket" "here" {
        tags = { env = "test" }
      }
      resource "aws_s3_bucket" "there" {
        provider = aws.west
      }
      module "m" {
        source    = "./m"
        providers = { aws = aws.west }
      }
      module "inherits" {
        source = "./m"
      }
    `,
    'm/main.tf': 'resource "aws_s3_bucket" "in" {}\n',
  })
  const here = resourceIn(loaded, 'aws_s3_bucket.here')
  expect(here.region).toBe('eu-west-1')
  expect(here.attributes.tags).toEqual({ team: 'core', env: 'test' })
  expect(here.attributes.tags_all).toEqual({ team: 'core', env: 'test' })
  expect(resourceIn(loaded, 'aws_s3_bucket.there').region).toBe('us-west-2')
  expect(resourceIn(loaded, 'module.m.aws_s3_bucket.in').region).toBe('us-west-2')
  const inherits = resourceIn(loaded, 'module.inherits.aws_s3_bucket.in')
  expect(inherits.region).toBe('eu-west-1')
  expect(inherits.attributes.tags).toEqual({ team: 'core', env: 'prod' })
})

test('values come from files, the environment and the command line', async () => {
  const loaded = await loadTree(
    {
      'main.tf': `
        variable "a" {}
        variable "b" {}
        variable "c" {}
        variable "d" {}
        resource "aws_s3_bucket" "x" {
          bucket = "\${var.a}-\${var.b}-\${var.c}-\${var.d}"
        }
      `,
      'terraform.tfvars': 'a = "tfvars"\nb = "tfvars"\nc = "tfvars"\n',
      'prod.tfvars': 'b = "prod"\nc = "prod"\n',
    },
    {
      env: { TF_VAR_a: 'env', TF_VAR_d: 'env' },
      varFiles: ['prod.tfvars'],
      vars: { c: 'flag' },
    },
  )
  expect(resourceIn(loaded, 'aws_s3_bucket.x').attributes.bucket).toBe('tfvars-prod-flag-env')
})

test('a file of values may stand anywhere, and must be there', async () => {
  const cwd = treeOf({
    'repo/.git/HEAD': '',
    'repo/main.tf': 'variable "a" {}\nresource "aws_s3_bucket" "x" {\n  bucket = var.a\n}\n',
    'values/prod.tfvars': 'a = "prod"\n',
  })
  const load = (file: string) => loadTerraform(['repo'], { cwd, env: {}, varFiles: [file] })
  const loaded = await load('values/prod.tfvars')
  expect(resourceIn(loaded, 'aws_s3_bucket.x').attributes.bucket).toBe('prod')
  await expect(load('values/none.tfvars')).rejects.toThrow(UserError)
})
