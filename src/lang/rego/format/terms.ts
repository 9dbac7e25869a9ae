import { isWildcard, type Loc, type Term } from '../syntax/ast.ts'
import { futureKeywords, keywordsV0 } from '../syntax/tokens.ts'
import { entryLocs, hasAwkward } from './awkward.ts'
import { writeBodyBlock, writeBodyLine, writeLiteral } from './bodies.ts'
import { writeList } from './lists.ts'
import { infixOf, isInfix } from './operators.ts'
import type { Writer } from './writer.ts'

/** A term as it stands by itself. */
export function writeTerm(w: Writer, term: Term): void {
  if (w.within(term.loc).length > 0 && hasAwkward(w, term)) {
    w.verbatim(term.loc)
    return
  }
  switch (term.kind) {
    case 'scalar': {
      const text = sliceOf(w, term.loc)
      // `-x` is `0 - x`.
      w.write(text === '-' ? '0' : text)
      return
    }
    case 'var':
      w.write(isWildcard(term.name) ? '_' : term.name)
      return
    case 'ref':
      writeRef(w, term.path)
      return
    case 'call':
      writeCall(w, term)
      return
    case 'array':
      writeList(
        w,
        '[',
        term.items.map(item => item.loc),
        at => writeItem(w, term.items[at]),
        ']',
        term.loc,
      )
      return
    case 'set':
      if (term.items.length === 0) w.write('set()')
      else
        writeList(
          w,
          '{',
          term.items.map(item => item.loc),
          at => writeItem(w, term.items[at]),
          '}',
          term.loc,
        )
      return
    case 'object':
      writeObject(w, term)
      return
    case 'comprehension':
      writeComprehension(w, term)
      return
    case 'template':
      writeTemplate(w, term)
  }
}

/** Within brackets a union, or a membership of pairs, would be read as something else. */
function writeItem(w: Writer, term: Term | undefined, isHead = false): void {
  if (term === undefined) return
  const name = term.kind === 'call' ? infixOf(term)?.symbol : undefined
  const needsParens =
    (isHead && name !== undefined) ||
    name === '|' ||
    (term.kind === 'call' && term.args.length === 3 && isInfix(term))
  if (needsParens) w.write('(')
  writeTerm(w, term)
  if (needsParens) w.write(')')
}

function writeParens(w: Writer, term: Term): void {
  w.write('(')
  writeTerm(w, term)
  w.write(')')
}

/** An argument may be a union, but not a membership of pairs. */
export function writeArgument(w: Writer, term: Term): void {
  const needsParens =
    term.kind === 'call' && infixOf(term)?.symbol === 'in' && term.args.length === 3
  if (needsParens) w.write('(')
  writeTerm(w, term)
  if (needsParens) w.write(')')
}

/** Constants within braces are as good as text. */
function writeTemplate(w: Writer, { parts, loc }: Extract<Term, { kind: 'template' }>): void {
  let at = loc.offset
  for (const part of parts) {
    if (typeof part === 'string') continue
    const open = w.source.lastIndexOf('{', part.loc.offset - 1)
    w.write(w.source.slice(at, open))
    const close = w.source.indexOf('}', part.loc.end)
    at = close + 1
    const { expr } = part
    if (expr.kind === 'term' && expr.term.kind === 'scalar' && part.with.length === 0) {
      const { value } = expr.term
      w.write(typeof value === 'string' ? value : sliceOf(w, expr.term.loc))
      continue
    }
    w.write('{')
    writeLiteral(w, part)
    w.write('}')
  }
  w.write(w.source.slice(at, loc.end))
}

function writeObject(w: Writer, term: Extract<Term, { kind: 'object' }>): void {
  const { entries } = term
  writeList(
    w,
    '{',
    entryLocs(term),
    at => {
      const [key, value] = entries[at] ?? []
      if (key === undefined || value === undefined) return
      writeItem(w, key)
      w.write(': ')
      writeItem(w, value)
    },
    '}',
    term.loc,
  )
}

function writeComprehension(w: Writer, term: Extract<Term, { kind: 'comprehension' }>): void {
  const { shape, key, head, body, loc } = term
  w.write(shape === 'array' ? '[' : '{')
  const start = key ?? head
  if (key === undefined && start.loc.row > loc.row) w.end(loc.row)
  if (key !== undefined) {
    writeItem(w, key)
    w.write(': ')
  }
  writeItem(w, head, true)
  w.write(' |')
  const close = shape === 'array' ? ']' : '}'
  if (body.every(literal => literal.loc.row === loc.row)) {
    w.write(' ')
    writeBodyLine(w, body)
    w.write(close)
    return
  }
  writeBodyBlock(w, body, loc)
  w.write(close)
}

/** An operator between its operands, or a function with its arguments. */
function writeCall(w: Writer, term: Extract<Term, { kind: 'call' }>): void {
  const infix = infixOf(term)
  if (infix === undefined) {
    writeFunction(w, term.operator, term.args, term.loc)
    return
  }
  const [left, right, third] = term.args
  if (left === undefined || right === undefined) return
  const operand = (each: Term): void => {
    const nested = each.kind === 'call' && isInfix(each)
    if (nested) w.write('(')
    writeTerm(w, each)
    if (nested) w.write(')')
  }
  operand(left)
  if (third !== undefined) {
    w.write(', ')
    operand(right)
    w.write(` ${infix.symbol} `)
    operand(third)
    return
  }
  w.write(` ${infix.symbol} `)
  operand(right)
}

export function writeFunction(w: Writer, operator: Term, args: readonly Term[], loc: Loc): void {
  writeTerm(w, operator)
  const path = operator.kind === 'ref' ? operator.path : [operator]
  const open = { ...loc, offset: w.source.indexOf('(', path.at(-1)?.loc.end) }
  writeList(
    w,
    '(',
    args.map(arg => arg.loc),
    at => {
      const arg = args[at]
      if (arg !== undefined) writeArgument(w, arg)
    },
    ')',
    open,
    'call',
  )
}

const keywords: ReadonlySet<string> = new Set([...keywordsV0, ...futureKeywords])

export function writeRef(w: Writer, path: readonly Term[]): void {
  const [head, ...rest] = path
  if (head?.kind === 'call' && isInfix(head)) writeParens(w, head)
  else if (head !== undefined) writeTerm(w, head)
  for (const part of rest) {
    if (part.kind === 'scalar' && typeof part.value === 'string') {
      const isName = /^[A-Za-z_]\w*$/.test(part.value)
      const text = sliceOf(w, part.loc)
      // A keyword keeps the form that it has.
      if (isName && (!keywords.has(part.value) || text === part.value)) {
        w.write(`.${part.value}`)
        continue
      }
    }
    w.write('[')
    writeTerm(w, part)
    w.write(']')
  }
}

export function sliceOf(w: Writer, { offset, end }: Loc): string {
  return w.source.slice(offset, end)
}
