import { Absent } from '../../resource.ts'
import type { Principals, Statement } from '../../vocabulary/policy-document.ts'
import { either } from '../decide.ts'
import { equals, filled, known, startsWith, type Text } from '../text.ts'
import { isComputed } from './wildcard.ts'

/** Whether strangers are among those whom the statement speaks of. */
export function speaksOfStrangers(statement: Statement): boolean {
  const { Principal, NotPrincipal } = statement
  if (Principal !== undefined) return holdsEveryone(Principal)
  return NotPrincipal !== undefined && !holdsEveryone(NotPrincipal)
}

/** `*` among the principals, of whichever kind. */
export function holdsEveryone(principals: Principals): boolean {
  return either(
    () => principals.AWS.some(isEveryone),
    () => principals.Federated.some(isEveryone),
    () => principals.CanonicalUser.some(isEveryone),
  )
}

/** The account of an account id, an account's root, a user, a role or a session; null for `*` and for what names no account. */
export function accountOf(principal: Text): string | null {
  if (startsWith(principal, 'arn:'))
    return /^\d{12}$/.exec(known(principal).split(':')[4] ?? '')?.[0] ?? null
  return /^\d{12}$/.exec(known(principal))?.[0] ?? null
}

function isEveryone(principal: Text): boolean {
  if (principal instanceof Absent && isComputed(principal)) return false
  if (equals(principal, '*')) return true
  return typeof principal === 'string' && /^arn:[^:]*:(?:iam|sts)::[^:]*[*?]/.test(principal)
}

/** The service's name as AWS spells it everywhere but in China, where the partition decides its end. */
export function serviceOf(principal: Text): Text {
  if (!(principal instanceof Absent) || !principal.holes.every(hole => suffixes.test(hole)))
    return principal
  return filled(principal, 'amazonaws.com') ?? principal
}

const suffixes =
  /data\.aws_(?:partition\.\S+\.dns_suffix|service_principal\.\S+\.(?:name|id)) is known/
