import { action, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { tagsOf } from './tags.ts'

interface Key {
  readonly id: string
  readonly status: string
  readonly created: string
  readonly used: string | null
}

interface State {
  readonly keys: readonly (Key & { readonly isStale: boolean })[]
}

const days = 90

/** Deactivates keys that nobody has used for a quarter; they can be activated again. */
export const iamAccessKeyStale = action<State>({
  id: 'iam_access_key_stale',
  title: 'Deactivate the user’s access keys that are not used',
  mends: ['iam_user_accesskey_unused'],
  maybe: ['iam_rotate_access_key_90_days', 'iam_user_no_setup_initial_access_key'],
  blast: 'B2',
  mode: 'auto',
  scope: 'resource',
  arn: /^arn:aws[\w-]*:iam::\d{12}:user\/(?:[\w./-]*\/)?(?<name>[\w+=,.@-]+)$/,
  permissions: {
    read: ['iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed', 'iam:GetUser', 'iam:ListUsers'],
    write: ['iam:UpdateAccessKey'],
    undo: ['iam:UpdateAccessKey'],
  },
  read: (cloud, target, _, now) =>
    ifThere(['NoSuchEntity', 'NoSuchEntityException'], async () => {
      const keys = await readKeys(cloud, target)
      return { keys: keys.map(key => ({ ...key, isStale: isStale(key, now) })) }
    }),
  isGood: ({ keys }) => !keys.some(key => key.isStale),
  holds: async (_, __, { keys }) =>
    keys
      .filter(key => key.isStale && key.used !== null)
      .map(key => `the key ${key.id} was used last on ${key.used?.slice(0, 10)}`),
  mend: ({ keys }, { name }) =>
    keys.filter(key => key.isStale).map(key => setStatus(name, key.id, 'Inactive')),
  undo: (before, now, { name }) =>
    before.keys
      .filter(key => key.status === 'Active')
      .filter(key => now.keys.some(each => each.id === key.id && each.status !== 'Active'))
      .map(key => setStatus(name, key.id, 'Active')),
  comparable: ({ keys }) => keys.map(({ id, status }) => ({ id, status })),
  tags: async (cloud, { name }) => {
    const { User } = await cloud.ask('iam', 'GetUser', { UserName: name })
    return tagsOf(given(User, 'User').Tags)
  },
  population: async cloud => {
    const all = await pages(
      Marker => cloud.ask('iam', 'ListUsers', { Marker }),
      page => given(page.Users, 'Users'),
      page => (page.IsTruncated ? page.Marker : undefined),
    )
    return all.length
  },
})

async function readKeys(cloud: Cloud, { name }: Target): Promise<readonly Key[]> {
  const listed = await pages(
    Marker => cloud.ask('iam', 'ListAccessKeys', { UserName: name, Marker }),
    page => given(page.AccessKeyMetadata, 'AccessKeyMetadata'),
    page => (page.IsTruncated ? page.Marker : undefined),
  )
  const keys: Key[] = []
  for (const { AccessKeyId, Status, CreateDate } of listed) {
    const id = given(AccessKeyId, 'AccessKeyId')
    const { AccessKeyLastUsed } = await cloud.ask('iam', 'GetAccessKeyLastUsed', {
      AccessKeyId: id,
    })
    keys.push({
      id,
      status: given(Status, 'Status'),
      created: given(CreateDate, 'CreateDate').toISOString(),
      used: given(AccessKeyLastUsed, 'AccessKeyLastUsed').LastUsedDate?.toISOString() ?? null,
    })
  }
  return keys.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function isStale({ status, created, used }: Key, now: Date): boolean {
  return status === 'Active' && now.getTime() - Date.parse(used ?? created) > days * 86_400_000
}

function setStatus(UserName: string, AccessKeyId: string, Status: 'Active' | 'Inactive') {
  return call('iam', 'UpdateAccessKey', { UserName, AccessKeyId, Status })
}
