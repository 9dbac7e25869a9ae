import type { Module, Rule, Term } from '../syntax/ast.ts'
import { shownName } from './names.ts'
import { constantPrefix, descendants, isGroundRule, type Tree } from './tree.ts'
import { type Compilation, report, type Unit } from './unit.ts'

/** Rules of one name have to be of one kind, and nothing may be defined inside a single value. */
export function checkConflicts(context: Compilation, tree: Tree): void {
  for (const node of descendants(tree)) checkNode(context, node)
  const packages = new Map<string, Module[]>()
  for (const module of context.modules) {
    const key = JSON.stringify(module.package.path)
    const known = packages.get(key)
    if (known === undefined) packages.set(key, [module])
    else known.push(module)
  }
  for (const unit of context.units) checkPackages(context, packages, unit)
}

function checkNode(context: Compilation, node: Tree): void {
  const { units } = node
  const [first, ...others] = units
  if (first === undefined) return
  const name = (): string => ruleName(units.at(-1)?.rule ?? first.rule)
  const inner = descendants(node).filter(each => each !== node && each.units.length > 0)
  if (units.some(({ rule }) => isGroundRule(rule)) && inner.length > 0) {
    const names = inner.flatMap(each => each.units.slice(0, 1).map(({ rule }) => ruleName(rule)))
    const reason = `rule ${name()} conflicts with [${names.sort().join(' ')}]`
    report(context, 'rego_type_error', reason, first.rule.loc)
    return
  }
  const differs = others.some(({ rule }) => shape(rule) !== shape(first.rule))
  if (differs) {
    report(context, 'rego_type_error', `conflicting rules ${name()} found`, first.rule.loc)
    return
  }
  const defaults = units.filter(({ rule }) => rule.isDefault)
  const [one, two] = defaults
  if (one === undefined || two === undefined) return
  const places = defaults.map(({ rule: { loc } }) => `${loc.file}:${loc.row}`).join(', ')
  const reason = `multiple default rules ${name()} found at ${places}`
  report(context, 'rego_type_error', reason, one.module.package.loc)
}

function shape(rule: Rule): string {
  const multiple = rule.head.key !== undefined && rule.head.value === undefined
  const complete = !multiple && isGroundRule(rule)
  return `${multiple} ${complete} ${rule.head.args?.length ?? 0}`
}

/** A package may not have the name of another package's rule. */
function checkPackages(
  context: Compilation,
  packages: ReadonlyMap<string, readonly Module[]>,
  unit: Unit,
): void {
  if (!isGroundRule(unit.rule)) return
  const path = constantPrefix(unit.rule)
  if (!path.every(part => typeof part === 'string')) return
  for (const other of packages.get(JSON.stringify(path)) ?? []) {
    if (other === unit.module) continue
    const { loc } = unit.rule
    const reason =
      `package ${other.package.path.join('.')} conflicts with rule ` +
      `${ruleName(unit.rule)} defined at ${loc.file}:${loc.row}`
    report(context, 'rego_type_error', reason, unit.module.package.loc)
  }
}

/** `data.pkg.p[x]` */
export function ruleName(rule: Rule): string {
  return rule.head.ref.map(showPart).join('')
}

function showPart(part: Term, index: number): string {
  if (part.kind === 'var') return index === 0 ? part.name : `[${shownName(part.name)}]`
  if (part.kind !== 'scalar') return '[_]'
  if (typeof part.value === 'string' && /^[A-Za-z_]\w*$/.test(part.value)) return `.${part.value}`
  return typeof part.value === 'string'
    ? `[${JSON.stringify(part.value)}]`
    : `[${String(part.value)}]`
}
