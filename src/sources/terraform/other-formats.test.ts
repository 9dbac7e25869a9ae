import { expect, test } from 'vitest'
import { gapLines, loadTree } from './testing.ts'

const fine = 'resource "aws_ebs_volume" "fine" {\n  size = 1\n}\n'

test.each([
  ['t.yaml', "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n"],
  ['t.yml', 'Resources:\n  B:\n    Type: AWS::S3::Bucket\n'],
  ['t.json', '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}'],
  ['t.template', '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}'],
])('%s is recognised as a template', async (name, text) => {
  const loaded = await loadTree({ [name]: text })
  expect(gapLines(loaded)).toEqual([`files: ${name}: CloudFormation is not read yet`])
})

test('other YAML and JSON is nothing to scan', async () => {
  const loaded = await loadTree({
    'k.yaml': 'apiVersion: v1\nkind: Pod\n',
    'package.json': '{"name": "x", "Resources": 1}',
  })
  expect(gapLines(loaded)).toEqual(['files: nothing to scan'])
})

test('an alias bomb costs what its text costs', async () => {
  const lines = Array.from({ length: 30 }, (_, i) => `  b${i}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`)
  const loaded = await loadTree({
    't.yaml': `AWSTemplateFormatVersion: x\nResources:\n  a: &a0 {Type: 'AWS::S3::Bucket'}\n${lines.join('\n')}\n`,
  })
  expect(gapLines(loaded)).toEqual(['files: t.yaml: CloudFormation is not read yet'])
})

test('a state beside the configuration is remarked, one that is named is a gap', async () => {
  const state = '{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x"}'
  const files = { 'main.tf': fine, 'terraform.tfstate': state }
  const walked = await loadTree(files)
  expect(walked.gaps).toEqual([])
  expect(walked.warnings).toMatchObject([{ file: 'terraform.tfstate' }])
  const named = await loadTree(files, { paths: ['terraform.tfstate'] })
  expect(gapLines(named)).toEqual([expect.stringContaining('terraform.tfstate: Terraform state')])
})
