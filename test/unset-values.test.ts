import { expect, test } from 'vitest'
import { sidesOf } from '../src/check.ts'
import type { Expr } from '../src/lang/hcl/ast.ts'
import { checkSources, isWhole } from './check-harness.ts'
import { findingsIn } from './many-roots.ts'
import { bodyOf, edited, isConstant, movable, resourceBlocks } from './rewritings/edit.ts'

/** With one value after the other unknown, a verdict is unknown or what it is: it never turns into its opposite. */
const checks = (await checkSources())
  .flatMap(({ checks }) => checks)
  .flatMap(sidesOf)
  .filter(check => check.on !== 'live')

test('a verdict that is decided holds for the value that is not known', {
  timeout: 300_000,
}, async () => {
  const texts = new Set(
    checks.flatMap(check =>
      [...check.bad, ...(check.good ?? [])].flatMap(example => {
        if (typeof example !== 'string') return []
        return isWhole(example)
          ? [example]
          : check.types.map(type => `resource "${type}" "example" {\n${example}\n}\n`)
      }),
    ),
  )
  const versions = [...texts].flatMap((text, at) => [
    { root: `${at}/all`, whole: `${at}/all`, text },
    ...withoutEach(text).map((each, which) => ({
      root: `${at}/${which}`,
      whole: `${at}/all`,
      text: each,
    })),
  ])
  const findings = await findingsIn(
    versions.map(({ root, text }) => ({ root, files: { 'main.tf': text } })),
    checks,
  )
  const verdictsOf = (root: string) =>
    new Map(
      (findings.get(root) ?? []).map(({ CheckID, Address, Status }) => [
        `${CheckID} ${Address}`,
        Status,
      ]),
    )
  const wrong = versions.flatMap(({ root, whole, text }) => {
    if (root === whole) return []
    const known = verdictsOf(whole)
    return [...verdictsOf(root)].flatMap(([name, status]) => {
      const before = known.get(name)
      const isHeld = status === 'UNKNOWN' || before === undefined || status === before
      return isHeld ? [] : [`${name}: ${status} and not ${before}\n${text}`]
    })
  })
  expect(wrong).toEqual([])
})

/** The text as often as it has constants and resources, each time with one of them, or its number, not known. */
function withoutEach(text: string): readonly string[] {
  const constants = resourceBlocks(bodyOf(text))
    .flatMap(movable)
    // Most code names no region, and is judged as if all of it were in one.
    .filter(({ name }) => name !== 'region')
    .flatMap(({ expr }) => constantsIn(expr))
  const valueless = constants.map(({ range }) => [{ ...range, text: 'var.unset' }])
  const countless = resourceBlocks(bodyOf(text))
    .filter(({ body }) => !body.attributes.has('count') && !body.attributes.has('for_each'))
    .map(({ header }) => {
      const at = text.indexOf('{', header.end) + 1
      return [{ start: at, end: at, text: '\ncount = var.unset\n' }]
    })
  return [...valueless, ...countless].map(
    edits => `${edited(text, edits)}\nvariable "unset" {\n}\n`,
  )
}

/** The expression if it is one, and those within lists, objects and calls. */
function constantsIn(expr: Expr): readonly Expr[] {
  const own = isConstant(expr) ? [expr] : []
  switch (expr.kind) {
    case 'tuple':
      return [...own, ...expr.items.flatMap(constantsIn)]
    case 'object':
      return [...own, ...expr.items.flatMap(item => constantsIn(item.value))]
    case 'call':
      return [...own, ...expr.args.flatMap(constantsIn)]
    default:
      return own
  }
}
