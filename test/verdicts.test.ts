import { expect, test } from 'vitest'
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
])('%s', async (_, id, code, verdict) => expect(await verdicts(id, code)).toEqual([verdict]))
