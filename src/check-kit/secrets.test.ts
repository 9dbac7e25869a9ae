import { expect, test } from 'vitest'
import { Absent, Missing } from '../resource.ts'
import { holdsSecret } from './secrets.ts'

const script = (line: string) => `#!/bin/bash\nyum update -y\n${line}\n`

test.each([
  'export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE',
  'export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'DB_PASSWORD=hunter22',
  'password: "correct horse"',
  '{"api_key": "0123456789abcdef"}',
  'mysql -u root --password=hunter22 app',
  'psql postgres://app:hunter2@db.internal/app',
  '-----BEGIN RSA PRIVATE KEY-----',
  'curl -H "Authorization: token ghp_0123456789abcdefghijklmnopqrstuvwxyz"',
])('a secret: %s', line => {
  expect(holdsSecret(script(line))).toBe(true)
  expect(holdsSecret(Buffer.from(script(line)).toString('base64'))).toBe(true)
})

test.each([
  'echo hello',
  'export AWS_DEFAULT_REGION=eu-west-1',
  'DB_PASSWORD=$(aws ssm get-parameter --name /db/password)',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell variable
  'DB_PASSWORD="${PASSWORD}"',
  'DB_PASSWORD=$1',
  'password: {{ resolve:secretsmanager:db }}',
  'password=<password>',
  'secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:db',
  'passwd --lock root',
  'curl https://example.com/user:1/a@b',
])('none: %s', line => {
  expect(holdsSecret(script(line))).toBe(false)
  expect(holdsSecret(Buffer.from(script(line)).toString('base64'))).toBe(false)
})

test('with a hole', () => {
  const text = (...parts: (string | null)[]) =>
    new Absent('unresolved', 'var.name has no value', { parts })
  expect(holdsSecret(text('DB_PASSWORD=hunter22\nNAME=', null))).toBe(true)
  expect(() => holdsSecret(text('NAME=', null))).toThrow(Missing)
})

test('by what fills the holes', () => {
  const text = (...holes: string[]) =>
    new Absent('unresolved', holes[0] ?? '', { parts: ['A=', ...holes.map(() => null)], holes })
  const name = 'aws_s3_bucket.a.id is known after apply'
  const host = 'module.db.data.aws_db_instance.a[0].endpoint is known only when Terraform runs'
  expect(holdsSecret(text(name, host))).toBe(false)
  for (const reason of [
    'module.a.random_password.p[0].result is known after apply',
    'aws_iam_access_key.a.secret is known after apply',
    'tls_private_key.a.private_key_pem is known after apply',
    'module.a.var.db_password has no value',
  ])
    expect(holdsSecret(text(name, reason))).toBe(true)
  for (const reason of [
    'var.secret_name has no value',
    'data.template_file.a.rendered is known later',
  ])
    expect(() => holdsSecret(text(name, reason))).toThrow(Missing)
})

test('much text takes little time', () => {
  expect(holdsSecret('password '.repeat(20_000))).toBe(false)
  expect(holdsSecret(`${'a:'.repeat(30_000)}//`)).toBe(false)
})
