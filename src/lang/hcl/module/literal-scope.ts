import { HclError } from '../hcl-error.ts'
import type { Budget, Scope } from '../scope.ts'

/** The scope of text that may hold values only: `.tfvars` files and defaults. */
export function literalScope(budget: Budget): Scope {
  return {
    budget,
    resolve(_root, _steps, range) {
      throw new HclError('Variables not allowed', 'Variables may not be used here.', range)
    },
  }
}
