import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** DESIGN's order: a layer imports only layers that stand before it. Groups in one array never import one another. */
const order: readonly (readonly string[])[] = [
  ['lang/yaml', 'lang/packages.ts'],
  ['lang/hcl', 'lang/rego', 'nouns'],
  ['clouds'],
  ['vocabulary'],
  ['check-kit'],
  ['checks', 'sources', 'policy', 'frameworks', 'triage', 'reporters'],
  ['engine'],
  ['mend'],
  ['scan'],
  ['sandbox'],
  ['store'],
  ['remediation'],
  ['server'],
  ['cli'],
]
/** May be used from anywhere: no layer of its own. */
const nouns = new Set([
  'resource.ts',
  'check.ts',
  'finding.ts',
  'config.ts',
  'errors.ts',
  'report.ts',
  'exit.ts',
  'text.ts',
  'nearest.ts',
])

const src = resolve(import.meta.dirname, '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  file => file.endsWith('.ts') && !file.endsWith('.test.ts'),
)

test('imports point one way', () => {
  const back: string[] = []
  for (const file of files) {
    if (file === 'index.ts') continue
    const from = layer(file)
    for (const target of runtimeImports(join(src, file))) {
      const to = layer(relative(src, target))
      if (from === to) continue
      if (rank(to) >= rank(from))
        back.push(`${file} (${from}) imports ${relative(src, target)} (${to})`)
    }
  }
  expect(back).toEqual([])
})

test('every file has a layer', () => {
  expect(files.filter(file => file !== 'index.ts' && rank(layer(file)) < 0)).toEqual([])
})

function layer(file: string): string {
  const path = file.replaceAll('\\', '/')
  if (nouns.has(path)) return 'nouns'
  if (path === 'scan.ts') return 'scan'
  const [top = '', second = ''] = path.split('/')
  return top === 'lang' ? `${top}/${second}` : top
}

function rank(name: string): number {
  return order.findIndex(group => group.includes(name))
}

/** `import type` and `export type` are free: they leave nothing behind at run time. */
function runtimeImports(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const pattern =
    /^(?:import|export)\s+(?!type\b)[^'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]/gm
  return [...text.matchAll(pattern)].map(match =>
    resolve(dirname(file), match[1] ?? match[2] ?? ''),
  )
}
