// `npm start`: the main job on the example estate; exits 0, since the estate's mistakes are on purpose.
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(
  process.execPath,
  [
    'dist/batten.js',
    'iac',
    'examples/estate',
    '--soft-fail',
    '-M',
    'html',
    'json',
    '--output-filename',
    'estate',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
process.exitCode = status ?? 1
