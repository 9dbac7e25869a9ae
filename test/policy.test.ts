import { describe, expect, test } from 'vitest'
import { onBuckets, policyScan } from './policy-harness.ts'

const bucket = (name: string, body = '') => `resource "aws_s3_bucket" "${name}" {\n  ${body}\n}\n`
const noTeam = onBuckets('not bucket.tags.team\n\tmsg := sprintf("bucket %s has no team", [name])')

describe('a denial is a finding', () => {
  test('of the resource that the rule has bound, at its line', async () => {
    const { findings, said, exit } = await policyScan({
      'main.tf': bucket('a', 'tags = { team = "x" }') + bucket('b'),
      'policy/p.rego': noTeam,
    })
    expect(said).toEqual(['FAIL aws_s3_bucket.b: bucket b has no team'])
    expect(
      findings.map(({ ResourceId, Status, File, StartLine }) => [
        ResourceId,
        Status,
        File,
        StartLine,
      ]),
    ).toEqual([
      ['aws_s3_bucket.a', 'PASS', 'main.tf', 1],
      ['aws_s3_bucket.b', 'FAIL', 'main.tf', 4],
    ])
    expect(exit).toBe(1)
  })

  test('at the block that the rule has bound, in a split piece too', async () => {
    const { findings } = await policyScan({
      'main.tf': `resource "aws_security_group" "web" {
  name = "web"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "db" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 5432
  to_port           = 5432
  ip_protocol       = "tcp"
}
`,
      'policy/p.rego': `package test

import rego.v1

deny contains sprintf("port %d is open", [rule.from_port]) if {
	some sg in input.resource.aws_security_group
	some rule in sg.ingress
	"0.0.0.0/0" in rule.cidr_blocks
}
`,
    })
    expect(
      findings.map(({ StatusExtended, Address, FaultAddress, StartLine, Evidence }) => [
        StatusExtended,
        Address,
        FaultAddress,
        StartLine,
        Evidence[0]?.Path,
      ]),
    ).toEqual([
      [
        'port 22 is open',
        'aws_security_group.web',
        'aws_security_group.web',
        13,
        'ingress[1].cidr_blocks',
      ],
      [
        'port 5432 is open',
        'aws_security_group.web',
        'aws_vpc_security_group_ingress_rule.db',
        19,
        'cidr_ipv4',
      ],
    ])
  })

  test('with what its object says', async () => {
    const { findings } = await policyScan({
      'main.tf': bucket('a', 'acl = "public-read"'),
      'policy/p.rego': `package test

import rego.v1

deny contains {
	"msg": "public",
	"severity": "critical",
	"resource": "aws_s3_bucket.a",
	"path": "acl",
	"remediation": "Remove the ACL.",
} if input.resource.aws_s3_bucket.a.acl == "public-read"
`,
    })
    expect(findings).toMatchObject([
      {
        StatusExtended: 'public',
        Severity: 'CRITICAL',
        ResourceId: 'aws_s3_bucket.a',
        StartLine: 2,
        Remediation: { Recommendation: 'Remove the ACL.' },
        Evidence: [{ Path: 'acl', Value: 'public-read', Line: 2 }],
      },
    ])
  })

  test('of the resource that a name in the message means, where nothing is bound', async () => {
    const { said } = await policyScan({
      'main.tf': bucket('plain') + bucket('plain_2'),
      'policy/p.rego': `package test

import rego.v1

names := {name | some name, _ in input.resource.aws_s3_bucket}

deny contains "the bucket plain_2 has a bad name" if count(names) == 2
`,
    })
    expect(said).toEqual(['FAIL aws_s3_bucket.plain_2: the bucket plain_2 has a bad name'])
  })

  test('of the whole root module where nothing tells which', async () => {
    const { findings } = await policyScan({
      'main.tf': bucket('a') + bucket('b'),
      'policy/p.rego':
        'package test\n\nimport rego.v1\n\ndeny contains "too many" if count(input.resource.aws_s3_bucket) > 1\n',
    })
    expect(findings).toMatchObject([
      {
        Status: 'FAIL',
        ResourceType: 'root_module',
        ResourceId: '.',
        StatusExtended: 'too many',
        File: null,
      },
    ])
  })

  test('once for each resource, though the message is one', async () => {
    const code =
      bucket('a', 'acl = "public-read"') + bucket('b', 'acl = "public-read"') + bucket('c')
    for (const body of [
      'input.resource.aws_s3_bucket[_].acl == "public-read"',
      'b := input.resource.aws_s3_bucket[_]; b.acl == "public-read"',
      'input.resources[i].values.acl == "public-read"',
    ]) {
      const { said } = await policyScan({
        'main.tf': code,
        'policy/p.rego': `package test\n\ndeny["bad"] { ${body} }\n`,
      })
      expect(said).toEqual(['FAIL aws_s3_bucket.a: bad', 'FAIL aws_s3_bucket.b: bad'])
    }
  })
})
