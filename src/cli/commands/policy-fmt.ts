import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createTwoFilesPatch } from 'diff'
import { UserError } from '../../errors.ts'
import { RegoError } from '../../lang/rego/error.ts'
import { formatRego } from '../../lang/rego/format/index.ts'
import { findPolicies, type PolicyFile } from '../../policy/files.ts'
import { parsePolicy, problemsOf } from '../../policy/parse.ts'
import { type PolicyProblem, say } from '../../policy/rule.ts'
import { plain, plainLines } from '../../text.ts'
import { parseArguments } from '../arguments.ts'
import type { Flag, FlagValues } from '../flags.ts'
import { configFlag, policyPaths } from '../policy-paths.ts'

export const flags: readonly Flag[] = [
  { name: 'write', short: 'w', kind: 'boolean', group: 'general', help: 'write it into the files' },
  { name: 'list', short: 'l', kind: 'boolean', group: 'report', help: 'only name what changes' },
  { name: 'diff', short: 'd', kind: 'boolean', group: 'report', help: 'only show what changes' },
  { name: 'fail', kind: 'boolean', group: 'exit', help: 'exit 2 where something changes' },
  {
    name: 'check',
    kind: 'boolean',
    group: 'exit',
    help: 'as --list --fail, or with --diff as --diff --fail',
  },
  configFlag,
]

/** `batten policy fmt [PATH…]`: opa's layout, flags and exit codes: 2 where a file does not parse, or changes under --fail. */
export default async function policyFmt(args: readonly string[]): Promise<number> {
  const about = 'Lay policies out as opa fmt does. PATH - is standard input.'
  const parsed = parseArguments({ name: 'policy fmt', about, paths: '[PATH…]' }, flags, args)
  const { files, problems } = await sources(parsed.paths, parsed.flags)
  const results = files.map(laidOut)
  const all = [...problems, ...results.flatMap(({ problems }) => problems)]
  for (const result of results) show(result, parsed.flags)
  for (const problem of all) process.stderr.write(`${plain(say(problem))}\n`)
  const changes = results.some(({ file, text }) => text !== null && text !== file.text)
  const mayNot = parsed.flags.fail === true || parsed.flags.check === true
  return all.length > 0 || (changes && mayNot) ? 2 : 0
}

type Source = Pick<PolicyFile, 'name' | 'path' | 'text'>

async function sources(
  paths: readonly string[],
  values: FlagValues,
): Promise<{ readonly files: readonly Source[]; readonly problems: readonly PolicyProblem[] }> {
  if (paths.includes('-')) {
    if (paths.length > 1) throw new UserError('- is standard input; it stands alone')
    if (values.write) throw new UserError('standard input cannot be written')
    return { files: [{ name: 'stdin', path: '-', text: readFileSync(0, 'utf8') }], problems: [] }
  }
  const found = findPolicies(await policyPaths(paths, values), process.cwd())
  const files = [...found.policies, ...found.tests].sort((a, b) => (a.name < b.name ? -1 : 1))
  return { files, problems: found.problems }
}

interface LaidOut {
  readonly file: Source
  /** Null where it cannot be laid out. */
  readonly text: string | null
  readonly problems: readonly PolicyProblem[]
}

function laidOut(file: Source): LaidOut {
  const { name, text } = file
  const module = parsePolicy(name, text)
  try {
    if (module instanceof RegoError) throw module
    const version = module.dialect === 'v0' ? 'v0' : 'v1'
    return { file, text: formatRego(name, text, version), problems: [] }
  } catch (error) {
    if (!(error instanceof RegoError)) throw error
    return { file, text: null, problems: problemsOf(error, name) }
  }
}

function show({ file, text }: LaidOut, values: FlagValues): void {
  if (text === null) return
  const isList = values.list === true || (values.check === true && values.diff !== true)
  const changes = text !== file.text
  if (values.write && changes) overwrite(file.path, text)
  if (isList && changes) process.stdout.write(`${plain(file.name)}\n`)
  else if (values.diff && changes) process.stdout.write(shown(patch(file, text)))
  if (!isList && !values.diff && !values.write) process.stdout.write(shown(text))
}

/** Byte for byte for a program; without escape sequences for a person. */
function shown(text: string): string {
  if (!process.stdout.isTTY) return text
  return text.split('\t').map(plainLines).join('\t')
}

function patch({ name, text }: Source, formatted: string): string {
  return createTwoFilesPatch(name, name, text, formatted, undefined, undefined, {
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  })
}

/** Whole or not at all; through a link into the file that it names. */
function overwrite(path: string, text: string): void {
  const file = realpathSync(path)
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(unfinished, text, { mode: statSync(file).mode })
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw new UserError(
      `cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
