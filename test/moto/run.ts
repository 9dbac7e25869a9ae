// npm run test:moto: holds the built program to moto, an AWS emulator that nobody here wrote.
import { proveMends } from './mends.ts'
import { type Servers, startMoto } from './moto.ts'
import { type Counted, type Tally, tally } from './tally.ts'
import { compareVerdicts } from './verdicts.ts'

const servers = await Promise.all([startMoto(0), startMoto(200)])
const [today, past] = servers
const addresses: Servers = { today: today.url, past: past.url }
// At the same time; they share nothing but the servers.
const parts = await Promise.all([compareVerdicts, proveMends].map(counted))
for (const server of servers) await server.stop()

for (const { lines } of parts) for (const line of lines) process.stdout.write(`${line}\n`)
const passed = parts.reduce((sum, part) => sum + part.passed, 0)
const failed = parts.reduce((sum, part) => sum + part.failed, 0)
process.stdout.write(`Tests  ${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

async function counted(part: (on: Servers, results: Tally) => Promise<void>): Promise<Counted> {
  const results = tally()
  try {
    await part(addresses, results)
  } catch (error) {
    results.fail(error instanceof Error ? error.message : String(error))
  }
  // Nothing compared is no success.
  if (results.passed + results.failed === 0) results.fail(`${part.name} compared nothing`)
  return results
}
