import type { PolicyDocument, Statement } from '../../vocabulary/policy-document.ts'
import { both, either, some } from '../decide.ts'
import type { Text } from '../text.ts'
import { bindsCaller, hitsStrangers } from './condition.ts'
import { speaksOfStrangers } from './principal.ts'
import { isAboutAction, isAllow, isDeny, isEmpty } from './statement.ts'
import { covers, coversAction, meets } from './wildcard.ts'

/** Whether a resource's policy lets in callers whom it does not name: an Allow that no Deny takes back. */
export function isPublic(document: PolicyDocument): boolean {
  return document.Statement.some(allow =>
    both(
      () => opensToStrangers(allow),
      () =>
        either(
          () => allow.Action.some(action => stands(document, allow, action)),
          () =>
            both(
              () => !isEmpty(allow.NotAction),
              () => stands(document, allow, '*'),
            ),
        ),
    ),
  )
}

/** Whether callers whom a resource's policy does not name may do one of the actions. */
export function strangersMay(document: PolicyDocument, actions: readonly string[]): boolean {
  return document.Statement.some(allow =>
    both(
      () => opensToStrangers(allow),
      () =>
        some(actions, action =>
          both(
            () => isAboutAction(allow, action),
            () => stands(document, allow, action),
          ),
        ),
    ),
  )
}

export function opensToStrangers(statement: Statement): boolean {
  return both(
    () => isAllow(statement),
    () => speaksOfStrangers(statement),
    () => !bindsCaller(statement.Condition),
  )
}

function stands(document: PolicyDocument, allow: Statement, action: Text): boolean {
  return !document.Statement.some(deny =>
    both(
      () => isDeny(deny),
      () => speaksOfStrangers(deny),
      () => hitsStrangers(deny.Condition),
      () => deniesAction(deny, action),
      () => deniesResources(deny, allow),
    ),
  )
}

function deniesAction(deny: Statement, action: Text): boolean {
  return either(
    () => deny.Action.some(pattern => coversAction(pattern, action)),
    () =>
      both(
        () => !isEmpty(deny.NotAction),
        () => !deny.NotAction.some(pattern => meets(pattern, action)),
      ),
  )
}

function deniesResources(deny: Statement, allow: Statement): boolean {
  return both(
    () => allow.Resource.every(resource => deniesResource(deny, resource)),
    () => isEmpty(allow.NotResource) || deniesResource(deny, '*'),
  )
}

function deniesResource(deny: Statement, resource: Text): boolean {
  return either(
    () => deny.Resource.some(pattern => covers(pattern, resource)),
    () =>
      both(
        () => !isEmpty(deny.NotResource),
        () => !deny.NotResource.some(pattern => meets(pattern, resource)),
      ),
  )
}
