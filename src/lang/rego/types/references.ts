import { operatorName } from '../compile/functions.ts'
import { isGenerated, isRenamed, shownName } from '../compile/names.ts'
import { RegoError } from '../error.ts'
import type { Expr, Literal, RefTerm, Term } from '../syntax/ast.ts'
import { walkTerm } from '../syntax/walk.ts'
import { termText } from '../value/text.ts'
import type { Value } from '../value/value.ts'
import { isEmpty, keysOf, select, show, unifies, valuesOf } from './algebra.ts'
import { type Checker, typeOf } from './check.ts'
import {
  childOf,
  type Env,
  extentType,
  putVar,
  type TypeTree,
  treeOf,
  typeOfPath,
  typeOfVar,
} from './env.ts'
import { accepts } from './equations.ts'
import { anything, aString, type Type } from './type.ts'

type Maybe = Type | undefined

/** References into documents and values whose types are known have to lead somewhere. */
export function checkReferences(
  checker: Checker,
  env: Env,
  literal: Literal,
): readonly RegoError[] {
  const errors: RegoError[] = []
  const visit = (root: Term): void =>
    walkTerm(root, {
      term: term => {
        if (term.kind === 'comprehension') return true
        if (term.kind !== 'ref') return false
        const error = checkReference(checker, env, term)
        if (error !== undefined) errors.push(error)
        return error !== undefined
      },
    })
  visitTerms(literal.expr, visit)
  return errors
}

function visitTerms(expr: Expr, visit: (term: Term) => void): void {
  if (expr.kind === 'term') visit(expr.term)
  if (expr.kind === 'call') for (const arg of expr.args) visit(arg)
  if (expr.kind === 'every') {
    visit(expr.domain)
    for (const inner of expr.body) visitTerms(inner.expr, visit)
  }
}

function checkReference(checker: Checker, env: Env, term: RefTerm): RegoError | undefined {
  const type = functionAt(checker, env, term)
  if (type?.kind === 'function') {
    const reason = `function ${operatorName(term.path)} used as reference, not called`
    return new RegoError('rego_type_error', reason, placeOf(term))
  }
  return descend(checker, env, env, env.tree, term, 0)
}

/** Functions stand below `data`, or are the host's; no variable of a body is one. */
function functionAt(checker: Checker, env: Env, { path }: RefTerm): Maybe {
  const [head] = path
  if (head?.kind !== 'var' || isRenamed(head.name)) return undefined
  const known = checker.functions.get(operatorName(path))
  return known === undefined && head.name === 'data' ? typeOfPath(env, path) : known
}

function placeOf(term: RefTerm) {
  return term.path[0]?.loc ?? term.loc
}

/** Through the tree of documents, as far as it goes. */
function descend(
  checker: Checker,
  env: Env,
  scope: Env,
  tree: TypeTree,
  term: RefTerm,
  at: number,
): RegoError | undefined {
  const part = term.path[at]
  if (part === undefined) return undefined
  const isText = part.kind === 'var' || (part.kind === 'scalar' && typeof part.value === 'string')
  if ((at === 1 || at === 2) && !isText)
    return invalid(term, at, typeOf(checker, env, part), aString, childNames(tree))
  if (part.kind === 'var' && at !== 0) {
    const keys = keysOf(extentType(tree))
    const known = typeOfVar(env, part.name)
    if (known === undefined) putVar(env, part.name, keys)
    else if (!unifies(keys, known)) return invalid(term, at, known, keys, childNames(tree))
  }
  const child = at === 0 ? treeOf(scope, part) : childOf(tree, part)
  if (child === undefined) return leave(checker, env, scope, tree, term, at)
  if (child.type !== undefined) return checkLeaf(checker, env, child.type, term, at + 1)
  return descend(checker, env, scope, child, term, at + 1)
}

