import type { Condition, Statement } from '../../vocabulary/policy-document.ts'
import { both, either, every } from '../decide.ts'
import { filled, type Text } from '../text.ts'
import { leavesGrantWide } from './condition.ts'
import { isAboutAction, isAboutResource, isAllow, isDeny, isEmpty } from './statement.ts'
import { anything, covers } from './wildcard.ts'

/** Statements of all policies of one identity: a Deny in one takes back what another allows. */
export type Statements = readonly Statement[]

/** Whether the identity may do everything: its own rights included, everywhere. */
export function isAdministrator(statements: Statements): boolean {
  return every([`${anything}:${anything}`, `iam:${anything}`], action =>
    allows(statements, action, `arn:aws:${Array(4).fill(anything).join(':')}`),
  )
}

/** Whether the identity may do everything that the service offers, to every resource of that kind (`kms`, `key`). */
export function hasFullAccess(statements: Statements, service: string, kind: string): boolean {
  return allows(
    statements,
    `${service}:${anything}`,
    `arn:aws:${service}:${anything}:${anything}:${kind}/${anything}`,
  )
}

/**
 * Whether the identity may do the action to the resource, of which `anything` stands for all there are. A Deny counts
 * where it is unconditional, since an intruder chooses the circumstances.
 */
export function allows(
  statements: Statements,
  action: string,
  resource: string,
  isHarmless?: (test: Condition) => boolean,
): boolean {
  return both(
    () =>
      statements.some(statement =>
        both(
          () => isAllow(statement),
          () => isAboutEvery(statement, resource),
          () => isAboutAction(statement, action),
          () => leavesGrantWide(statement.Condition, isHarmless),
        ),
      ),
    () =>
      !statements.some(statement =>
        both(
          () => isDeny(statement),
          () => isAboutAction(statement, action),
          () => isAboutResource(statement, resource),
          () => isEmpty(statement.Condition),
        ),
      ),
  )
}

function isAboutEvery(statement: Statement, resource: string): boolean {
  return both(
    () => !isEmpty(statement.Resource) || !isEmpty(statement.NotResource),
    () =>
      either(
        () => statement.Resource.some(pattern => covers(withinAccount(pattern), resource)),
        () => isAboutResource(statement, resource),
      ),
  )
}

/** All of one account's, or of one region's, is all that the identity has to do with. */
function withinAccount(pattern: Text): Text {
  const text = filled(pattern, hole)
  if (text === null) return pattern
  const wide = text.replace(/^(arn:[^:]*:[^:]*):[^:]*:(?:\d{12}|\0):/, '$1:*:*:')
  return wide.includes(hole) ? pattern : wide
}

const hole = '\0'
