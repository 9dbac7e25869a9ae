// Programs by a grammar, here and in a real `opa`: npm run fuzz:rego -- [seed] [count]
// The same seed makes the same programs. Ends with `Tests  N passed, N failed`.
import { type Difference, round } from './fuzz/round.ts'
import { findOpa, isOlder, say } from './opa.ts'

const [seed = 1, count = 1000] = process.argv.slice(2).map(Number)
const batch = 250
const most = Number(process.env.FUZZ_SHOW ?? 20)
const opa = findOpa()
if (opa === null || isOlder(opa)) {
  say(opa === null ? 'no opa here, and no Go to build it with' : `opa ${opa.version} is too old`)
  say('Tests  0 passed, 0 failed')
} else {
  let [refused, failed] = [0, 0]
  for (let at = 0; at < count; at += batch) {
    const seeds = Array.from({ length: Math.min(batch, count - at) }, (_, i) => seed + at + i)
    const done = await round(opa, seeds)
    refused += done.refused
    const programs = new Map(done.differences.map(each => [each.seed, each]))
    for (const each of programs.values()) if (++failed <= most) show(each)
  }
  say(`opa ${opa.version}: ${refused} of ${count} programs are refused`)
  say(`Tests  ${count - failed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

function show({ seed, text, opa, here }: Difference): void {
  say(`-- seed ${seed}\n${text}   opa  ${opa}\n   here ${here}\n`)
}
