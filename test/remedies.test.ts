import { expect, test } from 'vitest'
import { type Check, sidesOf } from '../src/check.ts'
import type { Attribute, Block, Body } from '../src/lang/hcl/ast.ts'
import { parseFile } from '../src/lang/hcl/index.ts'
import { checkSources, isWhole } from './check-harness.ts'
import { findingsIn } from './many-roots.ts'
import { counted, forEach } from './rewritings/blocks.ts'
import { bodyOf, type Edit, edited, sourceOf } from './rewritings/edit.ts'

/** The Terraform that a finding shows is such, and makes what it stands by pass. */
const checks = (await checkSources())
  .flatMap(({ checks }) => checks)
  .flatMap(sidesOf)
  .filter(check => check.on !== 'live' && check.set !== undefined)

test('the remedy of every bad example, put in, mends it', async () => {
  const bad = checks.flatMap(check => textsOf(check).map(text => ({ check, text })))
  const roots = bad.map(({ text }, at) => ({ root: String(at), files: { 'main.tf': text } }))
  const findings = await findingsIn(roots, checks)
  const mends = bad.flatMap(({ check, text }, at) => {
    const failing = (findings.get(String(at)) ?? []).filter(
      ({ CheckID, Status }) => CheckID === check.id && Status === 'FAIL',
    )
    expect(failing, `${check.id} fails\n${text}`).not.toEqual([])
    return failing.map(({ Address, Remediation }) => {
      const remedy = Remediation.Code.Terraform ?? ''
      expect(parseFile('remedy.tf', remedy).errors, `${check.id}: ${remedy}`).toEqual([])
      return { check, text: withRemedy(text, Address ?? '', remedy) }
    })
  })
  const after = await findingsIn(
    mends.map(({ text }, at) => ({ root: String(at), files: { 'main.tf': text } })),
    checks,
  )
  const left = mends.flatMap(({ check, text }, at) =>
    (after.get(String(at)) ?? [])
      .filter(({ CheckID, Status }) => CheckID === check.id && Status !== 'PASS')
      .map(({ Status, StatusExtended }) => `${Status} ${check.id}: ${StatusExtended}\n${text}`),
  )
  expect(left).toEqual([])
})

/** Each example as it is, and as one of several instances. */
function textsOf(check: Check): readonly string[] {
  const texts = check.bad.flatMap(example => {
    if (typeof example !== 'string') return []
    return isWhole(example)
      ? [example]
      : check.types.map(type => `resource "${type}" "example" {\n${example}\n}\n`)
  })
  return texts.flatMap(text => [
    text,
    ...[counted, forEach].flatMap(rewrite => rewrite(text)?.['main.tf'] ?? []),
  ])
}

/** What a reader does: lines go into the resource, a resource of its own beside it or into the one that is there. */
function withRemedy(text: string, address: string, remedy: string): string {
  const { attributes, blocks } = bodyOf(remedy)
  const isOwn = (block: Block) => block.type === 'resource'
  const inner = { attributes, blocks: blocks.filter(block => !isOwn(block)) }
  const resources = bodyOf(text).blocks.filter(isOwn)
  const target = resources.find(({ labels }) => labels.join('.') === address.replace(/\[.*/, ''))
  if (target === undefined) throw new Error(`no ${address} in\n${text}`)
  const edits = [...merged(text, target, remedy, inner)]
  for (const piece of blocks.filter(isOwn)) {
    const there = resources.find(({ labels }) => labels[0] === piece.labels[0])
    if (there) edits.push(...merged(text, there, remedy, piece.body))
    else edits.push({ ...endOf(text), text: `\n${sourceOf(remedy, piece.range)}\n` })
  }
  return edited(text, edits)
}

function merged(
  text: string,
  { body, header }: Block,
  remedy: string,
  wanted: Pick<Body, 'attributes' | 'blocks'>,
): readonly Edit[] {
  const at = text.indexOf('{', header.end) + 1
  const inside = (line: string): Edit => ({ start: at, end: at, text: `\n${line}` })
  const values = [...wanted.attributes.values()].map(({ name, expr, range }: Attribute) => {
    const there = body.attributes.get(name)
    if (there === undefined) return inside(sourceOf(remedy, range))
    return { ...there.expr.range, text: sourceOf(remedy, expr.range) }
  })
  const blocks = wanted.blocks.flatMap(block => {
    const there = body.blocks.filter(({ type }) => type === block.type)
    return there.length === 0
      ? [inside(sourceOf(remedy, block.range))]
      : there.flatMap(each => merged(text, each, remedy, block.body))
  })
  return [...values, ...blocks]
}

function endOf({ length }: string) {
  return { start: length, end: length }
}
