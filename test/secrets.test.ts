import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formats as allFormats, loadReporter } from '../src/reporters/index.ts'
import { sampleReport } from '../src/reporters/sample.ts'
import { batten, folder } from './cli.ts'
import { liveScan } from './live-scan.ts'

// Each is spelt in two pieces, so that no scanner takes them for keys that leaked.
const key = (kind: string, rest: string): string => kind + rest
const secrets = {
  password: 'Tr0ub4dor-horse-staple',
  accessKey: key('AKIA', 'Q3EGRIPTXZ7LMN5V'),
  secretKey: key('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYzzSECRETKEY'),
  github: key('ghp_', 'a8Kd93jfLsk29dkfmw93kdkfjw93kd02kd9f'),
  slack: key('https://hooks.slack.com/services/', 'T02AB34CD/B05EF67GH/x8sK2mP0qR5tV7wY9zA1bC3d'),
  privateKey: key(
    '-----BEGIN RSA PRIVATE',
    ' KEY-----\\nMIIEpAIBAAKCAQEAsecretsecret\\n-----END RSA PRIVATE KEY-----',
  ),
  url: 'c0nn3ct-me-not',
}
const marks = [
  secrets.password,
  secrets.accessKey,
  secrets.secretKey,
  secrets.github,
  'x8sK2mP0qR5tV7wY9zA1bC3d',
  'MIIEpAIBAAKCAQEA',
  secrets.url,
]

const code = `
variable "db_password" {
  default   = "${secrets.password}"
  sensitive = true
}

resource "aws_db_instance" "db" {
  identifier = "orders"
  engine     = "postgres"
  username   = "root"
  password   = var.db_password
}

resource "aws_rds_cluster" "c" {
  master_password = "${secrets.password}"
}

resource "aws_instance" "web" {
  user_data = <<-EOT
    export AWS_ACCESS_KEY_ID=${secrets.accessKey}
    export AWS_SECRET_ACCESS_KEY=${secrets.secretKey}
    echo "${secrets.privateKey}"
  EOT
  tags = {
    token = "${secrets.github}"
    note  = "see postgres://root:${secrets.url}@db.example.com/orders"
  }
}

resource "aws_launch_template" "t" {
  user_data = base64encode("curl -H 'Authorization: token ${secrets.github}' ${secrets.slack}")
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      DATABASE_PASSWORD = "${secrets.password}"
      ACCESS            = "${secrets.accessKey}"
      SECRET            = "${secrets.secretKey}"
      GITHUB_TOKEN      = "${secrets.github}"
      HOOK              = "${secrets.slack}"
      DATABASE_URL      = "postgres://root:${secrets.url}@db.example.com/orders"
    }
  }
}

resource "aws_ssm_parameter" "p" {
  type  = "String"
  value = "${secrets.password}"
}

resource "aws_security_group" "open" {
  description = "${secrets.github}"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
    description = "ask ${secrets.accessKey}"
  }
}

resource "aws_s3_bucket" "b" {
  bucket = nonsensitive(var.db_password) == "" ? "a" : "logs"
  tags   = { owner = "${secrets.accessKey}" }
}
`

const policy = `package leaky

import rego.v1

deny contains sprintf("%v", [input.resource.aws_instance])

deny contains sprintf("f %v", [f]) if some f in input.resource.aws_lambda_function

deny contains {"msg": sprintf("db %s", [db.password])} if some db in input.resource.aws_db_instance

deny contains json.marshal(input.resources)
`

const withoutSecrets = (text: string): void => {
  // With what it stands in, so that a failure says where.
  const found = marks.flatMap(mark => {
    const at = text.indexOf(mark)
    return at < 0 ? [] : [text.slice(Math.max(0, at - 100), at + 10)]
  })
  expect(found).toEqual([])
}

test('no secret of the code comes out in any format, remark or trace', () => {
  const top = folder({ 'main.tf': code, 'policy/leaky.rego': policy })
  const formats = ['json', 'ndjson', 'csv', 'html', 'sarif', 'junit', 'markdown']
  const run = batten(
    ['iac', '.', '--debug', '--policy-dir', 'policy', '-M', ...formats, '--output-filename', 'r'],
    { cwd: top },
  )
  expect(run.code).toBe(1)
  expect(run.out).toContain('(hidden)')
  expect(run.err).toContain('policies: 1 file, 1 rule')
  withoutSecrets(run.out + run.err)
  const files = readdirSync(join(top, 'output'))
  expect(files).toHaveLength(formats.length + 1)
  for (const file of files) withoutSecrets(readFileSync(join(top, 'output', file), 'utf8'))
})

