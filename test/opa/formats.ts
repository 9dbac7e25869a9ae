import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatRego } from '../../src/lang/rego/format/index.ts'
import { type Module, RegoError } from '../../src/lang/rego/index.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { type Opa, runOpa, say } from './opa.ts'

/** What `opa fmt` and ours make of every .rego under the folders: byte for byte, and settled after one turn. */
export function compareFormats(opa: Opa, folders: readonly string[]): boolean {
  const files = folders.flatMap(regoFiles).flatMap(file => {
    const text = readFileSync(file, 'utf8')
    const module = parsePolicy(file, text)
    if (!(module instanceof RegoError)) return [{ file, text, version: dialectOf(module) }]
    say(`does not parse: ${module.message}`)
    return []
  })
  let [same, refused] = [0, 0]
  const theirs = [...opaFormats(opa, files, 'v1'), ...opaFormats(opa, files, 'v0')]
  for (const { file, text, version, theirs: want } of theirs) {
    if (want.startsWith('! ')) {
      refused++
      say(`${file}: opa refuses: ${want.split('\n')[0]?.slice(2)}`)
      continue
    }
    const ours = attempt(() => formatRego(file, text, version))
    const again = ours.startsWith('! ') ? ours : attempt(() => formatRego(file, ours, version))
    if (ours === want && again === ours) same++
    else say(`${file} (${version}): ${firstDifference(want, ours === want ? again : ours)}`)
  }
  const all = theirs.length - refused
  say(`opa ${opa.version}: ${same} of ${all} files are laid out alike; opa refuses ${refused} more`)
  return same === all && same > 0
}

interface Source {
  readonly file: string
  readonly text: string
  readonly version: 'v0' | 'v1'
}

function opaFormats(
  opa: Opa,
  all: readonly Source[],
  version: 'v0' | 'v1',
): readonly (Source & { readonly theirs: string })[] {
  const files = all.filter(each => each.version === version)
  if (files.length === 0) return []
  const folder = mkdtempSync(join(tmpdir(), 'batten-fmt-'))
  const dialect = version === 'v0' ? ['--v0-compatible'] : []
  try {
    for (const [at, { text }] of files.entries()) writeFileSync(join(folder, `${at}.rego`), text)
    const whole = runOpa(opa, ['fmt', '-w', ...dialect, folder]).status === 0
    return files.map((each, at) => {
      const copy = join(folder, `${at}.rego`)
      const { err, status } = whole
        ? { err: '', status: 0 }
        : runOpa(opa, ['fmt', '-w', ...dialect, copy])
      return { ...each, theirs: status === 0 ? readFileSync(copy, 'utf8') : `! ${err}` }
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function dialectOf({ dialect }: Module): 'v0' | 'v1' {
  return dialect === 'v0' ? 'v0' : 'v1'
}

function attempt(make: () => string): string {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    return `! ${error.message}`
  }
}

function firstDifference(theirs: string, ours: string): string {
  const [a, b] = [theirs.split('\n'), ours.split('\n')]
  const at = a.findIndex((line, i) => line !== b[i])
  const row = at < 0 ? a.length : at
  return `line ${row + 1}\n  opa   ${JSON.stringify(a[row])}\n  here  ${JSON.stringify(b[row])}`
}

function regoFiles(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.rego'))
    .sort()
    .map(name => join(path, name))
    .filter(file => statSync(file).isFile())
}
