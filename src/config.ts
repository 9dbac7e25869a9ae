import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from './errors.ts'
import { nestsTooDeep } from './lang/yaml/nesting.ts'

/** A batten.yaml as read: values by key, with the line of each for messages. */
export interface ConfigFile {
  readonly file: string
  readonly values: ReadonlyMap<string, unknown>
  readonly lines: ReadonlyMap<string, number>
}

/** Reads the named file, or the nearest batten.yaml from `folder` upwards to the top of the git tree. */
export async function readConfig(
  named: string | undefined,
  folder: string,
): Promise<ConfigFile | null> {
  const file = named === undefined ? nearest(folder) : resolve(folder, named)
  if (file === null) return null
  if (!existsSync(file)) throw new UserError(`${named}: no such configuration file`)
  const text = textOf(file, named !== undefined)
  const { LineCounter, Parser, isMap, isScalar, parseDocument } = await import('yaml')
  if (nestsTooDeep(new Parser().parse(text))) throw new UserError(`${file}: nested too deeply`)
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' })
  const [error] = document.errors
  if (error) {
    const { line, col } = counter.linePos(error.pos[0])
    throw new UserError(`${file}:${line}:${col}: ${error.message.split('\n')[0]}`)
  }
  const values = new Map<string, unknown>()
  const lines = new Map<string, number>()
  if (document.contents === null) return { file, values, lines }
  if (!isMap(document.contents))
    throw new UserError(`${file}:1: a configuration is a map of settings`)
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : String(key)
    values.set(name, toPlain(value, file))
    lines.set(name, isScalar(key) && key.range ? counter.linePos(key.range[0]).line : 1)
  }
  return { file, values, lines }
}

const mostBytes = 256_000

/** What was found is a file of its folder; what is named may be a pipe or a link to anywhere. */
function textOf(file: string, isNamed: boolean): string {
  const stat = statSync(file)
  if (stat.isDirectory() || !(isNamed || stat.isFile()))
    throw new UserError(`${file}: is not a file`)
  if (!isNamed && dirname(realpathSync(file)) !== realpathSync(dirname(file)))
    throw new UserError(`${file}: is a link to elsewhere (--config may name it)`)
  if (stat.size > mostBytes) throw new UserError(`${file}: larger than 256 kB`)
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UserError(`${file}: cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
}

function nearest(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, 'batten.yaml')
    if (existsSync(file)) return file
    if (existsSync(join(at, '.git')) || dirname(at) === at) return null
  }
}

/** The parser caps aliases itself; a bomb throws here. */
function toPlain(node: unknown, file: string): unknown {
  if (node === null || typeof node !== 'object' || !('toJSON' in node)) return node
  try {
    return (node as { toJSON(): unknown }).toJSON()
  } catch (error) {
    throw new UserError(`${file}: ${(error as Error).message.split('\n')[0]}`)
  }
}
