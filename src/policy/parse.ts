import { RegoError } from '../lang/rego/error.ts'
import type { Module } from '../lang/rego/syntax/ast.ts'
import { parseModule } from '../lang/rego/syntax/module.ts'
import type { PolicyProblem } from './rule.ts'

/** In the dialect of OPA 1, else in the one before. */
export function parsePolicy(name: string, text: string): Module | RegoError {
  const now = attempt(name, text, 'v1')
  if (!(now instanceof RegoError)) return now
  const before = attempt(name, text, 'v0')
  return before instanceof RegoError ? now : before
}

function attempt(name: string, text: string, version: 'v0' | 'v1'): Module | RegoError {
  try {
    return parseModule(name, text.replace(/^\ufeff/, ''), version)
  } catch (error) {
    if (error instanceof RegoError) return error
    throw error
  }
}

export function problemsOf(error: RegoError, file: string): readonly PolicyProblem[] {
  return error.errors.map(({ code, reason, location }) => ({
    file: location?.file || file,
    row: location?.row ?? 1,
    col: location?.col ?? 1,
    code,
    message: reason,
  }))
}
