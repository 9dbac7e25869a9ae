import type { PolicyDocument, Statement } from '../../vocabulary/policy-document.ts'
import { both } from '../decide.ts'
import { isOneOf, type Text } from '../text.ts'
import { bindsCaller } from './condition.ts'
import { serviceOf } from './principal.ts'
import { isAboutAction, isAllow } from './statement.ts'

/**
 * Whether a role's trust lets a service act for whoever asks it to: no test of the source's ARN, account or
 * organisation. `apart` are services to which this does not apply.
 */
export function trustsServiceForAnyone(
  document: PolicyDocument,
  apart: readonly string[],
): boolean {
  return document.Statement.some(statement =>
    both(
      () => letsAssume(statement),
      () =>
        statement.Principal?.Service.some(service => !isOneOf(serviceOf(service), apart)) ?? false,
      () => !bindsCaller(statement.Condition),
    ),
  )
}

/** Whether a role's trust lets in AWS principals for which the predicate holds. */
export function trusts(document: PolicyDocument, isMeant: (principal: Text) => boolean): boolean {
  return document.Statement.some(statement =>
    both(
      () => letsAssume(statement),
      () => statement.Principal?.AWS.some(isMeant) ?? false,
    ),
  )
}

function letsAssume(statement: Statement): boolean {
  return both(
    () => isAllow(statement),
    () => isAboutAction(statement, 'sts:AssumeRole'),
  )
}
