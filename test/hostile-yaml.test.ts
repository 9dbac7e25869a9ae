import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { UserError } from '../src/errors.ts'
import { compile, RegoError } from '../src/lang/rego/index.ts'
import { readData } from '../src/policy/data.ts'
import { readYaml as readSidecar } from '../src/policy/sidecar.ts'
import { readYaml as readTree } from '../src/triage/yaml-tree.ts'
import { batten, folder } from './cli.ts'

// The parser recurses as deep as a text nests; at the end of its stack Node stops without an error to catch.
const deep: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(100_000),
  'closed brackets': `a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  'open braces': '{a: '.repeat(20_000),
  'lists in lists': `${'- '.repeat(5_000)}x`,
  'maps in maps': Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'keys of keys': '? '.repeat(5_000),
}

test.each(Object.entries(deep))(
  '%s are nested too deeply, wherever YAML is read',
  async (_, text) => {
    expect(readSidecar('f', text).problems).toMatchObject([{ message: 'nested too deeply' }])
    expect(() => readTree(text, 'f')).toThrow(new UserError('f: nested too deeply'))
    const top = folder({ 'batten.yaml': text })
    await expect(readConfig('batten.yaml', top)).rejects.toThrow(/nested too deeply/)
    const metadata = text
      .split('\n')
      .map(line => `# ${line}`)
      .join('\n')
    expect(() => compile({ 'p.rego': `# METADATA\n${metadata}\npackage p\n` })).toThrow(RegoError)
    const policy = compile({ 'p.rego': 'package p\nvalue := yaml.unmarshal(input)\n' })
    expect(policy.query('data.p.value', { input: text })).toEqual([])
  },
)

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghij'].map(
    (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]`,
  ),
].join('\n')

test('aliases that multiply are refused, or never written out', async () => {
  expect(readSidecar('f', bomb).problems).toMatchObject([
    { message: expect.stringContaining('Excessive alias count') },
  ])
  const tree = readTree(bomb, 'f')
  expect(tree.map(tree.root, 'it')).toHaveLength(10)
  const config = await readConfig('batten.yaml', folder({ 'batten.yaml': bomb }))
  expect(JSON.stringify([...(config?.values ?? [])]).length).toBeLessThan(5_000)
  const policy = compile({ 'p.rego': 'package p\nvalue := yaml.unmarshal(input)\n' })
  expect(policy.query('data.p.value', { input: bomb })).toEqual([])
})

test('__proto__ in data files is a name like any other, however they are joined', () => {
  const file = (name: string, folders: readonly string[], text: string) => ({
    ...{ name, path: name, folders, text },
  })
  const evil = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'
  const { data, problems } = readData([
    file('data.json', [], '{"x": {"b": 1}}'),
    file('x/data.json', ['x'], evil),
    file('__proto__/y/data.json', ['__proto__', 'y'], '{"polluted": 1}'),
    file('x/__proto__/data.yaml', ['x', '__proto__'], 'more: 2'),
  ])
  expect(problems).toEqual([])
  expect(Object.getOwnPropertyDescriptor(Object.prototype, 'polluted')).toBeUndefined()
  expect(Object.keys(data)).toEqual(['x', '__proto__'])
  expect(JSON.stringify(data)).toBe(
    '{"x":{"b":1,"__proto__":{"polluted":1,"more":2},"constructor":{"prototype":{"polluted":1}}},"__proto__":{"y":{"polluted":1}}}',
  )
})

test('a key that stands twice is told with its place', () => {
  expect(readSidecar('f', 'a: 1\nb:\n  c: 1\n  c: 2\n').problems).toMatchObject([
    { row: 4, col: 3, message: "'c' stands twice in one map" },
  ])
})

test.skipIf(process.platform === 'win32')(
  'a batten.yaml that was found is a file of its folder, and not a large one',
  async () => {
    const top = folder({ '.git/HEAD': '', 'a/x': '', 'big/batten.yaml': `#${' '.repeat(300_000)}` })
    const at = (name: string) => join(top, name)
    await expect(readConfig(undefined, at('big'))).rejects.toThrow('larger than 256 kB')
    for (const name of ['pipe', 'zero', 'folder', 'link']) mkdirSync(at(name))
    spawnSync('mkfifo', [at('pipe/batten.yaml')])
    symlinkSync('/dev/zero', at('zero/batten.yaml'))
    mkdirSync(at('folder/batten.yaml'))
    writeFileSync(at('elsewhere'), 'aws_secret_access_key = hunter2')
    symlinkSync(at('elsewhere'), at('link/batten.yaml'))
    for (const name of ['pipe', 'zero', 'folder'])
      await expect(readConfig(undefined, at(name))).rejects.toThrow('is not a file')
    await expect(readConfig(undefined, at('link'))).rejects.toThrow(/is a link to elsewhere/)
    await expect(readConfig('folder/batten.yaml', top)).rejects.toThrow('is not a file')
  },
)

test('the program survives', () => {
  const top = folder({
    'a.tf': '',
    'mutes.yaml': deep['open brackets'] ?? '',
    'policy/p.rego': 'package p\n\nimport rego.v1\n\ndeny contains "x" if false\n',
    'policy/data.yaml': deep['open brackets'] ?? '',
  })
  const mutes = batten(['iac', '.', '--mutelist-file', 'mutes.yaml'], { cwd: top })
  expect([mutes.code, mutes.err]).toEqual([2, expect.stringContaining('nested too deeply')])
  const policies = batten(['iac', '.', '--policy-dir', 'policy'], { cwd: top })
  expect(policies.err).toContain('policy/data.yaml')
  expect([2, 3]).toContain(policies.code)
})