test('no secret of an account comes out in any format', async () => {
  const UserData = `#!/bin/bash\nexport TOKEN=${secrets.github}\naws configure set aws_secret_access_key ${secrets.secretKey}\nmysql -p${secrets.password}\n`
  const Tags = [{ Key: 'token', Value: secrets.github }]
  const { findings, summary } = await liveScan(
    {
      ec2: {
        'us-east-1': {
          Instances: [{ InstanceId: 'i-1', UserData, Tags }],
          Volumes: [{ VolumeId: 'vol-1', Encrypted: false, Tags }],
        },
      },
    },
    {
      services: ['ec2'],
      faults: [
        {
          operation: 'DescribeSnapshots',
          fault: { code: 'AccessDenied', status: 403, message: `denied to ${secrets.accessKey}` },
        },
      ],
    },
  )
  expect(findings.find(({ CheckID }) => CheckID.includes('secrets_user_data'))?.Status).toBe('FAIL')
  expect(summary.gaps.length).toBeGreaterThan(0)
  for (const format of allFormats) {
    const { render } = await loadReporter(format)
    const text = [...render(sampleReport(findings, summary))].join('')
    withoutSecrets(text)
    expect(text).not.toContain(Buffer.from(UserData).toString('base64').slice(0, 40))
  }
})

test('no message about a broken file quotes what stands in it', () => {
  const top = folder({
    'a/main.tf': `resource "aws_db_instance" "db" {\n  password = "${secrets.password}" "${secrets.github}"\n}\n`,
    'b/main.tf':
      'variable "p" {\n  type = number\n}\nresource "aws_db_instance" "d" {\n  password = var.p\n}\n',
    'b/terraform.tfvars': `p = "${secrets.password}"\nq = ${secrets.github} ${secrets.accessKey}\n`,
    'c/plan.json': `{"format_version": "1.2", "resource_changes": ${secrets.password}}`,
    'd/main.tf.json': `{"resource": {"aws_db_instance": {"d": {"password": "${secrets.password}" ${secrets.github}}}}}`,
    'e/main.tf': `locals {\n  k = jsondecode("${secrets.password}")\n  n = tonumber("${secrets.github}")\n}\nresource "aws_s3_bucket" "b" {\n  bucket = local.k\n  acl    = local.n\n}\n`,
    'f/main.tf': `resource "aws_s3_bucket" "b" {\n  acl = "\${${secrets.password}`,
  })
  const run = batten(['iac', '.', '--debug', '--format', 'json'], { cwd: top })
  withoutSecrets(run.out + run.err)
})

test.each([
  ['a mutelist', ['--mutelist-file', 'f']],
  ['a baseline', ['--baseline', 'f']],
  ['a configuration', ['--config', 'f']],
  ['variables', ['--var-file', 'f']],
])('%s that is something else is not quoted', (_, args) => {
  const text = `[default]\naws_access_key_id = ${secrets.accessKey}\naws_secret_access_key = ${secrets.secretKey}\n`
  const run = batten(['iac', '.', ...args], { cwd: folder({ 'a.tf': '', f: text }) })
  expect(run.code).not.toBe(0)
  withoutSecrets(run.out + run.err)
})

test('credentials that are not to be had are not quoted either', () => {
  const top = folder({
    config: `[profile p]\ncredential_process = false ${secrets.password}\n[profile q]\ncredential_process = echo '{"Version": 1, "SecretAccessKey": ${secrets.secretKey}'\n`,
  })
  const env = { AWS_CONFIG_FILE: join(top, 'config'), AWS_EC2_METADATA_DISABLED: 'true' }
  for (const profile of ['p', 'q']) {
    const run = batten(['aws', '--profile', profile, '--debug'], { cwd: top, env })
    expect(run.code).toBe(2)
    withoutSecrets(run.out + run.err)
  }
})

test('nor what the environment says of channels', () => {
  const top = folder({ 'f.json': '[]' })
  const env = { BATTEN_TICKET: `{"kind": "jira", "token": ${secrets.password}}` }
  const run = batten(['remediate', 'plan', 'f.json', '--debug'], { cwd: top, env })
  expect(run.code).toBe(2)
  withoutSecrets(run.out + run.err)
})
