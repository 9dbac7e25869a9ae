import { type ErrorCode, type Location, RegoError } from '../error.ts'
import type { Module, Rule } from '../syntax/ast.ts'
import type { Signature } from '../types/type.ts'
import type { Names } from './names.ts'

/** One rule on its way through the compiler; passes replace `rule`. */
export interface Unit {
  readonly module: Module
  /** As it was parsed: what annotations hang on. */
  readonly source: Rule
  rule: Rule
  readonly uses: Uses
}

/** What only some rules have: the passes that it concerns leave out the others. Too much does no harm. */
export interface Uses {
  /** `:=` or `some` of the names `input` or `data`. */
  roots: boolean
  templates: boolean
  withs: boolean
  /** Bodies within the body. */
  closures: boolean
  prints: boolean
  /** Functions of `rego.metadata`. */
  metadata: boolean
  deprecated: boolean
}

export function noUses(): Uses {
  return {
    roots: false,
    templates: false,
    withs: false,
    closures: false,
    prints: false,
    metadata: false,
    deprecated: false,
  }
}

/** What all passes share. */
export interface Compilation {
  readonly modules: readonly Module[]
  readonly units: Unit[]
  readonly strict: boolean
  readonly names: Names
  /** Builtins and host functions that may be called, by name. */
  readonly builtins: ReadonlyMap<string, Signature>
  readonly errors: RegoError[]
  /** Errors that leave the rules sound: later passes run, and find more. */
  readonly lesser: RegoError[]
  readonly warnings: Warning[]
}

/** Something accepted that OPA refuses, with a form that both accept. */
export interface Warning {
  readonly code: 'existential_negation'
  readonly message: string
  readonly location: Location
}

/** As `report`, for an error after which the passes go on. */
export function reportLesser(
  context: { readonly lesser: RegoError[] },
  reason: string,
  location: Location,
): void {
  context.lesser.push(new RegoError('rego_compile_error', reason, location))
}

export function report(
  context: { readonly errors: RegoError[] },
  code: ErrorCode,
  reason: string,
  location: Location,
): void {
  context.errors.push(new RegoError(code, reason, location))
}
