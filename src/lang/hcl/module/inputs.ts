import type { Range } from '../ast.ts'
import { HclError } from '../hcl-error.ts'
import { string } from '../make.ts'
import { parseWholeExpression as parseExpression } from '../parse-expression.ts'
import type { Type, Value } from '../value.ts'
import type { ModuleConfig } from './config.ts'
import type { ModuleFiles, ParsedFile } from './files.ts'
import { literalScope } from './literal-scope.ts'
import { problemAt } from './problem.ts'
import { evaluateIn, type Run } from './run.ts'

/** Values for the root's variables that come from outside the configuration. */
export interface Inputs {
  /** `typed` says whether the declaration has a type at all: text from outside stays text without one. */
  get(name: string, type: Type, typed: boolean): Input | undefined
  /** Where the value is written, if in a file. */
  place(name: string): { readonly file: ParsedFile; readonly range: Range } | undefined
  /** Names that were given one by one on the command line. */
  commandLine(): readonly string[]
}

export interface Input {
  readonly value: Value
  readonly file: ParsedFile | null
  readonly range: Range
}

export interface InputOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** In the order of the command line, files and single values together. */
  readonly given?: readonly Given[]
}
export type Given = { readonly name: string; readonly text: string } | { readonly file: string }

type Source =
  | { readonly kind: 'text'; readonly text: string; readonly from: string }
  | {
      readonly kind: 'value'
      readonly value: Value
      readonly file: ParsedFile
      readonly range: Range
    }

/** Later sources win: environment, terraform.tfvars, *.auto.tfvars by name, the command line in its order. */
export function readInputs(config: ModuleConfig, options: InputOptions, run: Run): Inputs {
  const sources = new Map<string, Source>()
  for (const [name, text] of Object.entries(options.env ?? {})) {
    if (name.startsWith('TF_VAR_') && text !== undefined)
      sources.set(name.slice(7), { kind: 'text', text, from: name })
  }
  for (const path of valueFiles(config.folder, run.files)) readValueFile(path, sources, run)
  for (const given of options.given ?? []) {
    if ('file' in given) readValueFile(given.file, sources, run)
    else sources.set(given.name, { kind: 'text', text: given.text, from: `--var ${given.name}` })
  }
  return {
    get(name, type, typed) {
      const source = sources.get(name)
      if (source === undefined) return undefined
      if (source.kind === 'value') return source
      return { value: valueOfText(source, type, typed, run), file: null, range: nowhere }
    },
    place(name) {
      const source = sources.get(name)
      return source?.kind === 'value' ? source : undefined
    },
    commandLine: () =>
      (options.given ?? []).flatMap(given => ('name' in given ? [given.name] : [])),
  }
}

const nowhere: Range = { start: 0, end: 0 }

function valueFiles(folder: string, files: ModuleFiles): readonly string[] {
  const names = files.list(folder) ?? []
  const first = ['terraform.tfvars', 'terraform.tfvars.json'].filter(name => names.includes(name))
  const auto = names.filter(name => /\.auto\.tfvars(\.json)?$/.test(name)).sort()
  return [...first, ...auto].map(name => files.file(folder, name))
}

function readValueFile(path: string, into: Map<string, Source>, run: Run): void {
  const file = run.files.parse(path)
  if (file === null) return
  for (const error of file.errors) run.log.add({ ...error, kind: 'syntax' })
  for (const { name, expr } of file.body.attributes.values()) {
    const value = evaluateIn(expr, literalScope(run.budget), file, run)
    into.set(name, { kind: 'value', value, file, range: expr.range })
  }
  for (const block of file.body.blocks) {
    const detail = `A values file holds arguments, not blocks of type "${block.type}".`
    run.log.add(problemAt('syntax', file, block.header, 'Unsupported block type', detail))
  }
}

/** Text is text for variables of a simple type and for those without a type, else an expression. */
function valueOfText(
  source: { readonly text: string; readonly from: string },
  type: Type,
  typed: boolean,
  run: Run,
): Value {
  const isSimple = type === 'string' || type === 'number' || type === 'bool'
  if (!typed || isSimple) return string(source.text)
  const file = textFile(source.from, source.text)
  try {
    return evaluateIn(parseExpression(source.text), literalScope(run.budget), file, run)
  } catch (error) {
    if (!(error instanceof HclError)) throw error
    run.log.add(problemAt('syntax', file, nowhere, error.summary, error.detail))
    return string(source.text)
  }
}

/** A place to report about where there is no file. */
function textFile(name: string, text: string): ParsedFile {
  const body = { attributes: new Map(), blocks: [], range: nowhere }
  return { name, text, body, comments: [], errors: [], at: () => ({ line: 1, column: 1 }) }
}
