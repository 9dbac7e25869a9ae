import type { Statement } from '../../vocabulary/policy-document.ts'
import { both, either } from '../decide.ts'
import { equals, type Text } from '../text.ts'
import { covers, coversAction } from './wildcard.ts'

export function isAllow(statement: Statement): boolean {
  return equals(statement.Effect, 'Allow')
}

export function isDeny(statement: Statement): boolean {
  return equals(statement.Effect, 'Deny')
}

/** Whether the statement is about all that the action's pattern stands for, by name, by wildcard or by exclusion. */
export function isAboutAction(statement: Statement, action: string): boolean {
  return either(
    () => statement.Action.some(pattern => coversAction(pattern, action)),
    () => excludesOthers(statement.NotAction, pattern => coversAction(pattern, action)),
  )
}

/** Whether the statement is about all that the resource's pattern stands for. A role's trust names no resource: itself. */
export function isAboutResource(statement: Statement, resource: Text): boolean {
  return either(
    () => statement.Resource.some(pattern => covers(pattern, resource)),
    () => excludesOthers(statement.NotResource, pattern => covers(pattern, resource)),
    () => isEmpty(statement.Resource) && isEmpty(statement.NotResource),
  )
}

export function isEmpty(list: readonly unknown[]): boolean {
  return !list.some(() => true)
}

function excludesOthers(
  excluded: readonly Text[],
  isExcluded: (pattern: Text) => boolean,
): boolean {
  return both(
    () => !isEmpty(excluded),
    () => !excluded.some(isExcluded),
  )
}
