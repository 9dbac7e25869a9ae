// Makes `npm start` and `npm test` work in a fresh clone: installs and builds what is missing or stale.
import { execSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const run = command => execSync(command, { stdio: ['ignore', 'ignore', 'inherit'] })
const newest = folder =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true }).map(entry => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs
    }),
    0,
  )

const stale = () =>
  !existsSync('dist/batten.js') ||
  statSync('dist/batten.js').mtimeMs < Math.max(newest('src'), statSync('package.json').mtimeMs)

const installed = 'node_modules/.package-lock.json'
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  process.stderr.write('batten: installing dependencies …\n')
  run('npm ci --no-audit --no-fund')
}
if (stale()) {
  process.stderr.write('batten: building …\n')
  run('node scripts/build.mjs')
}
