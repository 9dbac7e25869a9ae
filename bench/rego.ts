// Rego here and in the real `opa`, in one run and by turns: npm run bench:rego -- [--trivy FOLDER] [--only PART] [--rounds 5]
// Needs `opa` by $OPA or on the path (with Go: go install github.com/open-policy-agent/opa@latest), dist/ (npm run build), and
// for the first part a clone of https://github.com/aquasecurity/trivy-checks. Parts:
//   trivy    its cloud policies over every resource of their tests, an evaluation       at least 3 × faster
//   plan     5 policies × 10,000 resources of a plan, an evaluation                     at least 3 × faster
//   test     `batten policy test` of a library of 200 tests, whole processes            faster
//   account  a scan's policies over an account of 100,000 resources                     under 1 GB

import { measureAccount } from './rego/account.ts'
import { compareEvaluations } from './rego/evaluation.ts'
import { findOpa } from './rego/opa.ts'
import { planWorkloads } from './rego/plan.ts'
import { print } from './rego/print.ts'
import { compareTests } from './rego/test-library.ts'
import { trivyWorkloads } from './rego/trivy.ts'

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const only = option('only')
const rounds = Number(option('rounds') ?? 5)
const trivy = option('trivy')
const opa = findOpa()
print(
  opa === null
    ? 'opa is not here: set $OPA, or put it on the path (go install github.com/open-policy-agent/opa@latest)'
    : `opa ${opa.version}, node ${process.version}, ${rounds} rounds each`,
)

/** Null: left out, for want of what it needs. */
const parts: Readonly<Record<string, () => boolean | null>> = {
  trivy: trivyPart,
  plan: planPart,
  test: testPart,
  account: accountPart,
}
const outcomes = Object.entries(parts)
  .filter(([name]) => (only ?? name) === name)
  .map(([name, measure]) => ({ name, holds: measure() }))
for (const [word, wanted] of [
  ['holds', true],
  ['does not hold', false],
  ['left out', null],
] as const) {
  const names = outcomes.filter(({ holds }) => holds === wanted).map(({ name }) => name)
  if (names.length > 0) print(`${word}: ${names.join(', ')}`)
}
process.exitCode = outcomes.some(({ holds }) => holds === false) ? 1 : 0

function trivyPart(): boolean | null {
  if (opa === null) return null
  if (trivy === undefined) {
    print('trivy: give the folder of a clone with --trivy')
    return null
  }
  print('trivy: the cloud policies over the resources of their tests, an evaluation')
  const [whole] = trivyWorkloads(trivy).map(one => compareEvaluations(opa.path, rounds, one))
  return whole !== undefined && whole >= 3
}

function planPart(): boolean | null {
  if (opa === null) return null
  print('plan: 5 policies × 10,000 resources, an evaluation')
  const [whole] = planWorkloads(10_000).map(one => compareEvaluations(opa.path, rounds, one))
  return whole !== undefined && whole >= 3
}

function testPart(): boolean | null {
  return opa === null ? null : compareTests(opa.path, rounds * 2 + 1) > 1
}

function accountPart(): boolean {
  return measureAccount(100_000) < 1024
}
