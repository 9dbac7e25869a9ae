import { expect, test } from 'vitest'
import { Absent, type Plain } from '../../resource.ts'
import { loadTree, resourceIn } from './testing.ts'

/** Text, with `*` for holes. */
async function answer(expression: string, data: string): Promise<string> {
  const loaded = await loadTree({
    'main.tf': `
      ${data}
      resource "x_thing" "t" {
        value = ${expression}
      }
    `,
  })
  expect(loaded.warnings).toEqual([])
  return shown(resourceIn(loaded, 'x_thing.t').attributes.value)
}

function shown(value: Plain): string {
  if (!(value instanceof Absent)) return String(value)
  return value.parts?.map(part => part ?? '*').join('') ?? `(${value.reason})`
}

const inRegion = (region: string) => `provider "aws" {\n region = "${region}"\n}\n`

test.each([
  ['aws_region', '', 'name', 'eu-west-1', 'eu-west-1'],
  ['aws_region', 'name = "us-east-1"', 'id', 'eu-west-1', 'us-east-1'],
  ['aws_partition', '', 'partition', 'us-gov-west-1', 'aws-us-gov'],
  ['aws_partition', '', 'dns_suffix', 'cn-north-1', 'amazonaws.com.cn'],
  ['aws_partition', '', 'reverse_dns_prefix', 'eu-west-1', 'com.amazonaws'],
  ['aws_service_principal', 'service_name = "ec2"', 'name', 'eu-west-1', 'ec2.amazonaws.com'],
  ['aws_service_principal', 'service_name = "ec2"', 'name', '', 'ec2.*'],
  ['aws_iam_policy', 'name = "ReadOnlyAccess"', 'arn', '', 'arn:*:iam::*/ReadOnlyAccess'],
  ['aws_iam_policy', 'arn = "arn:aws:iam::aws:policy/A"', 'arn', '', 'arn:aws:iam::aws:policy/A'],
  ['aws_s3_bucket', 'bucket = "logs"', 'id', '', 'logs'],
  ['aws_vpc_endpoint_service', 'service = "s3"', 'service_name', '', 'com.amazonaws.*.s3'],
  ['aws_vpc_endpoint_service', 'service = "s3"', 'service_name', 'a-1', 'com.amazonaws.a-1.s3'],
  [
    'aws_partition',
    '',
    'partition',
    '',
    '(data.aws_partition.d.partition is known only when Terraform runs)',
  ],
])('%s { %s }.%s in "%s"', async (type, body, attribute, region, expected) => {
  const data = `${region === '' ? '' : inRegion(region)}data "${type}" "d" {\n ${body}\n}`
  expect(await answer(`data.${type}.d.${attribute}`, data)).toBe(expected)
})

test('a region that waits for a data source of its own provider', async () => {
  const data = `provider "aws" {\n region = data.aws_region.d.name\n}\ndata "aws_region" "d" {\n}`
  const value = await answer('data.aws_region.d.name', data)
  expect(value).toContain('data.aws_region.d.name')
})

test('template_file renders as templatefile() does', async () => {
  const data = `
    variable "who" {}
    data "template_file" "d" {
      template = "Hello $\${name} of $\${place}"
      vars = {
        name  = var.who
        place = "here"
      }
    }
  `
  expect(await answer('data.template_file.d.rendered', data)).toBe('Hello * of here')
  const broken = 'data "template_file" "d" {\n template = "$${nobody}"\n}'
  expect(await answer('data.template_file.d.rendered', broken)).toContain('is known only')
})

test('zones are told apart by their place in the list', async () => {
  const data = 'data "aws_availability_zones" "d" {\n}'
  const value = await answer('slice(data.aws_availability_zones.d.names, 0, 2)[1]', data)
  expect(value).toBe('*')
})
