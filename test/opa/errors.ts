import { writeFileSync } from 'node:fs'
import { type BadModule, badModules, type Errors, opaAnswers, ourErrors } from './bad-modules.ts'
import { type Opa, runOpa, say } from './opa.ts'

/** What `opa check` says of the modules in test/fixtures/rego-errors, here and in opa.json; --write keeps it there. */
export function compareErrors(opa: Opa, args: readonly string[]): boolean {
  const modules = badModules()
  const theirs = Object.fromEntries(modules.map(each => [each.name, opaErrors(opa, each)]))
  if (args.includes('--write'))
    writeFileSync('test/fixtures/rego-errors/opa.json', `${JSON.stringify(theirs, null, 1)}\n`)
  const kept = opaAnswers()
  let [first, all] = [0, 0]
  for (const each of modules) {
    const [a = [], b] = [theirs[each.name], ourErrors(each)]
    if (a[0] === b[0]) first++
    if (String(a) === String(b)) all++
    else say(`${each.name}: opa ${a.join(', ') || 'ok'}; here ${b.join(', ') || 'ok'}`)
    if (String(a) !== String(kept[each.name])) say(`${each.name}: opa.json has ${kept[each.name]}`)
  }
  say(
    `opa ${opa.version}: of ${modules.length} bad modules ${first} agree in code and row of the first error, ${all} in all errors`,
  )
  say(`Tests  ${first} passed, ${modules.length - first} failed`)
  return first === modules.length
}

interface OpaError {
  readonly code: string
  readonly location?: { readonly row: number }
}

function opaErrors(opa: Opa, { path, mode }: BadModule): Errors {
  const flags = { v1: [], v0: ['--v0-compatible'], strict: ['--strict'] }[mode]
  const { out, err, status } = runOpa(opa, ['check', '-f', 'json', ...flags, path])
  if (status === 0) return []
  const { errors }: { readonly errors: readonly OpaError[] } = JSON.parse(err || out)
  return errors.map(({ code, location }) => `${code} ${location?.row}`)
}
