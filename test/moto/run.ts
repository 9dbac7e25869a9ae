// npm run test:moto: holds the built program to moto, an AWS emulator that nobody here wrote.
import { proveMends } from './mends.ts'
import { startMoto } from './moto.ts'
import { type Counted, type Tally, tally } from './tally.ts'
import { compareVerdicts } from './verdicts.ts'

// Each on a server of its own, at the same time.
const parts = await Promise.all([compareVerdicts, proveMends].map(counted))

for (const { lines } of parts) for (const line of lines) process.stdout.write(`${line}\n`)
const passed = parts.reduce((sum, part) => sum + part.passed, 0)
const failed = parts.reduce((sum, part) => sum + part.failed, 0)
process.stdout.write(`Tests  ${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

async function counted(part: (url: string, results: Tally) => Promise<void>): Promise<Counted> {
  const results = tally()
  try {
    const moto = await startMoto()
    try {
      await part(moto.url, results)
    } finally {
      await moto.stop()
    }
  } catch (error) {
    results.fail(error instanceof Error ? error.message : String(error))
  }
  // Nothing compared is no success.
  if (results.passed + results.failed === 0) results.fail(`${part.name} compared nothing`)
  return results
}
