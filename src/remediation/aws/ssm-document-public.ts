import { action } from '../action.ts'
import { call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

export const ssmDocumentPublic = action<{ readonly shared: readonly string[] }>({
  id: 'ssm_document_public',
  title: 'Share the document with everybody no more',
  mends: ['ssm_documents_set_as_public'],
  blast: 'B1',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ssm:[\w-]+:\d{12}:document\/(?<name>[\w.-]+)$/,
  permissions: {
    read: ['ssm:DescribeDocumentPermission', 'ssm:ListTagsForResource', 'ssm:ListDocuments'],
    write: ['ssm:ModifyDocumentPermission'],
    undo: ['ssm:ModifyDocumentPermission'],
  },
  read: (cloud, { name }) =>
    ifThere(['InvalidDocument'], async () => {
      const shared = await pages(
        NextToken =>
          cloud.ask('ssm', 'DescribeDocumentPermission', {
            Name: name,
            PermissionType: 'Share',
            NextToken,
          }),
        page => given(page.AccountIds, 'AccountIds'),
        page => page.NextToken,
      )
      return { shared }
    }),
  isGood: ({ shared }) => !shared.includes('all'),
  mend: (_, { name }) => [
    call('ssm', 'ModifyDocumentPermission', {
      Name: name,
      PermissionType: 'Share',
      AccountIdsToRemove: ['all'],
    }),
  ],
  undo: ({ shared }, _, { name }) =>
    shared.includes('all')
      ? [
          call('ssm', 'ModifyDocumentPermission', {
            Name: name,
            PermissionType: 'Share',
            AccountIdsToAdd: ['all'],
          }),
        ]
      : [],
  comparable: ({ shared }) => [...shared].sort(),
  tags: async (cloud, { name }) => {
    const { TagList } = await cloud.ask('ssm', 'ListTagsForResource', {
      ResourceType: 'Document',
      ResourceId: name,
    })
    return tagsOf(TagList)
  },
  population: async cloud => {
    const all = await pages(
      NextToken =>
        cloud.ask('ssm', 'ListDocuments', {
          Filters: [{ Key: 'Owner', Values: ['Self'] }],
          NextToken,
        }),
      page => given(page.DocumentIdentifiers, 'DocumentIdentifiers'),
      page => page.NextToken,
    )
    return all.length
  },
})
