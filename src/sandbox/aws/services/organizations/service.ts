import * as Organizations from '@aws-sdk/client-organizations'
import { type Call, page } from '../../call.ts'
import { asNumber, asText, member } from '../../plain.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation, type Service } from '../../wire/service.ts'
import type { OrganizationEstate } from './state.ts'

/** Read only: nothing here is Batten's to change. */
export const organizations: Service = {
  name: 'organizations',
  signing: 'organizations',
  protocol: 'json-1.1',
  xmlNamespace: '',
  operations: [
    operation(Organizations.DescribeOrganization$, (_input: object, call) => ({
      Organization: inUse(call).organization,
    })),
    list(Organizations.ListRoots$, 'Roots', ({ roots }) => roots),
    list(Organizations.ListAccounts$, 'Accounts', ({ accounts }) => accounts),
    list(
      Organizations.ListDelegatedAdministrators$,
      'DelegatedAdministrators',
      ({ delegatedAdministrators }) => delegatedAdministrators,
    ),
    list(Organizations.ListPolicies$, 'Policies', ({ policies = [] }, input) =>
      policies.filter(one => one.Type === member(input, 'Filter')),
    ),
    list(
      Organizations.ListTargetsForPolicy$,
      'Targets',
      (organization, input) => policy(organization, asText(member(input, 'PolicyId'))).targets,
    ),
    list(
      Organizations.ListTagsForResource$,
      'Tags',
      ({ accounts = [] }, input) =>
        accounts.find(one => one.Id === member(input, 'ResourceId'))?.tags,
    ),
    operation(
      Organizations.DescribeAccount$,
      (input: Organizations.DescribeAccountRequest, call) => {
        const found = inUse(call).accounts?.find(one => one.Id === input.AccountId)
        if (!found) throw absent('AccountNotFoundException')
        return { Account: found }
      },
    ),
    operation(Organizations.DescribePolicy$, (input: Organizations.DescribePolicyRequest, call) => {
      const { Content, targets: _, ...PolicySummary } = policy(inUse(call), input.PolicyId)
      return { Policy: { PolicySummary, Content } }
    }),
  ],
}

function list(
  schema: Operation['schema'],
  key: string,
  items: (organization: OrganizationEstate, input: object) => readonly object[] | undefined,
): Operation {
  return operation(schema, (input: object, call) => {
    const all = items(inUse(call), input) ?? []
    const token = asText(member(input, 'NextToken'))
    const found = page(call, all, token, asNumber(member(input, 'MaxResults')))
    return { [key]: found.items, NextToken: found.next }
  })
}

function inUse({ state }: Call): OrganizationEstate {
  if (state.organization.organization) return state.organization
  throw new ApiError(
    'AWSOrganizationsNotInUseException',
    400,
    'Your account is not a member of an organization.',
  )
}

function policy({ policies = [] }: OrganizationEstate, id: string | undefined) {
  const found = policies.find(one => one.Id === id)
  if (!found) throw absent('PolicyNotFoundException')
  return found
}

function absent(code: string): ApiError {
  return new ApiError(code, 400, 'You specified something that does not exist.')
}
