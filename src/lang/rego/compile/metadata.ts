import {
  type Annotations,
  isWildcard,
  type Literal,
  type Loc,
  scalar,
  type Term,
} from '../syntax/ast.ts'
import { mapBodies } from '../syntax/map.ts'
import { walkRule } from '../syntax/walk.ts'
import { operatorName } from './functions.ts'
import { equation } from './heads.ts'
import { constantPrefix } from './tree.ts'
import type { Compilation, Unit } from './unit.ts'

/** `rego.metadata.rule()` and `chain()` become the constants that they stand for. */
export function expandMetadata(context: Compilation): void {
  for (const unit of context.units) {
    if (!unit.uses.metadata) continue
    let found = false
    walkRule(unit.rule, {
      body: body => {
        found ||= body.some(isMetadataCall)
      },
    })
    if (!found) continue
    unit.rule = mapBodies(unit.rule, body => body.map(literal => expand(context, unit, literal)))
  }
}

function isMetadataCall({ expr }: Literal): boolean {
  return expr.kind === 'call' && operatorName(expr.operator.path).startsWith('rego.metadata.')
}

function expand(context: Compilation, unit: Unit, literal: Literal): Literal {
  const { expr, loc } = literal
  if (expr.kind !== 'call') return literal
  const name = operatorName(expr.operator.path)
  if (name !== 'rego.metadata.rule' && name !== 'rego.metadata.chain') return literal
  const json = name === 'rego.metadata.rule' ? ruleMetadata(unit) : chainOf(context, unit)
  const term = termOf(json, loc)
  const [output] = expr.args
  if (output === undefined) return { ...literal, expr: { kind: 'term', term } }
  return { ...literal, expr: equation(output, term, loc).expr }
}

/** The rule's own annotations, the nearest first. */
function ownAnnotations({ module, source }: Unit): readonly Annotations[] {
  return module.annotations
    .filter(({ scope, rule }) => scope === 'rule' && rule === source)
    .toSorted((a, b) => b.loc.row - a.loc.row)
}

function ruleMetadata(unit: Unit): unknown {
  return ownAnnotations(unit)[0]?.fields ?? {}
}

/** From the rule outwards: its document, its package, and packages around that. */
function chainOf(context: Compilation, unit: Unit): unknown {
  const path = unit.rule.head.ref.slice(1)
  const rulePath = constantPrefix(unit.rule)
  const own = ownAnnotations(unit)
  const entry = (fields: unknown, at: readonly unknown[]): unknown =>
    fields === undefined ? { path: at } : { annotations: fields, path: at }
  const chain =
    own.length === 0
      ? [entry(undefined, rulePath)]
      : own.map(({ fields }) => entry(fields, rulePath))
  const document = context.units
    .filter(({ rule }) => samePath(rule.head.ref.slice(1), path))
    .flatMap(({ module, source }) =>
      module.annotations.filter(({ scope, rule }) => scope === 'document' && rule === source),
    )[0]
  if (document !== undefined) chain.push(entry(document.fields, rulePath))
  const packagePath = unit.module.package.path
  const ofPackages = (scope: Annotations['scope'], at: readonly string[]) =>
    context.modules
      .filter(module => samePlace(module.package.path, at))
      .flatMap(module => module.annotations.filter(each => each.scope === scope))[0]
  const ofPackage = ofPackages('package', packagePath)
  if (ofPackage !== undefined) chain.push(entry(ofPackage.fields, packagePath))
  for (let length = packagePath.length; length > 0; length--) {
    const at = packagePath.slice(0, length)
    const around = ofPackages('subpackages', at)
    if (around !== undefined) chain.push(entry(around.fields, at))
  }
  return chain
}

function samePath(a: readonly Term[], b: readonly Term[]): boolean {
  const text = (part: Term | undefined): unknown =>
    part?.kind === 'scalar' ? part.value : part?.kind === 'var' && isWildcard(part.name)
  return a.length === b.length && a.every((part, i) => text(part) === text(b[i]))
}

function samePlace(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i])
}

function termOf(json: unknown, loc: Loc): Term {
  if (Array.isArray(json)) return { kind: 'array', items: json.map(item => termOf(item, loc)), loc }
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean')
    return scalar(json, loc)
  if (typeof json !== 'object' || json === null) return scalar(null, loc)
  return {
    kind: 'object',
    entries: Object.entries(json).map(([key, value]) => [scalar(key, loc), termOf(value, loc)]),
    loc,
  }
}
