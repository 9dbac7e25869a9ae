import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { link, parseModule } from '../../src/lang/rego/index.ts'
import {
  type Literal,
  literal,
  type Module,
  type Rule,
  scalar,
  type Term,
  variable,
} from '../../src/lang/rego/syntax/ast.ts'
import type { Workload } from './evaluation.ts'

/**
 * trivy-checks' cloud policies over one input with every resource of their own tests, in the form that Trivy makes of a
 * plan. Functions of Trivy's own are Rego here, the same for both engines.
 */
export function trivyWorkloads(folder: string): readonly Workload[] {
  const files = ['checks/cloud', 'lib/cloud', 'lib/test'].flatMap(under => regoFiles(folder, under))
  const texts = files.map(
    file => [file, portable(readFileSync(join(folder, file), 'utf8'))] as const,
  )
  const own = ['host.rego', readFileSync('bench/rego/trivy-host.rego', 'utf8')] as const
  const modules = Object.fromEntries([
    ...texts.filter(([file]) => !file.endsWith('_test.rego')),
    own,
  ])
  const input = inputOfTests([...texts, own].map(([file, text]) => parseModule(file, text, 'v1')))
  const workload = (query: string): Workload => ({ name: query, query, modules, input })
  return ['', '.aws', '.azure', '.google'].map(cloud => workload(`data.builtin${cloud}`))
}

function regoFiles(folder: string, under: string): readonly string[] {
  return readdirSync(join(folder, under), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.rego'))
    .sort()
    .map(file => join(under, file))
}

function portable(text: string): string {
  const isOwn = /^isManaged\(/m.test(text)
  return text
    .replace(/\bresult\.new\(/g, 'data.host.result(')
    .replace(/\bisManaged\(/g, isOwn ? '$&' : 'data.host.is_managed(')
    .replace(/\bcidr\.(is_public|count_addresses)\(/g, 'data.host.cidr_$1(')
    .replace(/\bsquealer\.scan_string\(/g, 'data.host.secrets(')
}

/** Everything that test rules give `with input as`, in one object: lists of resources are joined. */
function inputOfTests(modules: readonly Module[]): Values {
  const policy = link(modules.map(withInputs))
  const all: Values = {}
  for (const module of modules.filter(isCompatible)) {
    const path = module.package.path.map(part => `[${JSON.stringify(part)}]`).join('')
    for (const { x } of policy.query(`x = data${path}.${collected}[_]`)) merge(all, x)
  }
  return all
}

/** These describe one trail in many ways, of which a policy may see only one. */
function isCompatible({ file }: Module): boolean {
  return file.endsWith('_test.rego') && !/cloudwatch\/require_/.test(file)
}

const collected = 'inputs_of_tests'

/** A module with a rule that gathers the inputs of its tests instead of them. */
function withInputs(module: Module): Module {
  return {
    ...module,
    rules: module.rules.flatMap(rule => (isTest(rule) ? inputsOf(rule) : [rule])),
  }
}

function isTest({ head: { ref } }: Rule): boolean {
  const [name] = ref
  return name?.kind === 'var' && /^(todo_)?test_/.test(name.name)
}

/** What the body assigns to variables, an input may be made of. */
function inputsOf(rule: Rule): readonly Rule[] {
  const { loc } = rule
  const holds = literal({ kind: 'term', term: scalar(true, loc) }, loc)
  const assigned = rule.body.filter(binds)
  const given = rule.body.flatMap(each => each.with.filter(({ target }) => isInput(target)))
  return given.map(({ value }) => ({
    ...rule,
    head: { ...rule.head, ref: [variable(collected, loc)], key: value, value: undefined },
    body: [holds, ...assigned],
    hasContains: true,
    hasIf: true,
    otherwise: undefined,
  }))
}

function binds({ expr, with: modifiers }: Literal): boolean {
  if (expr.kind === 'some' || expr.kind === 'some-in') return true
  const [name] = expr.kind === 'call' ? expr.operator.path : []
  return name?.kind === 'var' && ['assign', 'eq'].includes(name.name) && modifiers.length === 0
}

function isInput(target: Term): boolean {
  const [head, ...rest] = target.kind === 'ref' ? target.path : [target]
  return head?.kind === 'var' && head.name === 'input' && rest.length === 0
}

type Values = { [name: string]: unknown }

function merge(into: Values, more: unknown): void {
  if (!isObject(more)) return
  for (const [name, value] of Object.entries(more)) {
    const known = into[name]
    if (Array.isArray(known) && Array.isArray(value)) known.push(...value)
    else if (isObject(known) && isObject(value)) merge(known, value)
    else into[name] = structuredClone(value)
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
