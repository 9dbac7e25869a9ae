import { readFileSync } from 'node:fs'
import { UserError } from '../../errors.ts'
import { type Json, link, parseModule, Trace } from '../../lang/rego/index.ts'
import { parseQueryText } from '../../lang/rego/syntax/module.ts'
import { battenLibrary, libraryName } from '../../policy/batten-library.ts'
import { readData } from '../../policy/data.ts'
import { findPolicies } from '../../policy/files.ts'
import { say } from '../../policy/rule.ts'
import { readYaml } from '../../policy/sidecar.ts'
import type { Note } from '../../policy/values.ts'
import { jsonText, plain } from '../../text.ts'
import { parseArguments } from '../arguments.ts'
import { type Flag, type FlagValues, scanFlags } from '../flags.ts'
import { compiled, engineFlag, evalByOpa } from '../policy-engine.ts'
import { parseAll } from './policy-test.ts'

export const flags: readonly Flag[] = [
  { name: 'data', kind: 'repeat', value: 'PATH', group: 'source', help: 'policies and data files' },
  {
    name: 'input',
    kind: 'text',
    value: 'FILE',
    group: 'source',
    help: 'the input, in JSON or YAML',
  },
  {
    name: 'code',
    kind: 'text',
    value: 'PATH',
    group: 'source',
    help: 'the input that a scan of this code gives to policies',
  },
  {
    name: 'format',
    kind: 'text',
    value: 'FORMAT',
    choices: ['pretty', 'json'],
    group: 'report',
    help: 'values only, or all bindings (default pretty)',
  },
  ...engineFlag,
  ...scanFlags.filter(({ name }) => ['account-tag', 'var', 'var-file'].includes(name)),
]

/** `batten policy eval QUERY`: what a query comes to; 1 where it is undefined. */
export default async function policyEval(args: readonly string[]): Promise<number> {
  const about = 'Evaluate a Rego query over policies, data and an input.'
  const parsed = parseArguments({ name: 'policy eval', about, paths: 'QUERY' }, flags, args)
  const [query, ...more] = parsed.paths
  if (query === undefined || more.length > 0) throw new UserError('usage: batten policy eval QUERY')
  const folders = listOf(parsed.flags.data)
  const found = folders.length > 0 ? findPolicies(folders, process.cwd()) : null
  const { data, problems } = readData(found?.data ?? [])
  const modules = parseAll(
    found?.policies ?? [],
    [...(found?.problems ?? []), ...problems].map(say),
  )
  if (modules === null) return 2
  const unknown = new Map<string, Note>()
  const trace: Trace = new Trace({})
  const input = await inputOf(parsed.flags, note => {
    unknown.set(`${note.resource.id} ${note.path.join('.')}`, note)
    trace.unknown(note)
  })
  const all = [parseModule(libraryName, battenLibrary, 'v1'), ...modules]
  const result = await compiled(() => {
    const asked = withValue(query)
    if (parsed.flags.engine === 'opa')
      return evalByOpa(asked, { modules: all, files: found?.policies ?? [], data }, input)
    return link(all).query(asked, { data, trace, ...(input !== undefined && { input }) })
  }, 'query')
  if (result === null) return 2
  process.stdout.write(parsed.flags.format === 'json' ? `${jsonText(result, 2)}\n` : pretty(result))
  sayUnknown([...unknown.values()], parsed.flags.engine === 'opa')
  return result.length > 0 ? 0 : 1
}

/** What the query read; opa is given everything, and does not say what it read. */
function sayUnknown(notes: readonly Note[], isOpa: boolean): void {
  const lines = notes.map(
    ({ resource, path, absent }) => `not known: ${resource.id} ${path.join('.')}: ${absent.reason}`,
  )
  const shown =
    isOpa && lines.length > 0 ? [`not known, and left out of the input: ${lines.length}`] : lines
  for (const line of shown) process.stderr.write(`${plain(line)}\n`)
}

/** A query that is one expression is asked for its value; all others for their variables. */
function withValue(query: string): string {
  const [only, ...more] = parseQueryText('query', query, 'v1')
  if (only === undefined || more.length > 0 || only.negated || only.with.length > 0) return query
  const { expr } = only
  const [head] = expr.kind === 'call' ? expr.operator.path : []
  const binds = head?.kind === 'var' && ['eq', 'assign'].includes(head.name)
  return expr.kind === 'term' || (expr.kind === 'call' && !binds) ? `value = ${query}` : query
}

function pretty(result: readonly { readonly [name: string]: Json }[]): string {
  if (result.length === 0) return 'undefined\n'
  const lines = result.map(bindings => {
    const names = Object.keys(bindings)
    const [only] = names
    if (only === undefined) return 'true'
    return jsonText(names.length === 1 ? bindings[only] : bindings, 2)
  })
  return `${lines.join('\n')}\n`
}

async function inputOf(values: FlagValues, touch: (note: Note) => void): Promise<unknown> {
  if (typeof values.code === 'string') {
    const { codeInput } = await import('../code-input.ts')
    return codeInput(values.code, {
      vars: pairs(listOf(values.var)),
      varFiles: listOf(values['var-file']),
      accountTags: pairs(listOf(values['account-tag'])),
      touch,
    })
  }
  if (typeof values.input !== 'string') return undefined
  const { value, problems } = readYaml(values.input, textOf(values.input))
  const [problem] = problems
  if (problem) throw new UserError(say(problem))
  return value
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch {
    throw new UserError(`${file}: no such file, or not to be read`)
  }
}

function pairs(items: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    items.map(item => {
      const at = item.indexOf('=')
      if (at < 1) throw new UserError(`'${item}' is not K=V`)
      return [item.slice(0, at), item.slice(at + 1)]
    }),
  )
}

function listOf(value: FlagValues[string] | undefined): readonly string[] {
  return Array.isArray(value) ? value : []
}
