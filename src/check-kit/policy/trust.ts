import type { PolicyDocument, Statement } from '../../vocabulary/policy-document.ts'
import { both, some } from '../decide.ts'
import { isOneOf } from '../text.ts'
import { bindsCaller } from './condition.ts'
import { isAboutAction, isAllow } from './statement.ts'

/**
 * Whether a role's trust lets a service act for whoever asks it to: no test of the source's ARN, account or
 * organisation. `apart` are services that send no such keys.
 */
export function trustsServiceForAnyone(
  document: PolicyDocument,
  apart: readonly string[],
): boolean {
  return document.Statement.some(statement =>
    both(
      () => isAllow(statement),
      () => isAboutAction(statement, 'sts:AssumeRole'),
      () => hasService(statement, apart),
      () => !bindsCaller(statement.Condition),
    ),
  )
}

/** Whether a role's trust lets in identities of AWS accounts for which the predicate holds. */
export function trustsAccount(
  document: PolicyDocument,
  isMeant: (principal: string) => boolean,
): boolean {
  return document.Statement.some(statement =>
    both(
      () => isAllow(statement),
      () =>
        some(['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'], action =>
          isAboutAction(statement, action),
        ),
      () => statement.Principal?.AWS.some(isMeant) ?? false,
    ),
  )
}

function hasService(statement: Statement, apart: readonly string[]): boolean {
  return statement.Principal?.Service.some(service => !isOneOf(service, apart)) ?? false
}
