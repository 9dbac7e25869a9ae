import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { median, print, times } from './print.ts'

/** `batten policy test` and `opa test` of a library of 200 tests, whole processes by turns. */
export function compareTests(opa: string, rounds: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'batten-bench-'))
  try {
    for (const [file, text] of library()) writeFileSync(join(folder, file), text)
    const batten = [process.execPath, resolve('dist/batten.js'), 'policy', 'test', folder]
    const other = [opa, 'test', folder]
    for (const command of [batten, other]) milliseconds(command)
    const pairs = Array.from({ length: rounds }, () => ({
      ours: milliseconds(batten),
      theirs: milliseconds(other),
    }))
    const ratio = median(pairs.map(({ ours, theirs }) => theirs / ours))
    const [ours, theirs] = [
      median(pairs.map(pair => pair.ours)),
      median(pairs.map(pair => pair.theirs)),
    ]
    print(
      `test: a library of ${policies * tests.length} tests: ${ours.toFixed(0)} ms, opa ${theirs.toFixed(0)} ms: ${times(ratio)} (${pairs.map(pair => times(pair.theirs / pair.ours)).join(', ')})`,
    )
    return ratio
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function milliseconds([program = '', ...args]: readonly string[]): number {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  const passed = performance.now() - started
  if (status !== 0 || !stdout.includes(`PASS: ${policies * tests.length}/`))
    throw new Error(`${program} ${args.join(' ')} exits ${status}: ${stdout}${stderr}`)
  return passed
}

const policies = 40

const tests: readonly (readonly [name: string, resource: string, messages: number])[] = [
  ['sound', '{"encrypted": true, "tags": {"owner": "a"}, "ports": [443]}', 0],
  ['unencrypted', '{"encrypted": false, "tags": {"owner": "a"}, "ports": []}', 1],
  ['without_tags', '{"encrypted": true, "tags": {}, "ports": [443]}', 1],
  ['open', '{"encrypted": true, "tags": {"owner": "a"}, "ports": [22, 443]}', 1],
  ['careless', '{"encrypted": false, "tags": {}, "ports": [22]}', 3],
]

function* library(): Generator<readonly [file: string, text: string]> {
  for (let at = 0; at < policies; at++) {
    yield [`policy_${at}.rego`, policy(at)]
    yield [`policy_${at}_test.rego`, testsOf(at)]
  }
}

function policy(at: number): string {
  return `# METADATA
# title: Resources of kind ${at} are sound
# custom:
#   severity: HIGH
package library.kind_${at}

required := {"owner"}

resources := object.get(input.resource, "kind_${at}", {})

deny contains msg if {
	some name, resource in resources
	not resource.encrypted
	msg := sprintf("%s is not encrypted", [name])
}

deny contains msg if {
	some name, resource in resources
	missing := required - object.keys(resource.tags)
	count(missing) > 0
	msg := sprintf("%s lacks %v", [name, concat(", ", missing)])
}

deny contains msg if {
	some name, resource in resources
	some port in resource.ports
	is_dangerous(port)
	msg := sprintf("%s opens port %d", [name, port])
}

is_dangerous(port) if port in {22, 3389}

is_dangerous(port) if port == ${at + 10_000}
`
}

function testsOf(at: number): string {
  const rules = tests.map(
    ([name, resource, messages]) => `
test_${name} if {
	denied := kind_${at}.deny with input as given(${resource})
	count(denied) == ${messages}
}
`,
  )
  return `package library.kind_${at}_test

import data.library.kind_${at}

given(resource) := {"resource": {"kind_${at}": {"one": resource}}}
${rules.join('')}`
}
