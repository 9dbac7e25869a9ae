import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Module, Warning } from '../../lang/rego/index.ts'
import type { Value } from '../../lang/rego/value/value.ts'
import { writeJson } from '../../lang/rego/value/write-json.ts'
import { jsonChunks } from './json-chunks.ts'
import { portableText } from './portable.ts'

/** Modules in the folder that opa reads them from. */
export interface Program {
  readonly modules: readonly Module[]
  readonly textOf: (file: string) => string
  readonly warnings: readonly Pick<Warning, 'location'>[]
  readonly data: object
}

export interface Bundle {
  readonly folder: string
  /** The user's name of a file of opa's. */
  readonly nameOf: (file: string) => string
  /** Writes an input beside the bundle; answers its path. */
  readonly input: (value: unknown) => string
}

/** Lays out what opa needs in a folder of its own, which is gone afterwards, also where the program is stopped. */
export async function withBundle<T>(
  capabilities: string,
  use: (open: (program: Program) => Bundle, capabilities: string) => Promise<T>,
): Promise<T> {
  const top = mkdtempSync(join(tmpdir(), 'batten-opa-'))
  const remove = (): void => rmSync(top, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    const file = join(top, 'capabilities.json')
    writeFileSync(file, capabilities)
    let count = 0
    return await use(program => bundleIn(join(top, String(count++)), program), file)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

function bundleIn(top: string, { modules, textOf, warnings, data }: Program): Bundle {
  const folder = join(top, 'bundle')
  mkdirSync(join(folder, modulesFolder), { recursive: true })
  const names = new Map<string, string>()
  const versions: { [file: string]: number } = {}
  for (const [at, module] of modules.entries()) {
    // Its own name would collide with data files and with names that lead out of the folder.
    const file = `${modulesFolder}/${String(at).padStart(5, '0')}.rego`
    writeFileSync(join(folder, file), portableText(module, textOf(module.file), warnings))
    names.set(file, module.file)
    versions[`/${file}`] = module.dialect === 'v1' ? 1 : 0
  }
  const manifest = { roots: [''], rego_version: 1, file_rego_versions: versions }
  writeFileSync(join(folder, '.manifest'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'data.json'), writeJson(data as Value))
  let inputs = 0
  return {
    folder,
    nameOf: file => names.get(file.replaceAll('\\', '/')) ?? file,
    input(value) {
      const file = join(top, `input-${inputs++}.json`)
      const descriptor = openSync(file, 'w', 0o600)
      for (const chunk of jsonChunks(value)) writeSync(descriptor, chunk)
      closeSync(descriptor)
      return file
    },
  }
}

const modulesFolder = 'modules'
