import type { Module } from '../lang/rego/index.ts'
import type { Annotations, Rule } from '../lang/rego/syntax/ast.ts'
import { attributesIn } from './attribute-paths.ts'
import { type Card, cardOfMetadata } from './card.ts'
import { type Reads, reader } from './reads.ts'
import { kindOf, type PolicyProblem, type PolicyRule } from './rule.ts'
import type { Sidecar } from './sidecar.ts'

/** The rules of the modules that deny, each once whatever the number of its definitions; two of one id are refused. */
export function rulesOf(
  modules: readonly Module[],
  sidecars: ReadonlyMap<string, Sidecar>,
  data: object = {},
): { readonly rules: readonly PolicyRule[]; readonly problems: readonly PolicyProblem[] } {
  const problems: PolicyProblem[] = []
  const groups = new Map<string, Definition[]>()
  for (const module of modules)
    for (const rule of module.rules) {
      const name = nameOf(rule)
      if (kindOf(name) === null || rule.head.args !== undefined) continue
      const path = [...module.package.path, name]
      const key = JSON.stringify(path)
      groups.set(key, [...(groups.get(key) ?? []), { module, rule, path }])
    }
  const siblings = countByPackage(groups.values())
  const readsOf = reader(modules, data)
  const rules = [...groups.values()].flatMap(group =>
    ruleOf(group, { modules, sidecars, siblings, readsOf, problems }),
  )
  return { rules: withoutTwins(rules, problems), problems }
}

interface Definition {
  readonly module: Module
  readonly rule: Rule
  readonly path: readonly string[]
}

interface Around {
  readonly modules: readonly Module[]
  readonly sidecars: ReadonlyMap<string, Sidecar>
  /** How many rules that deny a package has, by its path. */
  readonly siblings: ReadonlyMap<string, number>
  readonly readsOf: (definitions: readonly Definition[]) => Reads
  readonly problems: PolicyProblem[]
}

function nameOf({ head: { ref } }: Rule): string {
  const [first] = ref
  return first?.kind === 'var' ? first.name : ''
}

function ruleOf(group: readonly Definition[], around: Around): readonly PolicyRule[] {
  const [first] = group
  const name = first?.path.at(-1) ?? ''
  const kind = kindOf(name)
  if (first === undefined || kind === null) return []
  const { path, module, rule } = first
  const home = path.slice(0, -1)
  const isAlone = around.siblings.get(JSON.stringify(home)) === 1
  const own = cardOf(group, 'rule', around)
  const outer = [cardOf(group, 'subpackages', around), cardOf(group, 'package', around)]
  const shared: Card = { ...outer[0], ...outer[1] }
  const beside = group.map(({ module: { file } }) => around.sidecars.get(file))
  const ofFile = Object.assign({}, ...beside.map(sidecar => sidecar?.whole ?? {}))
  const ofRule = Object.assign({}, ...beside.map(sidecar => sidecar?.rules.get(name) ?? {}))
  const wide: Card = { ...shared, ...ofFile }
  const card: Card = { ...wide, ...own, ...ofRule }
  const dotted = path.join('.')
  // What a whole package or file is called names its rule only where it has one.
  const id = own.id ?? ofRule.id ?? (isAlone ? wide.id : wide.id && `${wide.id}.${name}`) ?? dotted
  const { types, isOpen, foreign } = around.readsOf(group)
  return [
    {
      id,
      kind,
      path,
      title: card.title ?? titleOf(path),
      severity: kind === 'warn' ? 'low' : (card.severity ?? 'medium'),
      description: card.description ?? null,
      remediation: card.remediation ?? null,
      url: card.url ?? null,
      frameworks: card.frameworks ?? {},
      file: module.file,
      row: rule.loc.row,
      attributes: new Map(
        group
          .flatMap(({ rule: each }) => definitions(each))
          .map(each => [placeOf(each), attributesIn(each)]),
      ),
      types,
      isOpen,
      foreign,
      provider: providerOf(path, types),
      service: serviceOf(path),
    },
  ]
}

