import { action } from '../action.ts'
import { call } from './cloud.ts'
import { type Block, blockOf, closed } from './public-access-block.ts'

/** Reaches every bucket of the account, also those that are public on purpose. */
export const s3AccountPublicAccess = action<{ readonly block: Block | null }>({
  id: 's3_account_public_access',
  title: 'Block all public access to all buckets of the account',
  mends: ['s3_account_level_public_access_blocks'],
  blast: 'B3',
  mode: 'approve',
  scope: 'account',
  permissions: {
    read: ['s3:GetAccountPublicAccessBlock'],
    write: ['s3:PutAccountPublicAccessBlock'],
    undo: ['s3:PutAccountPublicAccessBlock'],
  },
  resources: () => ['*'],
  async read(cloud, { account }) {
    const answer = await cloud.find('s3control', 'GetPublicAccessBlock', { AccountId: account }, [
      'NoSuchPublicAccessBlockConfiguration',
    ])
    return { block: answer && blockOf(answer.PublicAccessBlockConfiguration) }
  },
  isGood: ({ block }) => block !== null && Object.values(block).every(Boolean),
  mend: (_, { account }) => [
    call('s3control', 'PutPublicAccessBlock', {
      AccountId: account,
      PublicAccessBlockConfiguration: closed,
    }),
  ],
  undo: ({ block }, _, { account }) => [
    block
      ? call('s3control', 'PutPublicAccessBlock', {
          AccountId: account,
          PublicAccessBlockConfiguration: block,
        })
      : call('s3control', 'DeletePublicAccessBlock', { AccountId: account }),
  ],
})
