import { describe, expect, test } from 'vitest'
import { checkSources, estatesOf, judge } from './check-harness.ts'

/** Verdicts on shapes of real code where something is not known: what is known decides. */
const sources = await checkSources()
const checks = new Map(sources.flatMap(({ checks }) => checks.map(check => [check.id, check])))

async function verdicts(id: string, code: string): Promise<readonly string[]> {
  const check = checks.get(id) ?? expect.unreachable(id)
  const found: string[] = []
  for (const estate of await estatesOf(check, code)) {
    expect(estate.gaps).toEqual([])
    const evaluation = await judge(check, estate)
    expect(evaluation.bugs).toEqual([])
    for (const { finding } of evaluation.findings())
      found.push(`${finding.Status} ${finding.UnknownReason ?? ''}`.trim())
  }
  return found
}

const ssh = 'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22'

function group(body: string, more = ''): string {
  return `variable "open" {}
  ${more}
  resource "aws_security_group" "a" {
    name = "a"
    ${body}
  }`
}

function role(principals: string): string {
  return `data "aws_partition" "current" {
  }
  data "aws_caller_identity" "current" {
  }
  data "aws_iam_policy_document" "trust" {
    statement {
      actions = ["sts:AssumeRole"]
      principals {
        ${principals}
      }
    }
  }
  resource "aws_iam_role" "a" {
    name               = "a"
    assume_role_policy = data.aws_iam_policy_document.trust.json
  }`
}

test.each<[string, string, string, string]>([
  [
    'a number of rules that is not known, each of them harmless',
    ssh,
    group(
      '',
      `resource "aws_security_group_rule" "r" {
      count                    = var.open
      type                     = "ingress"
      security_group_id        = aws_security_group.a.id
      source_security_group_id = "sg-1"
      protocol                 = "tcp"
      from_port                = 22
      to_port                  = 22
    }`,
    ),
    'PASS',
  ],
  [
    'a number of rules that is not known, each of them open',
    ssh,
    group(`dynamic "ingress" {
      for_each = var.open
      content {
        protocol    = "tcp"
        from_port   = 22
        to_port     = 22
        cidr_blocks = ["0.0.0.0/0"]
      }
    }`),
    'UNKNOWN var.open has no value',
  ],
  [
    'a number of rules that is not known, whatever their ports',
    ssh,
    group(
      `dynamic "ingress" {
      for_each = var.open
      content {
        protocol    = "tcp"
        from_port   = ingress.value
        to_port     = ingress.value
        cidr_blocks = ["10.0.0.0/8", "\${aws_eip.a.public_ip}/32"]
      }
    }`,
      'resource "aws_eip" "a" {\n}',
    ),
    'PASS',
  ],
  [
    'the block of a VPC that is there already',
    ssh,
    group(
      `ingress {
      protocol    = "tcp"
      from_port   = 22
      to_port     = 22
      cidr_blocks = [data.aws_vpc.a.cidr_block]
    }`,
      'data "aws_vpc" "a" {\n default = true\n}',
    ),
    'PASS',
  ],
  [
    'a service whose name ends with the partition’s suffix',
    'iam_role_cross_service_confused_deputy_prevention',
    role(`type = "Service"
      identifiers = ["ec2.\${data.aws_partition.current.dns_suffix}"]`),
    'PASS',
  ],
  [
    'an account’s number alone as a principal',
    'iam_role_not_assumable_by_anyone',
    role(`type = "AWS"
      identifiers = [data.aws_caller_identity.current.account_id]`),
    'PASS',
  ],
  [
    'a policy that is looked up by name',
    'iam_role_administratoraccess_policy',
    `${role('type = "AWS"\nidentifiers = ["111122223333"]')}
    data "aws_iam_policy" "read" {
      name = "ReadOnlyAccess"
    }
    resource "aws_iam_role_policy_attachment" "a" {
      role       = aws_iam_role.a.name
      policy_arn = data.aws_iam_policy.read.arn
    }`,
    'PASS',
  ],
  [
    'a bucket that load balancers log to',
    's3_bucket_cross_account_access',
    `data "aws_elb_service_account" "main" {
    }
    resource "aws_s3_bucket" "a" {
      bucket = "logs"
    }
    resource "aws_s3_bucket_policy" "a" {
      bucket = aws_s3_bucket.a.id
      policy = jsonencode({
        Statement = [{
          Effect    = "Allow"
          Principal = { AWS = [data.aws_elb_service_account.main.arn, "arn:aws:iam::127311923021:root"] }
          Action    = "s3:PutObject"
          Resource  = "\${aws_s3_bucket.a.arn}/*"
        }]
      })
    }`,
    'PASS',
  ],
  [
    'zones that are taken from the region’s list',
    'vpc_subnet_different_az',
    `data "aws_availability_zones" "all" {
    }
    resource "aws_vpc" "a" {
      cidr_block = "10.0.0.0/16"
    }
    resource "aws_subnet" "a" {
      count             = 2
      vpc_id            = aws_vpc.a.id
      cidr_block        = "10.0.\${count.index}.0/24"
      availability_zone = element(data.aws_availability_zones.all.names, count.index)
    }`,
    'PASS',
  ],
])('%s', async (_, id, code, verdict) => expect(await verdicts(id, code)).toEqual([verdict]))

