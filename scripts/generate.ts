// Writes the generated files, or with --check says which are stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generateChecksIndex } from './generate-checks-index.ts'
import { generateDocs } from './generate-docs.ts'
import { generateFrameworks } from './generate-frameworks.ts'
import { generateReadings } from './generate-readings.ts'
import { generateRemediation } from './generate-remediation.ts'
import { generateVocabulary } from './generate-vocabulary.ts'

interface Generated {
  readonly file: string
  readonly text: string
}

const generators: readonly (() => Promise<readonly Generated[]>)[] = [
  generateVocabulary,
  generateChecksIndex,
  generateDocs,
  generateFrameworks,
  generateReadings,
  generateRemediation,
]

const checkOnly = process.argv.includes('--check')
const stale: string[] = []
for (const generate of generators) {
  for (const { file, text } of await generate()) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    stale.push(file)
    if (checkOnly) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
if (stale.length > 0) {
  process.stderr.write(`${checkOnly ? 'stale' : 'written'}: ${stale.join(', ')}\n`)
  if (checkOnly) process.exitCode = 1
}
