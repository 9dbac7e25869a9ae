// Bundles the command line and the library entries: one folder, shared chunks, no dependency at run time.
import { execSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const entries = {
  batten: 'src/cli/main.ts',
  index: 'src/index.ts',
  check: 'src/check.ts',
  hcl: 'src/lang/hcl/index.ts',
  rego: 'src/lang/rego/index.ts',
}
rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  define: { BATTEN_VERSION: JSON.stringify(version) },
  // Some dependencies are CommonJS and ask for Node's own modules with require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
chmodSync('dist/batten.js', 0o755)
if (process.argv.includes('--types')) {
  execSync('npx tsc -p tsconfig.types.json', { stdio: 'inherit' })
}
