import { RegoError } from '../error.ts'
import { type Body, type Literal, ref, type Term, variable, type With } from '../syntax/ast.ts'
import { mapBodies } from '../syntax/map.ts'
import { keyOf } from '../value/key.ts'
import { equation, requiresEvaluation } from './heads.ts'
import { fresh } from './names.ts'
import { findReference, isFunction, type Tree } from './tree.ts'
import type { Compilation } from './unit.ts'

interface State {
  readonly context: Pick<Compilation, 'errors' | 'names' | 'builtins'>
  readonly tree: Tree
}

/** Values of `with` become plain terms or functions; targets have to be documents or functions. */
export function expandWiths(context: Compilation, tree: Tree): void {
  const state: State = { context, tree }
  for (const unit of context.units)
    if (unit.uses.withs) unit.rule = mapBodies(unit.rule, body => expandInBody(state, body))
}

function expandInBody(state: State, body: Body): Body {
  if (body.every(literal => literal.with.length === 0)) return body
  return body.flatMap(literal => {
    const extra: Literal[] = []
    try {
      const modifiers = literal.with.map(it => expandWith(state, it, extra))
      return [...extra, { ...literal, with: modifiers }]
    } catch (error) {
      if (!(error instanceof RegoError)) throw error
      state.context.errors.push(error)
      return [literal]
    }
  })
}

function expandWith(state: State, modifier: With, extra: Literal[]): With {
  const target = asReference(modifier.target)
  const value = asBuiltin(state, modifier.value)
  const { loc } = target
  const [head] = target.kind === 'ref' ? target.path : []
  const root = head?.kind === 'var' ? head.name : ''
  const { builtins } = state.context
  if (target.kind === 'ref' && root === 'data') {
    refusePartial(state, target)
    const node = findReference(state.tree, target.path)
    const known = node !== undefined && isFunction(node)
    if (known && isFunctionValue(state, value)) return { ...modifier, target, value }
    const replacement = value.kind === 'ref' ? findReference(state.tree, value.path) : undefined
    if (replacement !== undefined && isFunction(replacement)) return { ...modifier, target, value }
  } else if (root !== 'input') {
    const name = builtinName(target)
    const signature = builtins.get(name)
    if (signature === undefined) {
      const reason = 'with keyword target must reference existing input, data, or a function'
      throw new RegoError('rego_type_error', reason, loc)
    }
    refuseBuiltin(name, signature.relation === true, signature.result === undefined, loc)
    if (isFunctionValue(state, value)) return { ...modifier, target, value }
  }
  if (!requiresEvaluation(value)) return { ...modifier, target, value }
  const name = variable(fresh(state.context.names), value.loc)
  extra.push(equation(name, value))
  return { ...modifier, target, value: name }
}

function asReference(target: Term): Term {
  return target.kind === 'var' ? ref([target], target.loc) : target
}

function asBuiltin(state: State, value: Term): Term {
  return value.kind === 'var' && state.context.builtins.has(value.name)
    ? ref([value], value.loc)
    : value
}

export function builtinName(term: Term): string {
  return term.kind === 'ref' ? pathName(term.path) : pathName([term])
}

export function pathName(path: readonly Term[]): string {
  const [first] = path
  if (path.length === 1 && first?.kind === 'var') return first.name
  return path
    .map(part =>
      part.kind === 'var'
        ? part.name
        : part.kind === 'scalar' && typeof part.value === 'string'
          ? part.value
          : '?',
    )
    .join('.')
}

function refusePartial(state: State, target: Extract<Term, { kind: 'ref' }>): void {
  let node: Tree | undefined = state.tree
  for (const part of target.path.slice(1, -1)) {
    node = part.kind === 'scalar' ? node.children.get(keyOf(part.value)) : undefined
    if (node === undefined) return
    if (node.units.length === 0) continue
    const reason = 'with keyword cannot partially replace virtual document(s)'
    throw new RegoError('rego_compile_error', reason, target.loc)
  }
}

function refuseBuiltin(name: string, isRelation: boolean, isVoid: boolean, loc: With['loc']): void {
  const prefix = 'with keyword replacing built-in function:'
  const fail = (reason: string) => {
    throw new RegoError('rego_compile_error', `${prefix} ${reason}`, loc)
  }
  if (name === 'eq' || name.startsWith('rego.metadata.')) fail(`replacement of "${name}" invalid`)
  if (name.startsWith('internal.')) fail(`replacement of internal function "${name}" invalid`)
  if (isRelation) fail('target must not be a relation')
  if (isVoid) fail('target must not be a void function')
}

function isFunctionValue(state: State, value: Term): boolean {
  if (value.kind !== 'ref') return false
  return (
    findReference(state.tree, value.path) !== undefined ||
    state.context.builtins.has(builtinName(value))
  )
}
