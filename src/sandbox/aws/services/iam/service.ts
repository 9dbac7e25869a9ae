import {
  GetAccountAuthorizationDetails$,
  type GetAccountAuthorizationDetailsRequest,
  type GetAccountAuthorizationDetailsResponse,
} from '@aws-sdk/client-iam'
import { type Call, page } from '../../call.ts'
import { operation, type Service } from '../../wire/service.ts'

export const iam: Service = {
  name: 'iam',
  signing: 'iam',
  protocol: 'query',
  xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: [operation(GetAccountAuthorizationDetails$, authorizationDetails)],
}

/** The four lists are one paged list on the wire. */
function authorizationDetails(
  input: GetAccountAuthorizationDetailsRequest,
  call: Call,
): GetAccountAuthorizationDetailsResponse {
  const { users, groups, roles, policies } = call.state.iam
  const wanted = (kind: string) => !input.Filter?.length || input.Filter.some(one => one === kind)
  const all = [
    ...(wanted('User') ? users.map(user => ({ user })) : []),
    ...(wanted('Group') ? groups.map(group => ({ group })) : []),
    ...(wanted('Role') ? roles.map(role => ({ role })) : []),
    ...policies
      .filter(one =>
        wanted(one.Arn?.includes(':aws:policy/') ? 'AWSManagedPolicy' : 'LocalManagedPolicy'),
      )
      .map(policy => ({ policy })),
  ]
  const { items, next } = page<(typeof all)[number]>(call, all, input.Marker, input.MaxItems)
  return {
    UserDetailList: items.flatMap(one => ('user' in one ? [encoded(one.user)] : [])),
    GroupDetailList: items.flatMap(one => ('group' in one ? [encoded(one.group)] : [])),
    RoleDetailList: items.flatMap(one => ('role' in one ? [encoded(one.role)] : [])),
    Policies: items.flatMap(one => ('policy' in one ? [encoded(one.policy)] : [])),
    IsTruncated: next !== undefined,
    Marker: next,
  }
}

/** IAM sends every policy document URL-encoded. */
export function encoded<T>(value: T, key = ''): T {
  if (typeof value === 'string') {
    const isDocument =
      key === 'PolicyDocument' || key === 'Document' || key === 'AssumeRolePolicyDocument'
    return (isDocument ? encodeURIComponent(value) : value) as T
  }
  if (Array.isArray(value)) return value.map(item => encoded(item)) as T
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, encoded(one, name)]),
  ) as T
}
