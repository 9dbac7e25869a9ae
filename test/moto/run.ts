// npm run test:moto: holds the built program to moto, an AWS emulator that nobody here wrote.
import { proveMends } from './mends.ts'
import { startMoto } from './moto.ts'
import { tally } from './tally.ts'
import { compareVerdicts } from './verdicts.ts'

const results = tally(line => process.stdout.write(`${line}\n`))

for (const part of [compareVerdicts, proveMends]) {
  const moto = await startMoto()
  try {
    await part(moto.url, results)
  } catch (error) {
    results.fail(error instanceof Error ? error.message : String(error))
  } finally {
    await moto.stop()
  }
}
process.exitCode = results.close()
