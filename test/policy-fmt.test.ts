import { spawnSync } from 'node:child_process'
import { readFileSync, statSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { batten, bin, folder } from './cli.ts'

const loose = 'package a\nimport rego.v1\ndeny contains "x" if { input.a==1 }\n'
const neat = 'package a\n\nimport rego.v1\n\ndeny contains "x" if input.a == 1\n'
const files = {
  'policy/a.rego': loose,
  'policy/deep/b.rego': 'package b\n\np := 1\n',
  'policy/old_test.rego': 'package old\n\np[x] {\n  x = 1\n}\n',
  'policy/data.json': '{}\n',
}

function run(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const top = folder({ ...files, ...more })
  return { top, ...batten(['policy', 'fmt', ...args], { cwd: top }) }
}

describe('policy fmt', () => {
  test('prints what opa prints, files one after another, and says nothing', () => {
    expect(run(['policy/a.rego', 'policy/deep'])).toMatchObject({
      code: 0,
      out: `${neat}package b\n\np := 1\n`,
      err: '',
    })
  })

  test('--check names what changes and is 2; what is neat is 0', () => {
    expect(run(['--check'])).toMatchObject({
      code: 2,
      out: 'policy/a.rego\npolicy/old_test.rego\n',
      err: '',
    })
    expect(run(['--check', 'policy/deep'])).toMatchObject({ code: 0, out: '', err: '' })
    expect(run(['--list'])).toMatchObject({ code: 0, out: 'policy/a.rego\npolicy/old_test.rego\n' })
    expect(run(['--list', '--fail']).code).toBe(2)
  })

  test('--diff shows a patch that can be applied; with --check or --fail it is 2', () => {
    const { code, out } = run(['--diff', 'policy'])
    expect(code).toBe(0)
    expect(out).toBe(`--- policy/a.rego
+++ policy/a.rego
@@ -1,3 +1,5 @@
 package a
+
 import rego.v1
-deny contains "x" if { input.a==1 }
+
+deny contains "x" if input.a == 1
--- policy/old_test.rego
+++ policy/old_test.rego
@@ -1,5 +1,5 @@
 package old
 
 p[x] {
-  x = 1
+	x = 1
 }
`)
    expect(run(['--diff', '--check'])).toMatchObject({ code: 2, out })
    expect(run(['--diff', '--fail'])).toMatchObject({ code: 2, out })
    expect(run(['-d', '--check', 'policy/deep'])).toMatchObject({ code: 0, out: '' })
  })

  test('--write writes, keeps the mode, follows a link that is named, and leaves the rest alone', () => {
    const top = folder(files)
    symlinkSync(resolve(top, 'policy/a.rego'), resolve(top, 'link.rego'))
    const before = statSync(resolve(top, 'policy/a.rego')).mode
    const untouched = statSync(resolve(top, 'policy/deep/b.rego')).ino
    const { code, out } = batten(['policy', 'fmt', '-w', 'link.rego', 'policy/deep'], { cwd: top })
    expect([code, out]).toEqual([0, ''])
    expect(readFileSync(resolve(top, 'policy/a.rego'), 'utf8')).toBe(neat)
    expect(statSync(resolve(top, 'policy/a.rego')).mode).toBe(before)
    expect(statSync(resolve(top, 'policy/deep/b.rego')).ino).toBe(untouched)
    const again = batten(['policy', 'fmt', '--check', 'link.rego'], { cwd: top })
    expect(again).toMatchObject({ code: 0, out: '' })
  })

  test('a file that does not parse is named and is 2; the others are laid out', () => {
    const { code, out, err } = run(['--list'], { 'policy/bad.rego': 'package c\n\np if {\n' })
    expect(code).toBe(2)
    expect(out).toBe('policy/a.rego\npolicy/old_test.rego\n')
    expect(err).toMatch(/^policy\/bad\.rego:\d+:\d+: rego_parse_error: .*\n$/)
    const { top } = run(['-w'], { 'policy/bad.rego': 'package c\n\np if {\n' })
    expect(readFileSync(resolve(top, 'policy/bad.rego'), 'utf8')).toBe('package c\n\np if {\n')
    expect(readFileSync(resolve(top, 'policy/a.rego'), 'utf8')).toBe(neat)
  })

  test('- is standard input', () => {
    const from = (input: string, ...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [bin, 'policy', 'fmt', '-', ...args],
        { input, encoding: 'utf8' },
      )
      return [status, stdout, stderr]
    }
    expect(from(loose)).toEqual([0, neat, ''])
    expect(from(loose, '--check')).toEqual([2, 'stdin\n', ''])
    expect(from(neat, '--check')).toEqual([0, '', ''])
    expect(from('package c\n\np if {\n')).toEqual([
      2,
      '',
      expect.stringMatching(/^stdin:\d+:\d+: rego_parse_error/),
    ])
    expect(from(loose, '--write')).toEqual([2, '', 'batten: standard input cannot be written\n'])
  })

  test('a path that is not there, and a folder without policies, are 2', () => {
    expect(run(['none'])).toMatchObject({ code: 2, err: expect.stringContaining('none: no such') })
    expect(run(['infra'], { 'infra/x.tf': '' })).toMatchObject({
      code: 2,
      err: expect.stringContaining('infra: no policy here'),
    })
  })
})
