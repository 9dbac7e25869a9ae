import type { Context } from '../../check.ts'
import { Absent, Missing } from '../../resource.ts'
import type { PolicyDocument } from '../../vocabulary/policy-document.ts'
import { both, either } from '../decide.ts'
import type { Text } from '../text.ts'
import { accountOf } from './principal.ts'
import { opensToStrangers } from './public.ts'
import { isAllow } from './statement.ts'

export interface Home {
  /** The account that the resource is in; null where code does not say. */
  readonly account: string | null
  readonly trusted: readonly string[]
}

export function homeOf(context: Pick<Context, 'account' | 'options'>): Home {
  const { account, options } = context
  const trusted = options.trusted_accounts
  return { account, trusted: Array.isArray(trusted) ? trusted.map(String) : [] }
}

/** Whether a policy gives access to anyone, or to an account that is neither the resource's own nor trusted. */
export function trustsOutsiders(document: PolicyDocument, home: Home): boolean {
  return document.Statement.some(statement =>
    either(
      () => opensToStrangers(statement),
      () =>
        both(
          () => isAllow(statement),
          () => statement.Principal?.AWS.some(principal => isOutsider(principal, home)) ?? false,
        ),
    ),
  )
}

export function isOutsider(principal: Text, home: Home): boolean {
  if (principal instanceof Absent && isManagedHere(principal)) return false
  const account = accountOf(principal)
  if (account === null || home.trusted.includes(account)) return false
  if (deliveringAccounts.includes(account)) return false
  if (home.account !== null) return account !== home.account
  throw new Missing(new Absent('unresolved', 'code does not say which account it is for'))
}

/** Load balancers deliver their logs from these: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const deliveringAccounts: readonly string[] = [
  '127311923021',
  '033677994240',
  '027434742980',
  '797873946194',
  '098369216593',
  '754344448648',
  '589379963580',
  '718504428378',
  '383597477331',
  '600734575887',
  '114774131450',
  '783225319266',
  '582318560864',
  '985666609251',
  '054676820928',
  '156460612806',
  '652711504416',
  '635631232127',
  '009996457667',
  '897822967062',
  '076674570225',
  '507241528517',
  '048591011584',
  '190560391635',
  '638102146993',
  '037604701340',
]

/**
 * The account that runs the code, an identity that the same code creates, or an account of AWS's own: whoever owns the
 * code owns the first two, and reports go to the third.
 */
function isManagedHere({ reason, from }: Absent): boolean {
  return (
    /(?:^|\.)aws_(?:iam_(?:role|user)|cloudfront_origin_access_identity)\.\S+ is known after apply$/.test(
      reason,
    ) ||
    /(?:^|\.)data\.aws_\w+_service_account\./.test(reason) ||
    from.some(address => /(?:^|\.)data\.aws_caller_identity\./.test(address))
  )
}
