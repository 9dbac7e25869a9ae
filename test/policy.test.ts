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

describe('what a policy cannot know', () => {
  const encrypted = `package test

import rego.v1

deny contains sprintf("bucket %s is not encrypted", [name]) if {
	some name, bucket in input.resource.aws_s3_bucket
	not has_encryption(bucket)
}

has_encryption(bucket) if {
	bucket.server_side_encryption_configuration[_].rule[_].apply_server_side_encryption_by_default[_].sse_algorithm == "aws:kms"
}
`
  const code = `variable "algorithm" {}
resource "aws_s3_bucket" "open" {}
resource "aws_s3_bucket" "asked" {}
resource "aws_s3_bucket_server_side_encryption_configuration" "asked" {
  bucket = aws_s3_bucket.asked.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = var.algorithm
    }
  }
}
`

  test('is UNKNOWN with its reason, under a negation too', async () => {
    const { findings, said } = await policyScan({ 'main.tf': code, 'policy/p.rego': encrypted })
    expect(said).toEqual([
      'FAIL aws_s3_bucket.open: bucket open is not encrypted',
      expect.stringMatching(
        /^UNKNOWN aws_s3_bucket.asked: S3 Bucket asked cannot be judged: .*var\.algorithm/,
      ),
    ])
    expect(findings.find(({ Status }) => Status === 'UNKNOWN')?.UnknownReason).toContain(
      'var.algorithm',
    )
  })

  test('is decided by what is known beside it', async () => {
    const text = encrypted.replace(
      '\nhas_encryption',
      '\nhas_encryption(bucket) if bucket.tags.exempt == "yes"\n\nhas_encryption',
    )
    const { findings } = await policyScan({
      'main.tf': code.replace('"asked" {}', '"asked" {\n  tags = { exempt = "yes" }\n}'),
      'policy/p.rego': text,
    })
    expect(findings.map(({ ResourceId, Status }) => [ResourceId, Status])).toEqual([
      ['aws_s3_bucket.open', 'FAIL'],
      ['aws_s3_bucket.asked', 'PASS'],
    ])
  })

  test.each([
    ['an element', 'cidr_blocks = ["10.0.0.0/8", var.where]', 'UNKNOWN'],
    ['an element beside one that decides', 'cidr_blocks = ["0.0.0.0/0", var.where]', 'FAIL'],
    ['nothing', 'cidr_blocks = ["10.0.0.0/8"]', 'PASS'],
  ])('%s of a list', async (_, line, status) => {
    const { findings } = await policyScan({
      'main.tf': `variable "where" {}\nresource "aws_security_group" "a" {\n  ingress {\n    from_port = 1\n    to_port = 1\n    protocol = "tcp"\n    ${line}\n  }\n}\n`,
      'policy/p.rego':
        'package test\n\nimport rego.v1\n\ndeny contains "open" if {\n\tsome sg in input.resource.aws_security_group\n\t"0.0.0.0/0" in sg.ingress[_].cidr_blocks\n}\n',
    })
    expect(findings.map(({ Status }) => Status)).toEqual([status])
  })

  test('of one resource leaves open those that are judged by it', async () => {
    const { findings } = await policyScan({
      'main.tf': `variable "t" {}
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
  tags = { env = var.t }
}
resource "aws_s3_bucket" "b" {}
`,
      'policy/p.rego': `package test

import rego.v1

in_production if input.resource.aws_vpc[_].tags.env == "production"

deny contains sprintf("bucket %s", [name]) if {
	some name, _ in input.resource.aws_s3_bucket
	in_production
}
`,
    })
    expect(findings.map(({ ResourceId, Status }) => [ResourceId, Status])).toEqual([
      ['aws_vpc.a', 'UNKNOWN'],
      ['aws_s3_bucket.b', 'UNKNOWN'],
    ])
  })

  test('of a resource that is not in the scan, only what its pieces say counts', async () => {
    const { findings } = await policyScan({
      'main.tf': `variable "x" {}
resource "aws_security_group_rule" "open" {
  security_group_id = var.x
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}
resource "aws_security_group_rule" "asked" {
  security_group_id = var.x
  type              = "ingress"
  protocol          = "tcp"
  from_port         = var.x
  to_port           = var.x
  cidr_blocks       = ["0.0.0.0/0"]
}
`,
      'policy/p.rego': `package test

import rego.v1

deny_port contains "open" if {
	some group in input.resource.aws_security_group
	group.ingress[_].from_port == 22
}

deny_tags contains "no tags" if {
	some group in input.resource.aws_security_group
	not group.tags.owner
}
`,
    })
    expect(
      findings.map(({ CheckID, Status, ResourceId }) => [CheckID, Status, ResourceId]),
    ).toEqual([
      ['test.deny_port', 'FAIL', 'aws_security_group_rule.open'],
      ['test.deny_port', 'UNKNOWN', 'aws_security_group_rule.asked'],
    ])
  })

  test('an omitted attribute is undefined, not unknown', async () => {
    const { findings } = await policyScan({
      'main.tf': bucket('a'),
      'policy/p.rego': onBuckets('not bucket.acl\n\tmsg := sprintf("%s has no acl", [name])'),
    })
    expect(findings.map(({ Status }) => Status)).toEqual(['FAIL'])
  })
})

