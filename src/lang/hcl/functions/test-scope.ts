import { evaluateExpr } from '../evaluate.ts'
import { HclError } from '../hcl-error.ts'
import { parseWholeExpression } from '../parse-expression.ts'
import type { FileAccess, Scope } from '../scope.ts'
import { budgetOf } from '../spend.ts'
import { toJson } from '../to-json.ts'
import { Unknown, type Value } from '../value.ts'

/** What a test's expression may refer to. */
export interface Given {
  readonly names?: Readonly<Record<string, Value>>
  readonly files?: FileAccess
  readonly units?: number
}

export function value(text: string, { names = {}, files, units = 1_000_000 }: Given = {}): Value {
  const scope: Scope = {
    budget: budgetOf(units),
    resolve(root) {
      const found = names[root]
      return found === undefined ? undefined : { value: found, used: 0 }
    },
    ...(files === undefined ? {} : { files }),
  }
  return evaluateExpr(parseWholeExpression(text), scope)
}

/** JSON text; undefined where something is not known. */
export function json(text: string, given: Given = {}): string | undefined {
  return toJson(value(text, given))
}

export function hole(text: string, given: Given = {}): Unknown {
  const { v } = value(text, given)
  if (v instanceof Unknown) return v
  throw new Error(`${text} is known`)
}

/** The error's text; a crash is none. */
export function errorOf(text: string, given: Given = {}): string {
  try {
    value(text, given)
  } catch (error) {
    if (error instanceof HclError) return error.message
    throw error
  }
  throw new Error(`${text} has a value`)
}