/** An `else` is a definition of its own. */
function definitions(rule: Rule): readonly Rule[] {
  return rule.otherwise === undefined ? [rule] : [rule, ...definitions(rule.otherwise)]
}

function placeOf({ loc: { file, row } }: Rule): string {
  return `${file}:${row}`
}

/** What the annotations of a scope say; those of a rule stand before any of its definitions. */
function cardOf(
  group: readonly Definition[],
  scope: 'rule' | 'package' | 'subpackages',
  around: Around,
): Card {
  const found = scope === 'subpackages' ? above(group, around.modules) : within(group, scope)
  let card: Card = {}
  for (const { module, annotations } of found) {
    const read = cardOfMetadata(annotations.fields)
    for (const { message } of read.mistakes)
      note(around.problems, {
        file: module.file,
        row: annotations.loc.row,
        col: 1,
        code: 'policy_error',
        message,
      })
    card = scope === 'subpackages' ? { ...card, ...read.card } : { ...read.card, ...card }
  }
  return card
}

interface Said {
  readonly module: Module
  readonly annotations: Annotations
}

function within(group: readonly Definition[], scope: 'rule' | 'package'): readonly Said[] {
  const said = group.flatMap(({ module, rule }) =>
    module.annotations
      .filter(each =>
        scope === 'package'
          ? each.scope === 'package'
          : (each.scope === 'rule' || each.scope === 'document') && each.rule === rule,
      )
      .map(annotations => ({ module, annotations })),
  )
  return [...new Set(said)]
}

/** From the outermost package inwards. */
function above(group: readonly Definition[], modules: readonly Module[]): readonly Said[] {
  const home = group[0]?.path.slice(0, -1) ?? []
  return modules
    .filter(({ package: { path } }) => path.every((part, at) => part === home[at]))
    .sort((a, b) => a.package.path.length - b.package.path.length)
    .flatMap(module =>
      module.annotations
        .filter(each => each.scope === 'subpackages')
        .map(annotations => ({ module, annotations })),
    )
}

function note(problems: PolicyProblem[], problem: PolicyProblem): void {
  const isKnown = problems.some(
    each =>
      each.file === problem.file && each.row === problem.row && each.message === problem.message,
  )
  if (!isKnown) problems.push(problem)
}

function countByPackage(groups: Iterable<readonly Definition[]>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [first] of groups) {
    const key = JSON.stringify(first?.path.slice(0, -1))
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** A finding has to say whose it is. */
function withoutTwins(
  rules: readonly PolicyRule[],
  problems: PolicyProblem[],
): readonly PolicyRule[] {
  const byId = new Map<string, PolicyRule>()
  for (const rule of rules) {
    const other = byId.get(rule.id)
    if (other === undefined) {
      byId.set(rule.id, rule)
      continue
    }
    const message = `the id '${rule.id}' of ${rule.path.join('.')} is also that of ${other.path.join('.')} (${other.file}:${other.row})`
    problems.push({ file: rule.file, row: rule.row, col: 1, code: 'policy_error', message })
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** `aws.s3.deny_open_acl` → `aws.s3: open acl`. */
function titleOf(path: readonly string[]): string {
  const name = path.at(-1) ?? ''
  const words = name.replace(/^(deny|violation|warn)_?/, '').replaceAll('_', ' ')
  const home = path.slice(0, -1).join('.')
  return words === '' ? `Policy ${home}` : `Policy ${home}: ${words}`
}

function providerOf(path: readonly string[], types: readonly string[]): PolicyRule['provider'] {
  const words = [...path, ...types.map(type => type.split('_')[0] ?? '')]
  for (const word of words) {
    if (word === 'aws') return 'aws'
    if (word === 'azure' || word === 'azurerm') return 'azure'
    if (word === 'gcp' || word === 'google') return 'gcp'
  }
  return 'aws'
}

/** `aws.s3.…` is about s3; a package that names no cloud is about no service. */
function serviceOf(path: readonly string[]): string {
  const at = path.findIndex(part => /^(aws|azure|azurerm|gcp|google)$/.test(part))
  const service = at < 0 ? undefined : path[at + 1]
  return service === undefined || at + 1 === path.length - 1 ? 'policy' : service
}
