import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What tests leave in the folder for temporary files lies in one of the run's own, and goes with the run. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'batten-tests-'))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
