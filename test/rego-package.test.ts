import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

/** By the name that users import it by, as it is built. */
test('batten/rego is an engine of its own', () => {
  const script = `
    import { compile } from 'batten/rego'
    const policy = compile(
      { 'a.rego': 'package a\\n\\ndeny contains acme.say(x) if some x in input.xs\\n' },
      { version: 'v1', functions: { 'acme.say': { arity: 1, run: x => 'no ' + x } } },
    )
    console.log(JSON.stringify(policy.query('x = data.a.deny', { input: { xs: ['b', 'a'] } })))
    try {
      compile({ 'b.rego': 'package b\\n\\np := opa.runtime()\\n' })
    } catch ({ code, location }) {
      console.log(JSON.stringify({ code, location }))
    }
  `
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(
    stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  ).toEqual([
    [{ x: ['no a', 'no b'] }],
    { code: 'rego_type_error', location: { file: 'b.rego', row: 3, col: 6 } },
  ])
})
