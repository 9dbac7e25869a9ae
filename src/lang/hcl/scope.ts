import type { Range } from './ast.ts'
import type { Value } from './value.ts'

/** What an expression may refer to. Immutable; loops make children with {@link extend}. */
export interface Scope {
  /**
   * Resolves a reference by its root name and the static steps behind it (`.name`, `["key"]`, `[0]`).
   * Answers the value and how many steps it consumed (so that `local.x` evaluates `x` alone, lazily),
   * or undefined when the name is not declared here. Throws HclError for what Terraform calls an error
   * (undeclared local, variable, resource …).
   */
  resolve(root: string, steps: readonly StaticStep[], range: Range): Resolved | undefined
  readonly files?: FileAccess
  readonly budget: Budget
  /** Whether `&&` and `||` leave out their right side once the left decides: Terraform 1.12 and later do. */
  readonly shortCircuit?: boolean
  /** Runs the argument of a `try` or `can`: what may not be there is then not known, instead of what it would be. */
  readonly attempt?: <T>(work: () => T) => T
  /** Inside a template that a function evaluates: templates do not call for further ones. */
  readonly isTemplate?: boolean
}

/** A scope with extra names, for loops, `each`, `count`, `self`; they hide what the parent has. */
export function extend(scope: Scope, names: ReadonlyMap<string, Value>): Scope {
  return {
    ...scope,
    resolve(root, steps, range) {
      const value = names.get(root)
      return value === undefined ? scope.resolve(root, steps, range) : { value, used: 0 }
    },
  }
}

export interface Resolved {
  readonly value: Value
  readonly used: number
}

export type StaticStep = { readonly name: string } | { readonly key: string | number }

/** What a file access outside the allowed top throws: the value is unknown for this reason, not an error. */
export class Refused extends Error {}

/** `file`, `templatefile`, `fileset` … go through here; relative to the module's folder. */
export interface FileAccess {
  /** Text of the file, or null where it is missing; throws Refused for a path outside the allowed top. */
  read(path: string): Uint8Array | null
  /** `spend` hears of the work that each entry looked at costs. */
  list(folder: string, pattern: string, spend: (units: number) => void): readonly string[]
  /** `path.module`, `path.root`, `path.cwd`. */
  readonly paths: { readonly module: string; readonly root: string; readonly cwd: string }
}

/** Bounds work that hostile input could ask for: counts down, throws when it is spent. */
export interface Budget {
  spend(units: number, what: string): void
}
