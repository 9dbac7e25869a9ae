import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Check } from '../check.ts'
import { files } from '../checks/index.generated.ts'
import type { Resource } from '../resource.ts'
import { commandOf } from './remedy.ts'

const hostile = [
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned #',
  "'; touch pwned; '",
  "a'$(touch pwned)'",
  "a\n'; touch pwned; '",
  "\u0007a'; touch pwned; '",
  "a\\'; touch pwned; \\'",
  '" & touch pwned & "',
  '| touch pwned',
  '> pwned',
  '\u2018; touch pwned; \u2018',
  '%COMSPEC% /c touch pwned',
  '!touch',
  '*',
  '~root',
  '{a,b}',
  '\u202egnp.exe',
  '$IFS$HOME',
  'two words',
  '\ud800',
]

function resource(name: string, id = name): Resource {
  return {
    type: 'aws_x',
    id,
    name,
    account: name,
    region: name,
    attributes: { arn: name },
    partial: false,
    origin: { source: 'aws', address: null, span: null, root: null },
  }
}

const templates = async (): Promise<readonly string[]> => {
  const modules = await Promise.all(files.map(({ load }) => load()))
  const checks = modules.flatMap(({ default: all }) => all as readonly Check[])
  return [...new Set(checks.flatMap(({ cli }) => cli ?? []))]
}

test('the places of every check’s command are words of their own', async () => {
  const all = await templates()
  expect(all.length).toBeGreaterThan(20)
  const joined = all.filter(cli => /[^\s]\{(?:name|region|account|arn)\}|\{\w+\}[^\s]/.test(cli))
  expect(joined).toEqual([])
})

test.skipIf(process.platform === 'win32')('no name runs anything in a shell', async () => {
  const all = await templates()
  const folder = mkdtempSync(join(tmpdir(), 'batten-shell-'))
  for (const shell of ['sh', 'bash', 'zsh']) {
    if (spawnSync(shell, ['-c', ':']).error) continue
    const commands = hostile.flatMap(name =>
      [...all, 'aws x --a {name} --b {arn}'].flatMap(
        cli => commandOf(cli, resource(name), name) ?? [],
      ),
    )
    const script = `aws() { :; }\nset -e\n${commands.join('\n')}\necho done`
    const { stdout, stderr } = spawnSync(shell, { cwd: folder, input: script, encoding: 'utf8' })
    expect([stderr, stdout]).toEqual(['', 'done\n'])
    expect(readdirSync(folder)).toEqual([])
  }
})

test('a name arrives as it is, or not at all', () => {
  const of = (name: string) => commandOf('aws x --a {name} --b', resource(name), name)
  expect(of('logs-1.example')).toBe('aws x --a logs-1.example --b')
  expect(of('arn:aws:s3:::a/b')).toBe('aws x --a arn:aws:s3:::a/b --b')
  expect(of('a b $(c)')).toBe("aws x --a 'a b $(c)' --b")
  expect(of("it's")).toBe("aws x --a '<name>' --b")
  expect(of('a\nb')).toBe("aws x --a '<name>' --b")
  expect(of('--no-verify-ssl')).toBeNull()
  expect(of('{region}{arn}')).toBe("aws x --a '{region}{arn}' --b")
})
