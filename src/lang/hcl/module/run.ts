import type { Expr, Range } from '../ast.ts'
import { evaluateExpr } from '../evaluate.ts'
import { HclError, limitSummary } from '../hcl-error.ts'
import { unknown } from '../make.ts'
import type { Budget, Scope } from '../scope.ts'
import type { Value } from '../value.ts'
import type { ModuleConfig } from './config.ts'
import type { DataEvaluator } from './data-source.ts'
import type { ModuleFiles, ParsedFile } from './files.ts'
import { type LazyMaker, lazyMaker } from './lazy.ts'
import { type Problem, type ProblemLog, problemAt, problemLog, problemOf } from './problem.ts'

/** What the modules of one root share while they are evaluated. */
export interface Run {
  readonly files: ModuleFiles
  readonly root: string
  readonly workspace: string
  readonly data: ReadonlyMap<string, DataEvaluator>
  readonly log: ProblemLog
  readonly lazy: LazyMaker
  readonly budget: WorkBudget
  config(folder: string): ModuleConfig | null
  /** Folder of a module that `terraform init` brought, by its dotted path of calls. */
  installed(path: string): string | null
  /** Whether a `try` or `can` is looking: what may not be there is not known to it. */
  isAttempt(): boolean
  attempt<T>(work: () => T): T
  /** Work of its own, whoever waits for it. */
  apart<T>(work: () => T): T
  readonly shortCircuit: boolean
  /** Counts instances of resources and modules; false where there would be too many. */
  admit(instances: number): boolean
}

export interface RunOptions {
  readonly files: ModuleFiles
  readonly root: string
  readonly config: Run['config']
  readonly installed: Run['installed']
  readonly workspace?: string
  readonly data?: ReadonlyMap<string, DataEvaluator>
  readonly shortCircuit?: boolean
}

/** Instances of one block, and of all blocks under one root. */
export const mostInstances = 20_000
const mostInstancesInAll = 100_000
/** Elements and characters that one value may cost, and all values under one root. */
const unitsForOne = 5_000_000
const unitsInAll = 100_000_000

export function startRun(options: RunOptions): Run {
  let left = mostInstancesInAll
  let isAttempt = false
  function within<T>(attempt: boolean, work: () => T): T {
    const before = isAttempt
    isAttempt = attempt
    try {
      return work()
    } finally {
      isAttempt = before
    }
  }
  return {
    workspace: 'default',
    data: new Map(),
    shortCircuit: false,
    ...options,
    isAttempt: () => isAttempt,
    attempt: work => within(true, work),
    apart: work => within(false, work),
    log: problemLog(),
    lazy: lazyMaker(),
    budget: workBudget(),
    admit(instances) {
      if (instances > left) return false
      left -= instances
      return true
    },
  }
}

/** What one value costs is bounded, so that a costly one does not take from the others. */
interface WorkBudget extends Budget {
  /** Runs the work for one value; values that it needs count with it. */
  forOne<T>(work: () => T): T
}

function workBudget(): WorkBudget {
  let inAll = unitsInAll
  let forOne = unitsForOne
  let depth = 0
  return {
    spend(units, what) {
      inAll -= units
      forOne -= units
      if (inAll >= 0 && forOne >= 0) return
      throw new HclError(limitSummary, `${what} asks for more work than is allowed.`, nowhere)
    },
    forOne(work) {
      if (depth === 0) forOne = unitsForOne
      depth++
      try {
        return work()
      } finally {
        depth--
      }
    },
  }
}

/** The error of a budget has no place yet: whoever spends gives it one. */
const nowhere: Range = { start: 0, end: 0 }

/** The value of an expression; where it is in error, the error is noted and the value is not known. */
export function evaluateIn(expr: Expr, scope: Scope, file: ParsedFile, run: Run): Value {
  return guarded(run, file, expr.range, () => evaluateExpr(expr, scope))
}

/** Notes what Terraform calls an error, and goes on with an unknown value. */
function guarded(run: Run, file: ParsedFile, range: Range, work: () => Value): Value {
  try {
    return run.apart(() => run.budget.forOne(work))
  } catch (error) {
    const problem = asProblem(error, file, range)
    run.log.add(problem)
    return unknown('dynamic', reasonOf(problem))
  }
}

export function reasonOf(problem: Problem): string {
  return `${problem.file}:${problem.line} is in error: ${problem.summary}`
}

function asProblem(error: unknown, file: ParsedFile, range: Range): Problem {
  if (error instanceof RangeError && /call stack/.test(error.message))
    return problemAt('limit', file, range, limitSummary, 'The expression is nested too deeply.')
  const problem = problemOf(error, file, range)
  if (problem.summary !== limitSummary) return problem
  return { ...problem, kind: 'limit' }
}
