import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { complete } from '../src/cli/complete.ts'
import { batten, bin } from './cli.ts'

const hasBash = spawnSync('bash', ['--version']).status === 0

test.each([
  [['re'], ['remediate']],
  [['--v'], ['--version']],
  [
    ['policy', ''],
    ['test', 'check', 'fmt', 'eval', 'new'],
  ],
  [['iac', '--severity', 'critical', 'hi'], ['high']],
  [['iac', '-M', 'json', 's'], ['sarif']],
  [['aws', '--services', 'r'], ['rds']],
  [['aws', '--prof'], ['--profile']],
  [['policy', 'test', '--cov'], ['--coverage']],
  [['checks', 'show', 'rds_instance_multi'], ['rds_instance_multi_az']],
  [['iac', '--excluded-checks', 'rds_instance_multi'], ['rds_instance_multi_az']],
  [['compliance', 'show', 'cis_2.'], ['cis_2.0_aws']],
])('batten %j goes on as %j', async (words, expected) => {
  expect(await complete(words)).toEqual(expected)
})

test.each([
  [['iac', '']],
  [['iac', '--soft-fail', 'in']],
  [['iac', '--var-file', 'p']],
  [['aws', '--role', 'arn', '']],
  [['nonsense', '']],
])('batten %j leaves the rest to the shell', async words => {
  expect(await complete(words)).toEqual([])
})

test.skipIf(!hasBash)('bash completes with what batten completion bash prints', () => {
  const script = `batten() { "${process.execPath}" "${bin}" "$@"; }
eval "$(batten completion bash)"
COMP_WORDS=(batten iac --fail-on cr); COMP_CWORD=3; _batten; printf '%s\\n' "\${COMPREPLY[@]}"`
  expect(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout).toBe('critical\n')
})

test('a shell that it does not know is 2', () => {
  expect(batten(['completion', 'tcsh'])).toMatchObject({ code: 2, out: '' })
})