describe('the input', () => {
  test('says what of a resource is not known', async () => {
    const { said } = await policyScan({
      'main.tf': `variable "x" {}\n${bucket('a', 'acl = var.x\n  tags = { b = var.x, c = "d" }')}`,
      'policy/p.rego':
        'package test\n\nimport rego.v1\n\nimport data.batten\n\ndeny contains concat(" ", batten.unknown(r)) if {\n\tsome r in input.resources\n\tbatten.is_unknown(r, "tags.b")\n\tnot batten.is_unknown(r, "tags.c")\n}\n',
    })
    expect(said).toEqual(['FAIL aws_s3_bucket.a: acl tags.b'])
  })

  const show = (code: string, what: string) =>
    policyScan({
      'main.tf': code,
      'policy/p.rego': `package test\n\nimport rego.v1\n\ndeny contains json.marshal(${what})\n`,
    }).then(({ findings }) => JSON.parse(findings[0]?.StatusExtended ?? 'null'))

  test('has every block as an array, and nothing that is not declared', async () => {
    const code = bucket(
      'a',
      'bucket = "a"\n  force_destroy = null\n  versioning {\n    enabled = true\n  }',
    )
    expect(await show(code, 'input.resource.aws_s3_bucket')).toEqual({
      a: { bucket: 'a', versioning: [{ enabled: true }] },
    })
  })

  test('fills the blocks of old code from split resources', async () => {
    const code = `${bucket('a')}
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.bucket
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_logging" "a" {
  bucket        = aws_s3_bucket.a.id
  target_bucket = "logs"
  target_prefix = "a/"
}
resource "aws_s3_bucket_policy" "a" {
  bucket = aws_s3_bucket.a.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
`
    expect(await show(code, 'input.resource.aws_s3_bucket.a')).toEqual({
      versioning: [{ enabled: true }],
      logging: [{ target_bucket: 'logs', target_prefix: 'a/' }],
      policy: '{"Statement":[],"Version":"2012-10-17"}',
    })
  })

  test('has a block of .tf.json, which may be an object, as an array too, at its line', async () => {
    const split = {
      aws_s3_bucket: { old: { versioning: { enabled: true } }, new: { bucket: 'n' }, none: {} },
      aws_s3_bucket_versioning: {
        new: {
          bucket: 'n',
          versioning_configuration: { status: 'Enabled' },
        },
      },
    }
    const { said, findings } = await policyScan({
      'main.tf.json': JSON.stringify({ resource: split }, null, 1),
      'policy/p.rego': `package test

import rego.v1

deny contains sprintf("%s keeps no versions", [name]) if {
	some name, bucket in input.resource.aws_s3_bucket
	not keeps(bucket)
}

keeps(bucket) if bucket.versioning[_].enabled == true

warn contains "suspended" if input.resource.aws_s3_bucket_versioning[_].versioning_configuration[_].status != "Suspended"

warn_on contains sprintf("%s", [name]) if {
	some name, bucket in input.resource.aws_s3_bucket
	some block in bucket.versioning
	block.enabled
}
`,
    })
    expect([...said].sort()).toEqual([
      'FAIL aws_s3_bucket.new: new',
      'FAIL aws_s3_bucket.none: none keeps no versions',
      'FAIL aws_s3_bucket.old: old',
      'FAIL aws_s3_bucket_versioning.new: suspended',
    ])
    const line = (id: string) => findings.find(each => each.ResourceId === id && each.Evidence[0])
    expect(line('aws_s3_bucket.old')).toMatchObject({
      StartLine: 5,
      Evidence: [{ Path: 'versioning', Value: { enabled: true } }],
    })
  })

  test('is as whole from a plan', async () => {
    const resources = [
      ['aws_s3_bucket', 'a', { bucket: 'a' }],
      ['aws_s3_bucket_versioning', 'a', { versioning_configuration: [{ status: 'Enabled' }] }],
    ] as const
    const plan = {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: resources.map(([type, name, values]) => ({
            address: `${type}.${name}`,
            mode: 'managed',
            type,
            name,
            values,
          })),
        },
      },
      resource_changes: resources.map(([type, name, after]) => ({
        address: `${type}.${name}`,
        mode: 'managed',
        type,
        name,
        change: { actions: ['create'], after, after_unknown: { id: true, bucket: name !== 'a' } },
      })),
      configuration: {
        root_module: {
          resources: resources.map(([type, name]) => ({
            address: `${type}.${name}`,
            mode: 'managed',
            type,
            name,
            expressions:
              type === 'aws_s3_bucket' ? {} : { bucket: { references: ['aws_s3_bucket.a'] } },
          })),
        },
      },
    }
    const { findings } = await policyScan({
      'plan.json': JSON.stringify(plan),
      'policy/p.rego': onBuckets(
        'not bucket.versioning[_].enabled == true\n\tmsg := sprintf("%s keeps no versions", [name])',
      ),
    })
    expect(findings.map(({ ResourceId, Status }) => `${Status} ${ResourceId}`)).toEqual([
      'PASS aws_s3_bucket.a',
    ])
  })

  test('keeps rules as they are declared, and adds split ones', async () => {
    const code = `resource "aws_security_group" "a" {
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "TCP"
    cidr_blocks = ["10.0.0.0/8", "10.1.0.0/16"]
  }
}
resource "aws_vpc_security_group_ingress_rule" "b" {
  security_group_id = aws_security_group.a.id
  cidr_ipv4         = "10.2.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}
`
    expect(await show(code, 'input.resource.aws_security_group.a.ingress')).toEqual([
      { from_port: 80, to_port: 80, protocol: 'TCP', cidr_blocks: ['10.0.0.0/8', '10.1.0.0/16'] },
      { cidr_blocks: ['10.2.0.0/16'], protocol: 'tcp', from_port: 22, to_port: 22 },
    ])
  })

  test('gives names that overwrite nothing', async () => {
    const code = `module "m" {
  source = "./m"
}
${bucket('logs', 'count = 2')}${bucket('only')}`
    const { findings } = await policyScan({
      'main.tf': code,
      'm/main.tf': bucket('logs') + bucket('inner'),
      'policy/p.rego':
        'package test\n\nimport rego.v1\n\ndeny contains json.marshal(object.keys(input.resource.aws_s3_bucket))\n',
    })
    const denial = findings.find(({ Status }) => Status === 'FAIL')
    expect(JSON.parse(denial?.StatusExtended ?? '')).toEqual([
      'aws_s3_bucket.logs[0]',
      'aws_s3_bucket.logs[1]',
      'inner',
      'module.m.aws_s3_bucket.logs',
      'only',
    ])
  })

  test('lists all resources with their heads', async () => {
    expect(await show(bucket('a', 'bucket = "x"'), 'input.resources')).toEqual([
      {
        id: 'aws_s3_bucket.a',
        type: 'aws_s3_bucket',
        name: 'x',
        address: 'aws_s3_bucket.a',
        file: 'main.tf',
        line: 1,
        unknown: [],
        values: { bucket: 'x' },
      },
    ])
  })

  test('is one for each root module', async () => {
    const { said } = await policyScan({
      'a/main.tf': bucket('x'),
      'b/main.tf': bucket('x') + bucket('y'),
      'policy/p.rego':
        'package test\n\nimport rego.v1\n\ndeny contains sprintf("%d", [count(input.resource.aws_s3_bucket)])\n',
    })
    expect(said).toEqual(['FAIL a: 1', 'FAIL b: 2'])
  })

  test('takes hostile names as data', async () => {
    const { said } = await policyScan({
      'main.tf': `${bucket('__proto__', 'tags = { __proto__ = "x", constructor = "y" }')}${bucket('constructor')}`,
      'policy/p.rego': onBuckets(
        'msg := sprintf("%s %v", [name, object.get(bucket, "tags", "none")])',
      ),
    })
    expect(said).toEqual([
      'FAIL aws_s3_bucket.__proto__: __proto__ {"__proto__": "x", "constructor": "y"}',
      'FAIL aws_s3_bucket.constructor: constructor none',
    ])
  })
})
