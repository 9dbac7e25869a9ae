import type { Budget, FileAccess } from '../scope.ts'
import type { Type, Value } from '../value.ts'

/**
 * One of Terraform's functions. The evaluator converts arguments to the parameters' types, refuses nulls,
 * answers unknown for unknown arguments and carries marks over, except where a parameter says that the
 * function sees to it itself.
 *
 * Unknown is meant of the argument itself: a known collection may hold unknown elements whatever the
 * parameter says. Without `allowMarked` an argument comes with no marks at any depth, and all of them go
 * onto the answer; with it the argument comes as it is, and the function says what the answer carries.
 */
export interface FunctionSpec {
  readonly params: readonly Param[]
  readonly variadic?: Param
  /** The type of the answer where it is unknown: a type, or computed from the arguments' types. */
  readonly returns: Type | ((args: readonly Value[]) => Type)
  readonly call: (args: readonly Value[], context: CallContext) => Value
}

export interface Param {
  readonly name: string
  /** `dynamic` takes any value as it is. */
  readonly type: Type
  readonly allowNull?: boolean
  readonly allowUnknown?: boolean
  readonly allowMarked?: boolean
}

export interface CallContext {
  readonly files: FileAccess | undefined
  readonly budget: Budget
  /** Evaluates template text with variables: templatefile, templatestring. */
  readonly template: (text: string, name: string, variables: ReadonlyMap<string, Value>) => Value
  /** Evaluates the attributes of a file without references: provider::terraform::decode_tfvars. */
  readonly attributes?: (text: string, name: string) => ReadonlyMap<string, Value>
}

/** What a function throws: the evaluator adds the position. `argument` is the index of the one at fault. */
export class FunctionError extends Error {
  readonly argument: number | undefined
  constructor(message: string, argument?: number) {
    super(message)
    this.argument = argument
  }
}
