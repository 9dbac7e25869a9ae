import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { batten, findings, folder } from './cli.ts'

const open = 'resource "aws_ebs_volume" "a" {\n  availability_zone = "a"\n  size = 1\n}\n'
const one = ['--checks', 'ec2_ebs_volume_encryption']

test('what is too deep, too long or too much is told, and hides nothing else', () => {
  const much = 100_000
  const top = folder({
    'good/a.tf': open,
    'plan/p.json': `{"format_version":"1.2","resource_changes":[{"address":"aws_s3_bucket.a","mode":"managed","type":"aws_s3_bucket","name":"a","change":{"actions":["create"],"after":{"bucket":${'['.repeat(much)}${']'.repeat(much)}},"after_unknown":{},"after_sensitive":{}}}]}`,
    'marks/p.json': `{"format_version":"1.2","resource_changes":[{"address":"aws_s3_bucket.a","mode":"managed","type":"aws_s3_bucket","name":"a","change":{"actions":["create"],"after":{"bucket":"a"},"after_unknown":${'{"a":'.repeat(much)}true${'}'.repeat(much)},"after_sensitive":${'{"a":'.repeat(much)}true${'}'.repeat(much)}}}]}`,
    'json/a.tf.json': `{"resource":{"aws_s3_bucket":{"a":{"bucket":${'['.repeat(much)}${']'.repeat(much)}}}}}`,
    'quoted/a.tf.json': `{"resource":{"aws_s3_bucket":{"a":{"bucket":"${'${'.repeat(much)}"}}}}`,
    'parens/a.tf': `locals {\n  a = ${'('.repeat(much)}\n}\n`,
    'blocks/a.tf': `resource "aws_s3_bucket" "a" {\n${'a {\n'.repeat(much)}`,
    'signs/a.tf': `locals {\n  a = ${'-'.repeat(much)}1\n  b = ${'!'.repeat(much)}true\n  c = ${'true ? 1 : '.repeat(much)}1\n  d = ${'1 + '.repeat(much)}1\n}\n${open.replace('= 1', '= local.a + local.c + local.d')}`,
    'decoded/a.tf': `locals {\n  a = jsondecode("${'['.repeat(much)}${']'.repeat(much)}")\n  b = yamldecode("${'['.repeat(much)}")\n}\n${open.replace('= 1', '= [local.a, local.b]')}`,
    'chain/a.tf': `locals {\n${Array.from({ length: 5_000 }, (_, at) => `  a${at} = [local.a${at + 1}]\n`).join('')}  a5000 = 1\n}\n${open.replace('= 1', '= length(jsonencode(local.a0))')}`,
    'doubled/a.tf': `locals {\n  a0 = "xxxxxxxxxx"\n${Array.from({ length: 60 }, (_, at) => `  a${at + 1} = "\${local.a${at}}\${local.a${at}}"\n`).join('')}}\n${open.replace('= 1', '= length(local.a60)')}`,
    'counted/a.tf': `${open.replace('{', '{\n  count = 1e18')}${open.replace('"a" {', '"b" {\n  for_each = toset([for n in range(1e9): "x"])')}`,
    'patterns/a.tf': `locals {\n  a = fileset(".", "${'*a'.repeat(60)}*b")\n  b = replace(join("", [for n in range(9999): "a"]), "/(a|a)*b/", "")\n}\n${open.replace('= 1', '= length(local.a) + length(local.b)')}`,
    [`patterns/${'a'.repeat(200)}`]: '',
    'cycle/a.tf': 'module "a" {\n  source = "./."\n}\n',
    'names/a.tf':
      'locals {\n  __proto__ = { polluted = true }\n  constructor = 1\n}\nresource "aws_ebs_volume" "__proto__" {\n  availability_zone = local.__proto__.polluted\n  tags = { __proto__ = "x", constructor = "y" }\n}\n',
    'template/a.yaml': `AWSTemplateFormatVersion: "2010-09-09"\nResources: ${'['.repeat(much)}`,
    'bytes/a.tf': Uint8Array.of(0xff, 0xfe, 0x00, 0x41, 0x00),
  })
  const { code, err, list } = findings(['iac', '.', ...one], { cwd: top })
  expect(err).not.toMatch(/a bug in Batten|\n\s+at /)
  expect(code).toBe(1)
  const files = list.filter(({ Status }) => Status === 'FAIL').map(({ File }) => File)
  expect(files).toContain('good/a.tf')
  expect(files).toContain('names/a.tf')
  for (const gap of ['plan/p.json', 'json/a.tf.json', 'parens/a.tf', 'blocks/a.tf', 'bytes/a.tf'])
    expect(err).toContain(gap)
})

