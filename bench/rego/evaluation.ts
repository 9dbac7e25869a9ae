import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { compile } from '../../src/lang/rego/index.ts'
import { type Files, opaBench, opaEval } from './opa.ts'
import { median, print, times } from './print.ts'

export interface Workload {
  readonly name: string
  readonly query: string
  readonly modules: { readonly [file: string]: string }
  readonly input: unknown
}

/** One evaluation of a query here and in `opa`, round by round, after both gave the same answer. */
export function compareEvaluations(opa: string, rounds: number, workload: Workload): number {
  const { name, query, modules, input } = workload
  const folder = mkdtempSync(join(tmpdir(), 'batten-bench-'))
  try {
    const files = write(folder, workload)
    const policy = compile(modules)
    const evaluate = () => policy.query(`x = ${query}`, { input })[0]?.x
    if (!isDeepStrictEqual(evaluate(), opaEval(opa, query, files)))
      throw new Error(`${name}: the answers are not the same`)
    evaluationTime(evaluate)
    const pairs = Array.from({ length: rounds }, () => ({
      ours: evaluationTime(evaluate),
      theirs: opaBench(opa, query, files),
    }))
    const ratios = pairs.map(({ ours, theirs }) => theirs / ours)
    const ratio = median(ratios)
    const ms = (of: readonly number[]) => `${(median(of) / 1e6).toFixed(2)} ms`
    print(
      `  ${name.padEnd(44)} ${ms(pairs.map(({ ours }) => ours)).padStart(10)} opa ${ms(pairs.map(({ theirs }) => theirs)).padStart(10)} ${times(ratio)} (${ratios.map(times).join(', ')})`,
    )
    return ratio
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function write(folder: string, { modules, input }: Workload): Files {
  const policies = join(folder, 'policies')
  for (const [file, text] of Object.entries(modules)) {
    mkdirSync(dirname(join(policies, file)), { recursive: true })
    writeFileSync(join(policies, file), text)
  }
  writeFileSync(join(folder, 'input.json'), JSON.stringify(input))
  return { policies, input: join(folder, 'input.json') }
}

/** Nanoseconds of one, over a second's worth of them as `opa bench` takes; the first second warms up. */
function evaluationTime(evaluate: () => unknown): number {
  const second = 1e9
  const started = process.hrtime.bigint()
  let count = 0
  let passed = 0
  while (passed < second || count < 3) {
    evaluate()
    count++
    passed = Number(process.hrtime.bigint() - started)
  }
  return passed / count
}