describe('pieces of which there may be any number', () => {
  const attached = (arn: string) => `variable "on" {
    type = bool
  }
  resource "aws_iam_policy" "own" {
    count  = var.on ? 1 : 0
    policy = jsonencode({ Statement = [] })
  }
  resource "aws_iam_role" "a" {
    assume_role_policy = jsonencode({ Statement = [] })
  }
  resource "aws_iam_role_policy_attachment" "a" {
    count      = var.on ? 1 : 0
    role       = aws_iam_role.a.name
    policy_arn = ${arn}
  }`

  test.each([
    ['aws_iam_policy.own[0].arn', 'PASS'],
    ['"arn:aws:iam::aws:policy/ReadOnlyAccess"', 'PASS'],
    [
      '"arn:aws:iam::aws:policy/AdministratorAccess"',
      'UNKNOWN how many aws_iam_role_policy_attachment.a there are is not known',
    ],
  ])('%s', async (arn, verdict) =>
    expect(await verdicts('iam_role_administratoraccess_policy', attached(arn))).toEqual([verdict]),
  )
})

test('a principal of which nothing is known is one text', async () => {
  const code = `resource "aws_s3_bucket" "a" {
    bucket = "a"
  }
  resource "aws_s3_bucket_public_access_block" "a" {
    bucket = aws_s3_bucket.a.id
  }
  resource "aws_s3_bucket_policy" "a" {
    bucket = aws_s3_bucket.a.id
    policy = data.aws_iam_policy_document.a.json
  }
  data "aws_iam_policy_document" "a" {
    statement {
      actions   = ["s3:GetObject"]
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = [aws_cloudfront_origin_access_identity.a.iam_arn]
      }
    }
  }
  resource "aws_cloudfront_origin_access_identity" "a" {
  }`
  expect(await verdicts('s3_bucket_public_access', code)).toEqual(['PASS'])
  expect(await verdicts('s3_bucket_cross_account_access', code)).toEqual(['PASS'])
})

test('what network interfaces decide is not known, however many there are', async () => {
  const code = `resource "aws_instance" "a" {
    dynamic "network_interface" {
      for_each = [0, 1]
      content {
        device_index         = network_interface.value
        network_interface_id = "eni-\${network_interface.value}"
      }
    }
  }`
  expect(await verdicts('ec2_instance_port_ssh_exposed_to_internet', code)).toEqual([
    'UNKNOWN the network interface decides vpc_security_group_ids; the network interface decides associate_public_ip_address',
  ])
})

describe('a piece whose resource is not in the scan', () => {
  const rule = (way: string, source: string) => `variable "source" {}
  resource "aws_security_group_rule" "a" {
    type              = "${way}"
    security_group_id = "sg-0a1b2c3d4e5f60718"
    protocol          = "tcp"
    from_port         = 22
    to_port           = 22
    cidr_blocks       = ["${source}"]
    description       = "By hand"
  }`

  test.each<[string, string, readonly string[]]>([
    [ssh, rule('ingress', '0.0.0.0/0'), ['FAIL']],
    [ssh, rule('ingress', '10.0.0.0/8'), ['PASS']],
    [ssh, rule('ingress', `\${var.source}`), ['UNKNOWN var.source has no value']],
    // What the piece says nothing of is nobody's business here, nor what other pieces may say.
    [ssh, rule('egress', '0.0.0.0/0'), []],
    ['ec2_securitygroup_rules_have_description', rule('ingress', '10.0.0.0/8'), []],
    ['ec2_securitygroup_allow_wide_open_public_ipv4', rule('ingress', '8.0.0.0/8'), ['FAIL']],
    ['ec2_securitygroup_from_launch_wizard', rule('ingress', '0.0.0.0/0'), []],
    [
      'vpc_endpoint_for_ec2_enabled',
      'resource "aws_flow_log" "a" {\n vpc_id = "vpc-1"\n log_destination = "arn:aws:s3:::logs"\n}',
      [],
    ],
    [
      'ec2_securitygroup_default_restrict_traffic',
      rule('ingress', '0.0.0.0/0'),
      ['UNKNOWN the aws_security_group of aws_security_group_rule.a is not in the scan'],
    ],
  ])('%s of %s', async (id, code, expected) => expect(await verdicts(id, code)).toEqual(expected))
})
