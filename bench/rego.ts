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

const missed: string[] = []
for (const [name, part] of Object.entries({
  trivy: trivyPart,
  plan: planPart,
  test: testPart,
  account: accountPart,
}))
  if ((only ?? name) === name && !part()) missed.push(name)
print(missed.length === 0 ? 'holds' : `does not hold: ${missed.join(', ')}`)
process.exitCode = missed.length === 0 ? 0 : 1

function trivyPart(): boolean {
  if (opa === null) return true
  if (trivy === undefined) {
    print('trivy: left out; give the folder of a clone with --trivy')
    return true
  }
  print('trivy: the cloud policies over the resources of their tests, an evaluation')
  const [whole] = trivyWorkloads(trivy).map(one => compareEvaluations(opa.path, rounds, one))
  return whole !== undefined && whole >= 3
}

function planPart(): boolean {
  if (opa === null) return true
  print('plan: 5 policies × 10,000 resources, an evaluation')
  const [whole] = planWorkloads(10_000).map(one => compareEvaluations(opa.path, rounds, one))
  return whole !== undefined && whole >= 3
}

function testPart(): boolean {
  return opa === null || compareTests(opa.path, rounds * 2 + 1) > 1
}

function accountPart(): boolean {
  return measureAccount(100_000) < 1024
}
