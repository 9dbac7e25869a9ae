import type { Expr, Literal, Term, With } from '../syntax/ast.ts'
import { walkTerm } from '../syntax/walk.ts'
import { isOperator } from './resolve.ts'

type Safe = Pick<ReadonlySet<string>, 'has'>

/** How many arguments a function takes; undefined where there is no such function. */
export type Arity = (operator: readonly Term[]) => number | undefined

/** What a literal binds, given what is bound before it. */
export function outputsOf(literal: Literal, arity: Arity, safe: Safe): Set<string> {
  if (literal.negated) return new Set()
  for (const modifier of literal.with)
    for (const name of modifierVariables(modifier)) if (!safe.has(name)) return new Set()
  return outputsOfExpr(literal.expr, arity, safe)
}

export function outputsOfExpr(expr: Expr, arity: Arity, safe: Safe): Set<string> {
  switch (expr.kind) {
    case 'term':
      return referenceOutputs([expr.term], safe)
    case 'every':
      return referenceOutputs([expr.domain], safe)
    case 'call':
      break
    default:
      return new Set()
  }
  const [left, right] = expr.args
  if (isOperator(expr, 'eq') && left !== undefined && right !== undefined)
    return outputsOfEquation(left, right, safe, expr.isAssignment)
  const count = arity(expr.operator.path)
  if (count === undefined) return new Set()
  const outputs = referenceOutputs(expr.args, safe)
  if (expr.args.length <= count) return outputs
  for (const arg of expr.args.slice(0, count))
    for (const name of patternVariables(arg))
      if (!safe.has(name) && !outputs.has(name)) return new Set()
  for (const arg of expr.args.slice(count))
    for (const name of patternVariables(arg)) outputs.add(name)
  return outputs
}

/** Unification binds in both directions, through arrays and the values of objects; `:=` from right to left only. */
export function outputsOfEquation(
  left: Term,
  right: Term,
  safe: Safe,
  isAssignment = false,
): Set<string> {
  const outputs = referenceOutputs([left, right], safe)
  const targets = isAssignment ? patternVariables(left) : new Set()
  const known: Known = {
    has: name => (safe.has(name) && !targets.has(name)) || outputs.has(name),
    add: name => outputs.add(name),
  }
  const pairs: [Term, Term][] = [[left, right]]
  let progress = true
  while (progress) {
    progress = false
    for (const [a, b] of pairs.splice(0)) progress = unify(a, b, known, pairs) || progress
  }
  for (const name of outputs) if (safe.has(name)) outputs.delete(name)
  return outputs
}

type Known = Pick<Set<string>, 'has' | 'add'>

/** One step: what is decided goes into `known`, what is not yet goes back to `pairs`. True where it helped. */
function unify(a: Term, b: Term, known: Known, pairs: [Term, Term][]): boolean {
  if (a.kind === 'array' && b.kind === 'array') {
    if (a.items.length !== b.items.length) return false
    for (const [i, item] of a.items.entries()) {
      const other = b.items[i]
      if (other !== undefined) pairs.push([item, other])
    }
    return a.items.length > 0
  }
  if (a.kind === 'object' && b.kind === 'object') return unifyObjects(a, b, pairs)
  if (isApart(a, b) || isApart(b, a)) return false
  if (isKnown(a, known)) return learn(b, known)
  if (isKnown(b, known)) return learn(a, known)
  pairs.push([a, b])
  return false
}

/** A pattern cannot be what the other side is, so it learns nothing. */
function isApart(pattern: Term, other: Term): boolean {
  if (pattern.kind !== 'array' && pattern.kind !== 'object') return false
  return ['scalar', 'set', 'template', 'array', 'object'].includes(other.kind)
}

function unifyObjects(
  a: Extract<Term, { kind: 'object' }>,
  b: Extract<Term, { kind: 'object' }>,
  pairs: [Term, Term][],
): boolean {
  if (a.entries.length !== b.entries.length) return false
  let found = false
  for (const [key, value] of a.entries) {
    const match = b.entries.find(([other]) => sameScalar(key, other))
    if (match === undefined) continue
    pairs.push([value, match[1]])
    found = true
  }
  return found
}

function sameScalar(a: Term, b: Term): boolean {
  if (a.kind === 'var' && b.kind === 'var') return a.name === b.name
  return a.kind === 'scalar' && b.kind === 'scalar' && a.value === b.value
}

