import type { Range } from './ast.ts'
import { HclError, limitSummary } from './hcl-error.ts'
import type { Budget, Scope } from './scope.ts'

/** A turn of a loop costs as much as ten elements that a function looks at. */
export const unitsPerTurn = 10

/** Takes work from the scope's budget; says where, when there is none left. */
export function spend(scope: Scope, units: number, what: string, range: Range): void {
  located(range, () => scope.budget.spend(units, what))
}

/** Gives the budget's error the place where the work was asked for. */
export function located<T>(range: Range, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof HclError && error.summary === limitSummary && error.range.end === 0) {
      throw new HclError(limitSummary, error.detail, range, error.file)
    }
    throw error
  }
}

/** A budget for one evaluation. */
export function budgetOf(units: number): Budget {
  let left = units
  return {
    spend(wanted, what) {
      left -= wanted
      if (left < 0) {
        throw new HclError(limitSummary, `${what} asks for more work than is allowed.`, {
          start: 0,
          end: 0,
        })
      }
    },
  }
}
