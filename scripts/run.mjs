// Runs a TypeScript script: Node 20 does not strip types, esbuild does.
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [script, ...args] = process.argv.slice(2)
const folder = resolve('node_modules/.cache/batten-scripts')
mkdirSync(folder, { recursive: true })
const outfile = join(folder, `${basename(script, '.ts')}-${process.pid}.mjs`)
try {
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  })
  process.argv = [process.argv[0], script, ...args]
  await import(pathToFileURL(outfile).href)
} finally {
  rmSync(outfile, { force: true })
}