test.skipIf(process.platform === 'win32')(
  'pipes, devices and links out of the tree are not read',
  () => {
    const beside = folder({ 'b.tf': open, secret: 'hunter2' })
    const top = folder({ '.git/HEAD': '', 'good/a.tf': open, 'bad/a.tf': open })
    spawnSync('mkfifo', [join(top, 'bad/pipe.tf'), join(top, 'bad/terraform.tfvars')])
    symlinkSync('/dev/zero', join(top, 'bad/zero.tf'))
    symlinkSync(join(beside, 'b.tf'), join(top, 'bad/out.tf'))
    symlinkSync(beside, join(top, 'bad/folder'))
    symlinkSync('.', join(top, 'bad/loop'))
    mkdirSync(join(top, 'bad/is-a-folder.tf'))
    const { code, err, list } = findings(['iac', '.', ...one], { cwd: top })
    expect(code).toBe(1)
    expect(list.map(({ File }) => File).sort()).toEqual(['bad/a.tf', 'good/a.tf'])
    for (const name of ['pipe.tf', 'zero.tf', 'out.tf', 'bad/folder']) expect(err).toContain(name)
    expect(err).not.toContain('hunter2')
  },
)

const evil = '\u001b[31m\u001b]0;x\u0007\u202egnp\u2028\r\nFAKE'

test('names of files, resources and policies move nothing on a terminal', () => {
  const name = process.platform === 'win32' ? 'x' : evil
  const quoted = JSON.stringify(evil).replaceAll('\u2028', '\\u2028')
  const top = folder({
    [`${name}/a.tf`]: `${open}resource "aws_ebs_volume" "b" {\n  availability_zone = ${quoted}\n  tags = { Name = ${quoted} }\n}\nmodule "x" {\n  source = ${quoted}\n}\nresource "aws_s3_bucket" "c" {\n  bucket = ${quoted} + 1\n}\n`,
    [`${name}/broken.tf`]: 'resource {',
    'policy/p.rego': `# METADATA\n# title: ${quoted}\n# description: ${quoted}\n# custom:\n#   id: ${quoted}\n#   remediation: ${quoted}\n#   url: "javascript:alert(1)"\n#   severity: high\npackage p\n\nimport rego.v1\n\ndeny contains ${quoted}\n`,
    [`policy/${name}.rego`]: 'package q\nx x\n',
  })
  const runs = [
    batten(['iac', '.', '--policy-dir', 'policy', '--debug'], { cwd: top }),
    batten(['iac', evil], { cwd: top }),
    batten(['iac', '.', '--checks', evil], { cwd: top }),
    batten(['iac', '.', `--${evil}`], { cwd: top }),
    batten(['iac', '.', '--severity', evil], { cwd: top }),
    batten([evil], { cwd: top }),
    batten(['checks', 'show', evil], { cwd: top }),
    batten(['checks', 'list', '--policy-dir', 'policy'], { cwd: top }),
    batten(['checks', 'show', evil, '--policy-dir', 'policy'], { cwd: top }),
    batten(['baseline', 'write', '.', '--baseline', '\u001b[31mb.json'], { cwd: top }),
    batten(['policy', 'check', 'policy'], { cwd: top }),
    batten(['policy', 'eval', evil], { cwd: top }),
    batten(['baseline', 'show', evil], { cwd: top }),
    batten(['remediate', 'list', '--record', evil, '--status', evil], { cwd: top }),
    batten(['remediate', evil], { cwd: top }),
  ]
  for (const { out, err } of runs) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect((out + err).match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/g)).toBeNull()
    expect(`${out}\n${err}`).not.toMatch(/^FAKE/m)
  }
  expect(runs[0]?.out).toContain('FAKE')
})
