import type { Comment, Import, Module } from '../syntax/ast.ts'
import { futureKeywords } from '../syntax/tokens.ts'

/** Whether two texts of a module mean the same and say the same in comments: layout may change nothing else. */
export function isSame(before: Module, after: Module): boolean {
  return text(before) === text(after) && comments(before) === comments(after)
}

function text({ package: { path }, imports, rules }: Module): string {
  const named = imports.filter(each => !isCovered(each)).map(({ path: own, alias }) => [own, alias])
  const sorted = named.map(each => JSON.stringify(each)).sort()
  return JSON.stringify([path, sorted, rules.map(plain)], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
}

function isCovered({ path }: Import): boolean {
  return (
    path[0] === 'rego' ||
    (path[0] === 'future' && (path[2] === undefined || futureKeywords.includes(path[2])))
  )
}

function comments({ comments: all }: Module): string {
  return JSON.stringify(all.map((each: Comment) => each.text.trim()).sort())
}

/** Places, and what the parser notes of the form. */
const forms = new Set([
  'loc',
  'assign',
  'generatedValue',
  'generatedBody',
  'generated',
  'hasIf',
  'hasContains',
  'isDefault',
  'multiline',
])

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      // A function without arguments is a rule.
      const isNothing = forms.has(key) || (key === 'args' && isEmpty(inner) && 'ref' in value)
      return isNothing ? [] : [[key, key === 'parts' ? joined(inner) : plain(inner)]]
    }),
  )
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** Constants of a template string are text. */
function joined(parts: unknown): unknown {
  if (!Array.isArray(parts)) return plain(parts)
  const found: unknown[] = []
  for (const part of parts) {
    const text = typeof part === 'string' ? part : constantOf(plain(part))
    const last = found.at(-1)
    if (text !== undefined && typeof last === 'string') found[found.length - 1] = last + text
    else found.push(text ?? plain(part))
  }
  return found
}

function constantOf(literal: unknown): string | undefined {
  const value = at(literal, 'expr', 'term', 'value')
  const isPlain = JSON.stringify(at(literal, 'with')) === '[]'
  return value === undefined || !isPlain ? undefined : String(at(value, 'text') ?? value)
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const key of path)
    here = typeof here === 'object' && here !== null ? Reflect.get(here, key) : undefined
  return here
}