/** The tree of this scope says nothing: the one around it may, and base data may hold anything. */
function leave(
  checker: Checker,
  env: Env,
  scope: Env,
  tree: TypeTree,
  term: RefTerm,
  at: number,
): RegoError | undefined {
  if (scope.next !== undefined) return descend(checker, env, scope.next, scope.next.tree, term, 0)
  const [head] = term.path
  const isRoot = head?.kind === 'var' && (head.name === 'data' || head.name === 'input')
  if (!isRoot) return checkLeaf(checker, env, anything, term, 0)
  if (at === 0) return checkLeaf(checker, env, anything, term, 1)
  for (const child of tree.children.values()) descend(checker, env, scope, child, term, at + 1)
  return undefined
}

function checkLeaf(
  checker: Checker,
  env: Env,
  type: Type,
  term: RefTerm,
  at: number,
): RegoError | undefined {
  const part = term.path[at]
  if (part === undefined) return undefined
  const keys = keysOf(type)
  if (isEmpty(type)) return checkEmpty(env, keys, term, at)
  if (keys === undefined) return unsupported(term, at - 1, type)
  if (part.kind === 'scalar') {
    const member = select(type, part.value)
    if (member === undefined) return invalid(term, at, undefined, keys, keyNames(type))
    return checkLeaf(checker, env, member, term, at + 1)
  }
  if (part.kind === 'var' || part.kind === 'ref') {
    const known = typeOf(checker, env, part)
    if (known !== undefined) {
      if (!unifies(known, keys)) return invalid(term, at, known, keys, keyNames(type))
    } else if (part.kind === 'var') putVar(env, part.name, keys)
  } else if (!accepts(checker, env, part, keys, false))
    return invalid(term, at, typeOf(checker, env, part), keys, [])
  return checkLeaf(checker, env, valuesOf(type) ?? anything, term, at + 1)
}

function checkEmpty(env: Env, keys: Maybe, term: RefTerm, at: number): RegoError | undefined {
  const part = term.path[at]
  if (part?.kind === 'scalar') return invalid(term, at, undefined, undefined, [])
  if (part?.kind !== 'var') return undefined
  const known = typeOfVar(env, part.name)
  if (known === undefined) putVar(env, part.name, anything)
  else if (keys !== undefined && !unifies(known, keys)) return invalid(term, at, known, keys, [])
  return undefined
}

function childNames(tree: TypeTree): readonly Value[] {
  return [...tree.children.values()].flatMap(({ key }) => (key === undefined ? [] : [key]))
}

function keyNames(type: Type): readonly Value[] {
  return type.kind === 'object' ? type.properties.map(([key]) => key) : []
}

function unsupported(term: RefTerm, at: number, have: Type): RegoError {
  const shown = referenceText(term.path)
  const marks = '^'.repeat(referenceText(term.path.slice(0, at + 1)).length)
  const reason = `undefined ref: ${shown}\n\t${shown}\n\t${marks}\n\thave: ${show(have)}`
  return new RegoError('rego_type_error', reason, placeOf(term))
}

function invalid(
  term: RefTerm,
  at: number,
  have: Maybe,
  want: Maybe,
  oneOf: readonly Value[],
): RegoError {
  const shown = referenceText(term.path)
  const pad = ' '.repeat(referenceText(term.path.slice(0, at)).length + 1)
  const part = term.path[at]
  const given =
    have === undefined
      ? `have: ${part?.kind === 'scalar' ? termText(part.value) : ''}`
      : `have (type): ${show(have)}`
  const wanted =
    oneOf.length > 0
      ? `want (one of): [${oneOf.map(termText).sort().join(' ')}]`
      : `want (type): ${show(want)}`
  const reason = `undefined ref: ${shown}\n\t${shown}\n\t${pad}^\n\t${pad}${given}\n\t${pad}${wanted}`
  return new RegoError('rego_type_error', reason, placeOf(term))
}

/** `data.p.q[x]` */
function referenceText(path: readonly Term[]): string {
  return path
    .map((part, i) => {
      if (part.kind === 'var') {
        const name = isGenerated(part.name) ? '_' : shownName(part.name)
        return i === 0 ? name : `[${name}]`
      }
      if (part.kind !== 'scalar') return '[…]'
      return typeof part.value === 'string' && /^[A-Za-z_]\w*$/.test(part.value)
        ? `.${part.value}`
        : `[${termText(part.value)}]`
    })
    .join('')
}
