import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadTerraform } from './index.ts'
import { byId, gapLines, loadTree, resourceIn, treeOf } from './testing.ts'

const fine = 'resource "aws_ebs_volume" "fine" {\n  size = 1\n}\n'

test.each([
  ['itself', { 'main.tf': `module "m" {\n  source = "./"\n}\n${fine}` }],
  [
    'one another',
    {
      'main.tf': `module "m" {\n  source = "./m"\n}\n${fine}`,
      'm/main.tf': 'module "back" {\n  source = "../"\n}\n',
    },
  ],
])('modules that call %s are a cycle', async (_what, files) => {
  const loaded = await loadTree(files)
  expect(gapLines(loaded)).toEqual([
    expect.stringMatching(/^modules: .*main\.tf:2:3: Module cycle: .*cycle/),
  ])
  expect(byId(loaded).has('aws_ebs_volume.fine')).toBe(true)
})

test('a cycle through a link is one', async () => {
  const cwd = treeOf({ 'main.tf': `module "m" {\n  source = "./again"\n}\n${fine}` })
  symlinkSync('.', join(cwd, 'again'))
  const loaded = await loadTerraform(['.'], { cwd, env: {} })
  expect(gapLines(loaded)).toEqual([expect.stringMatching(/cycle/)])
  expect([...byId(loaded).keys()]).toEqual(['aws_ebs_volume.fine'])
  expect(loaded.warnings).toMatchObject([{ file: 'again' }])
})

test('links out of the tree are not followed, and told', async () => {
  const outside = treeOf({ 'main.tf': 'resource "aws_s3_bucket" "secret" {}\n' })
  const cwd = treeOf({ 'in/main.tf': fine })
  symlinkSync(outside, join(cwd, 'in/away'))
  symlinkSync(join(outside, 'main.tf'), join(cwd, 'in/linked.tf'))
  symlinkSync('nowhere', join(cwd, 'in/dangling'))
  const loaded = await loadTerraform(['.'], { cwd, env: {} })
  expect([...byId(loaded).keys()]).toEqual(['aws_ebs_volume.fine'])
  expect(loaded.gaps.map(gap => gap.subject).sort()).toEqual(['in/away', 'in/linked.tf'])
  expect(loaded.warnings).toMatchObject([{ file: 'in/dangling' }])
})

test('a link within the tree is met once, at its own place', async () => {
  const cwd = treeOf({ 'real/main.tf': fine, 'other/x.txt': '' })
  symlinkSync('../real', join(cwd, 'other/link'))
  const loaded = await loadTerraform(['.'], { cwd, env: {} })
  expect(loaded.resources).toHaveLength(1)
  const other = await loadTerraform(['other'], { cwd, env: {} })
  expect(other.resources).toHaveLength(0)
})

test('a shared file that is linked into a module is read there', async () => {
  const cwd = treeOf({ 'shared/provider.tf': 'locals {\n  size = 7\n}\n', '.git/HEAD': '' })
  mkdirSync(join(cwd, 'app'))
  writeFileSync(join(cwd, 'app/main.tf'), fine.replace('= 1', '= local.size'))
  symlinkSync('../shared/provider.tf', join(cwd, 'app/provider.tf'))
  const loaded = await loadTerraform(['app'], { cwd, env: {} })
  expect(resourceIn(loaded, 'aws_ebs_volume.fine').attributes.size).toBe(7)
})

test.each([
  'git::https://example.com/x.git',
  'http://169.254.169.254/x.zip',
  'hashicorp/consul/aws',
  's3::https://s3.amazonaws.com/b/x.zip',
])('the remote module %s is a gap', async source => {
  const loaded = await loadTree({ 'main.tf': `module "far" {\n  source = "${source}"\n}\n${fine}` })
  expect(loaded.gaps).toMatchObject([
    { kind: 'modules', subject: 'module.far', file: 'main.tf', line: 2 },
  ])
  expect(loaded.gaps[0]?.reason).toContain(source)
  expect(byId(loaded).has('aws_ebs_volume.fine')).toBe(true)
})

test('a module that would not be called is no gap', async () => {
  const loaded = await loadTree({
    'main.tf': `module "far" {\n  source = "hashicorp/consul/aws"\n  count  = 0\n}\n${fine}`,
  })
  expect(loaded.gaps).toEqual([])
})

test('a module outside of the git tree is a gap, one above the path is not', async () => {
  const cwd = treeOf({
    'repo/.git/HEAD': '',
    'repo/app/main.tf':
      'module "in" {\n  source = "../lib"\n}\nmodule "out" {\n  source = "../../lib"\n}\n',
    'repo/lib/main.tf': fine,
    'lib/main.tf': fine,
  })
  const loaded = await loadTerraform(['repo/app'], { cwd, env: {} })
  expect([...byId(loaded).keys()]).toEqual(['module.in.aws_ebs_volume.fine'])
  expect(loaded.gaps).toMatchObject([{ kind: 'modules', subject: 'module.out' }])
})

test('modules that terraform init brought are read', async () => {
  const loaded = await loadTree({
    'main.tf': 'module "far" {\n  source = "hashicorp/x/aws"\n  size   = 5\n}\n',
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'far', Source: 'hashicorp/x/aws', Dir: '.terraform/modules/far' },
        { Key: 'far.deep', Source: 'x/y/aws', Dir: '.terraform/modules/far.deep' },
      ],
    }),
    '.terraform/modules/far/main.tf':
      'variable "size" {}\nresource "aws_ebs_volume" "v" {\n  size = var.size\n}\nmodule "deep" {\n  source = "x/y/aws"\n}\n',
    '.terraform/modules/far.deep/main.tf': fine,
  })
  expect([...byId(loaded).keys()].sort()).toEqual([
    'module.far.aws_ebs_volume.v',
    'module.far.module.deep.aws_ebs_volume.fine',
  ])
  expect(loaded.gaps).toEqual([])
})