/** Can the term be evaluated with what is known? */
function isKnown(term: Term, known: Safe): boolean {
  switch (term.kind) {
    case 'var':
      return known.has(term.name)
    case 'ref': {
      const [head] = term.path
      return head?.kind === 'var' ? known.has(head.name) : true
    }
    case 'array':
      return term.items.every(item => isKnown(item, known))
    case 'object':
      return term.entries.every(([, value]) => isKnown(value, known))
    default:
      return true
  }
}

function learn(term: Term, known: Known): boolean {
  if (term.kind !== 'var' && term.kind !== 'array' && term.kind !== 'object') return false
  let learned = false
  for (const name of patternVariables(term)) {
    if (!known.has(name)) learned = true
    known.add(name)
  }
  return learned
}

/** Variables that a value can be taken apart into. */
function patternVariables(term: Term): Set<string> {
  const names = new Set<string>()
  collectPattern(term, names)
  return names
}

function collectPattern(term: Term, names: Set<string>): void {
  switch (term.kind) {
    case 'var':
      names.add(term.name)
      return
    case 'array':
      for (const item of term.items) collectPattern(item, names)
      return
    case 'object':
      for (const [, value] of term.entries) collectPattern(value, names)
      return
    case 'ref':
      for (const part of term.path.slice(1)) collectPattern(part, names)
      return
    case 'call':
      for (const arg of term.args) collectPattern(arg, names)
  }
}

/** A reference with a bound head binds the variables of its path: it iterates. */
function referenceOutputs(terms: readonly Term[], safe: Safe): Set<string> {
  const names = new Set<string>()
  for (const term of terms) {
    if (term.kind === 'var' || term.kind === 'scalar') continue
    walkTerm(term, {
      closures: false,
      term: part => {
        if (part.kind === 'comprehension' || part.kind === 'template') return true
        if (part.kind !== 'ref') return false
        const [head] = part.path
        if (head !== undefined && !headIsSafe(head, safe)) return true
        for (const step of part.path.slice(1)) collectIndexes(step, names)
        return false
      },
    })
  }
  return names
}

function headIsSafe(head: Term, safe: Safe): boolean {
  if (head.kind === 'var') return safe.has(head.name)
  for (const name of directVariables(head)) if (!safe.has(name)) return false
  return true
}

/** Variables in the index of a reference; heads of nested references do not count. */
function collectIndexes(term: Term, names: Set<string>): void {
  switch (term.kind) {
    case 'var':
      names.add(term.name)
      return
    case 'ref':
      for (const part of term.path.slice(1)) collectIndexes(part, names)
      return
    case 'array':
    case 'set':
      for (const item of term.items) collectIndexes(item, names)
      return
    case 'object':
      for (const [key, value] of term.entries) {
        collectIndexes(key, names)
        collectIndexes(value, names)
      }
      return
    case 'call':
      for (const arg of term.args) collectIndexes(arg, names)
  }
}

/** Variables of a term outside closures, without the names of called functions. */
export function directVariables(term: Term): Set<string> {
  const names = new Set<string>()
  collectDirect(term, names)
  return names
}

function collectDirect(term: Term, names: Set<string>): void {
  if (term.kind === 'var') names.add(term.name)
  if (term.kind === 'var' || term.kind === 'scalar') return
  walkTerm(term, {
    closures: false,
    term: part => {
      if (part.kind === 'var') names.add(part.name)
      if (part.kind === 'call') {
        for (const arg of part.args) collectDirect(arg, names)
        return true
      }
      return part.kind === 'comprehension' || part.kind === 'template'
    },
  })
}

export function literalVariables(literal: Literal): Set<string> {
  const names = new Set<string>()
  const { expr } = literal
  if (expr.kind === 'term') collectDirect(expr.term, names)
  if (expr.kind === 'every') collectDirect(expr.domain, names)
  if (expr.kind === 'call') for (const arg of expr.args) collectDirect(arg, names)
  for (const modifier of literal.with)
    for (const name of modifierVariables(modifier)) names.add(name)
  return names
}

/** Heads of references are names of documents and functions here: values were bound to variables before. */
function modifierVariables({ target, value }: With): Set<string> {
  const names = new Set<string>()
  const parts = target.kind === 'ref' ? target.path.slice(1) : []
  for (const part of parts) collectDirect(part, names)
  if (value.kind !== 'ref') collectDirect(value, names)
  return names
}
