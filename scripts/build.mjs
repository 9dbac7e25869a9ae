// Bundles the command line and the library entries: one folder, shared chunks, no dependency at run time.
import { execSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { licencesOf } from './licences.mjs'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const entries = {
  batten: 'src/cli/main.ts',
  index: 'src/index.ts',
  check: 'src/check.ts',
  hcl: 'src/lang/hcl/index.ts',
  rego: 'src/lang/rego/index.ts',
}
/** Of commands that are programs of their own, which nobody has here. */
const withoutPrograms = {
  name: 'without programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path: 'none', namespace: 'none' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: '' }))
  },
}
const folder = `dist.${process.pid}`
const shared = {
  bundle: true,
  metafile: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  // ES modules where a package has both: only what is used of an SDK client is bundled.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  // The package's ES module build: a lazy import of its CommonJS one would come without names.
  alias: { yaml: resolve('node_modules/yaml/browser/dist/index.js') },
  legalComments: 'linked',
  define: { BATTEN_VERSION: JSON.stringify(version) },
  // Some dependencies are CommonJS and ask for Node's own modules with require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [withoutPrograms],
  logLevel: 'warning',
}
const [main, lambda, packages] = await Promise.all([
  build({
    ...shared,
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
    outdir: folder,
    target: 'node20',
  }),
  // A folder of its own, to be zipped as it is: AWS Lambda takes a file without a package.json for a module by its ending.
  build({
    ...shared,
    entryPoints: { index: 'src/remediation/lambda.ts' },
    outdir: `${folder}/lambda`,
    outExtension: { '.js': '.mjs' },
    target: 'node22',
    minifyIdentifiers: true,
  }),
  // What src/lang/packages.ts reads when it is first asked for.
  build({
    ...shared,
    entryPoints: Object.fromEntries(['graphql', 're2js', 'yaml'].map(name => [name, name])),
    outdir: folder,
    target: 'node20',
    format: 'cjs',
    splitting: false,
    outExtension: { '.js': '.cjs' },
    banner: {},
  }),
])
writeFileSync(`${folder}/LICENCES.txt`, licencesOf(main.metafile, packages.metafile))
writeFileSync(`${folder}/lambda/LICENCES.txt`, licencesOf(lambda.metafile))
chmodSync(`${folder}/batten.js`, 0o755)
// Swapped in whole: a program that starts meanwhile finds the old build or the new one.
rmSync('dist', { recursive: true, force: true })
renameSync(folder, 'dist')
if (process.argv.includes('--types')) {
  execSync('npx tsc -p tsconfig.types.json', { stdio: 'inherit' })
}
