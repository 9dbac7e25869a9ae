import * as Ssm from '@aws-sdk/client-ssm'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'
import type { DocumentEstate } from './state.ts'

export const ssm: Service = {
  name: 'ssm',
  signing: 'ssm',
  protocol: 'json-1.1',
  xmlNamespace: '',
  operations: [
    operation(Ssm.GetParameter$, (input: Ssm.GetParameterRequest, call) => {
      const Value = call.state.ssm(call.region).parameters.get(input.Name ?? '')
      if (Value === undefined) throw new ApiError('ParameterNotFound', 400, '')
      return { Parameter: { Name: input.Name, Type: 'SecureString', Value, Version: 1 } }
    }),
    operation(Ssm.ListDocuments$, (input: Ssm.ListDocumentsRequest, call) => {
      const all = call.state.ssm(call.region).documents
      const { items, next } = page(call, all, input.NextToken, input.MaxResults)
      return {
        DocumentIdentifiers: items.map(({ sharedWith: _, tags: __, ...one }) => one),
        NextToken: next,
      }
    }),
    operation(
      Ssm.DescribeDocumentPermission$,
      (input: Ssm.DescribeDocumentPermissionRequest, call) => {
        const AccountIds = find(call, input.Name).sharedWith ?? []
        return { AccountIds, AccountSharingInfoList: AccountIds.map(AccountId => ({ AccountId })) }
      },
    ),
    operation(Ssm.ModifyDocumentPermission$, (input: Ssm.ModifyDocumentPermissionRequest, call) => {
      const document = find(call, input.Name)
      const kept = (document.sharedWith ?? []).filter(id => !input.AccountIdsToRemove?.includes(id))
      document.sharedWith = [...new Set([...kept, ...(input.AccountIdsToAdd ?? [])])]
      return {}
    }),
    operation(Ssm.ListTagsForResource$, (input: Ssm.ListTagsForResourceRequest, call) => ({
      TagList: find(call, input.ResourceId).tags ?? [],
    })),
  ],
}

function find(call: Call, name: string | undefined): DocumentEstate {
  const found = call.state.ssm(call.region).documents.find(one => one.Name === name)
  if (!found) throw new ApiError('InvalidDocument', 400, 'Document does not exist.')
  return found
}
