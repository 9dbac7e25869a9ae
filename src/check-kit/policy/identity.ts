import { Absent } from '../../resource.ts'
import type { PolicyDocument } from '../../vocabulary/policy-document.ts'
import { both } from '../decide.ts'
import { contains, endsWith, type Text, undecided } from '../text.ts'
import type { Statements } from './grant.ts'

/** A role, user or group with the policies that are written into it. */
export interface Identity {
  readonly inline_policy: readonly { readonly policy: PolicyDocument | undefined }[]
  readonly managed_policy_arns: readonly string[]
}

/** The statements of all inline policies together, as AWS judges them. */
export function inlineStatements(identity: Identity): Statements {
  return identity.inline_policy.flatMap(({ policy }) => policy?.Statement ?? [])
}

/** Whether AWS's own policy of that name is attached, in whichever partition. */
export function hasManagedPolicy(identity: Identity, name: string): boolean {
  return identity.managed_policy_arns.some(arn => isManagedPolicy(arn, name))
}

/** The name of AWS's own policy; null for a customer's that is in the scan, undecided for another by its ARN. */
export function managedName(arn: Text, isHere: (arn: string) => boolean): string | null {
  if (arn instanceof Absent) return declared.test(arn.reason) ? null : undecided(arn)
  const name = /:iam::aws:policy\/(?:[\w-]+\/)*([\w-]+)$/.exec(arn)?.[1]
  if (name !== undefined || isHere(arn)) return name ?? null
  return undecided(new Absent('unresolved', `what ${arn} allows is not in the scan`))
}

function isManagedPolicy(arn: Text, name: string): boolean {
  // What the same code declares is a customer's policy.
  if (arn instanceof Absent && declared.test(arn.reason)) return false
  return both(
    () => endsWith(arn, `/${name}`),
    () => contains(arn, /:iam::aws:policy\//),
  )
}

const declared = /(?:^|\.)aws_iam_policy\.\S+ is known after apply$/
