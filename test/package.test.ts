import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const top = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(top, file), 'utf8')

function published(): readonly string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline']
  const { stdout } = spawnSync('npm', args, {
    cwd: top,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const [packed] = JSON.parse(stdout) as readonly { files: readonly { path: string }[] }[]
  return packed?.files.map(({ path }) => path) ?? []
}

test('what is published is the program, its licences and nothing else', () => {
  const files = published()
  expect(files).toContain('dist/batten.js')
  expect(files).toContain('dist/LICENCES.txt')
  expect(files).toContain('dist/lambda/LICENCES.txt')
  const usual =
    /^(?:LICENSE|NOTICE|README\.md|package\.json|dist\/(?:lambda\/)?(?:[\w.-]+\.[cm]?js(?:\.LEGAL\.txt)?|LICENCES\.txt)|dist\/types\/[\w./-]+\.d\.ts)$/
  expect(files.filter(file => !usual.test(file))).toEqual([])
  expect(files.filter(file => /\.test\.|fixture|\.map$/.test(file))).toEqual([])
  // The example account holds one that nobody could take for real.
  const keys =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----\\?n?[A-Za-z0-9+/]{16}|gh[pousr]_(?!1234567890)[A-Za-z0-9]{36}|xox[abp]-\d{6}/
  const holders = files.filter(file => file.startsWith('dist/') && keys.test(read(file)))
  expect(holders).toEqual([])
})

test('nothing is installed beside it, and nothing runs when it is', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, object | undefined>
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies'])
    expect([kind, manifest[kind]]).toEqual([kind, undefined])
  const scripts = Object.keys(manifest.scripts ?? {})
  expect(scripts.filter(name => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toEqual([])
})

test('no package that is bundled has an install script, and each stands in the lock file', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { version?: string; integrity?: string; hasInstallScript?: boolean }>
  }
  const names = [...read('dist/LICENCES.txt').matchAll(/^(@?[\w./-]+) (\d[\w.-]*) \([\w.-]+\)$/gm)]
  expect(names.length).toBeGreaterThan(30)
  for (const [, name, version] of names) {
    const locked = Object.entries(lock.packages).find(
      ([path, entry]) => path.endsWith(`node_modules/${name}`) && entry.version === version,
    )?.[1]
    expect([name, locked?.hasInstallScript ?? false, typeof locked?.integrity]).toEqual([
      name,
      false,
      'string',
    ])
  }
})
