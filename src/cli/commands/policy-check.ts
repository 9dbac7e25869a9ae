import { parseModule } from '../../lang/rego/index.ts'
import { battenLibrary, libraryName } from '../../policy/batten-library.ts'
import { checkModules } from '../../policy/check.ts'
import { readData } from '../../policy/data.ts'
import { findPolicies } from '../../policy/files.ts'
import { type PolicyProblem, say } from '../../policy/rule.ts'
import { rulesOf } from '../../policy/rules.ts'
import { readSidecar } from '../../policy/sidecar.ts'
import { jsonText, plain } from '../../text.ts'
import { parseArguments } from '../arguments.ts'
import type { Flag } from '../flags.ts'
import { configFlag, policyPaths } from '../policy-paths.ts'
import { parseEach } from './policy-test.ts'

export const flags: readonly Flag[] = [
  {
    name: 'strict',
    kind: 'boolean',
    group: 'select',
    help: 'refuse unused and shadowing names, and what opa refuses',
  },
  {
    name: 'format',
    kind: 'text',
    value: 'FORMAT',
    choices: ['pretty', 'json'],
    group: 'report',
    help: 'how to print (default pretty)',
  },
  configFlag,
]

/** `batten policy check [PATH…]`: 1 where a policy has an error. */
export default async function policyCheck(args: readonly string[]): Promise<number> {
  const about = 'Find mistakes in policies without running them.'
  const parsed = parseArguments({ name: 'policy check', about, paths: '[PATH…]' }, flags, args)
  const found = findPolicies(await policyPaths(parsed.paths, parsed.flags), process.cwd())
  const parsing = parseEach([...found.policies, ...found.tests])
  const library = parseModule(libraryName, battenLibrary, 'v1')
  const texts = new Map([...found.policies, ...found.tests].map(({ name, text }) => [name, text]))
  const names = new Set(found.policies.map(({ name }) => name))
  const policies = parsing.modules.filter(({ file }) => names.has(file))
  const sidecars = new Map(
    found.sidecars.map(file => [file.name.replace(/\.ya?ml$/, '.rego'), readSidecar(file)]),
  )
  const compiled =
    parsing.problems.length > 0
      ? { errors: [], warnings: [] }
      : await checkModules(parsing.modules, policies, library, {
          strict: parsed.flags.strict === true,
          sourceOf: file => texts.get(file) ?? '',
        })
  const errors = [
    ...found.problems,
    ...parsing.problems,
    ...compiled.errors,
    ...readData(found.data).problems,
    ...[...sidecars.values()].flatMap(({ problems }) => problems),
    ...rulesOf(policies, sidecars).problems,
  ]
  print(errors, compiled.warnings, parsed.flags.format === 'json')
  return errors.length > 0 ? 1 : 0
}

function print(
  errors: readonly PolicyProblem[],
  warnings: readonly PolicyProblem[],
  json: boolean,
): void {
  if (json) {
    process.stdout.write(`${jsonText({ errors, warnings }, 2)}\n`)
    return
  }
  for (const problem of errors) process.stdout.write(`${line(problem)}\n`)
  for (const problem of warnings) process.stdout.write(`warning: ${line(problem)}\n`)
  const count = (list: readonly unknown[], word: string): string =>
    `${list.length} ${word}${list.length === 1 ? '' : 's'}`
  process.stderr.write(`${count(errors, 'error')}, ${count(warnings, 'warning')}\n`)
}

/** OPA's reasons may have several lines; these keep to one. */
function line(problem: PolicyProblem): string {
  return plain(say({ ...problem, message: problem.message.replace(/\s*\n\s*/g, '; ') }))
}
