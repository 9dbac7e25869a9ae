import { spawnSync } from 'node:child_process'
import { print } from './print.ts'

/** Megabytes that the policies of `examples/policy` take over an account of so many resources. */
export function measureAccount(count: number): number {
  const args = ['scripts/run.mjs', 'bench/rego/account-scan.ts', String(count)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the scan of the account exits ${status}: ${stderr}`)
  const { megabytes, seconds, findings, rules } = JSON.parse(stdout)
  print(
    `account: ${rules} rules over ${count.toLocaleString('en')} resources: ${findings.toLocaleString('en')} findings in ${seconds.toFixed(1)} s, peak ${megabytes} MB`,
  )
  return megabytes
}
