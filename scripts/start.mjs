import { spawnSync } from 'node:child_process'

const { status } = spawnSync(process.execPath, ['dist/batten.js', '--version'], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
