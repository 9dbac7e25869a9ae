import { action, type Tags, type Target } from '../action.ts'
import { type Cloud, call, given, ifThere, pages } from './cloud.ts'
import { isOpen, policyValue, withoutStrangers } from './policy.ts'
import { tagsOf } from './tags.ts'

const repository = {
  scope: 'resource',
  arn: /^arn:aws[\w-]*:ecr:[\w-]+:\d{12}:repository\/(?<name>[\w./-]+)$/,
  tags: repositoryTags,
} as const

const gone = ['RepositoryNotFoundException']

export const ecrScanOnPush = action<{ readonly on: boolean }>({
  ...repository,
  id: 'ecr_scan_on_push',
  title: 'Scan images when they are pushed',
  mends: ['ecr_repositories_scan_images_on_push_enabled'],
  blast: 'B0',
  mode: 'auto',
  permissions: {
    read: ['ecr:DescribeRepositories', 'ecr:ListTagsForResource'],
    write: ['ecr:PutImageScanningConfiguration'],
    undo: ['ecr:PutImageScanningConfiguration'],
  },
  read: (cloud, target) =>
    ifThere(gone, async () => {
      const { repositories } = await cloud.ask('ecr', 'DescribeRepositories', {
        ...registryOf(target),
        repositoryNames: [target.name],
      })
      const found = given(given(repositories, 'repositories')[0], target.name)
      return { on: found.imageScanningConfiguration?.scanOnPush === true }
    }),
  isGood: ({ on }) => on,
  population: countRepositories,
  mend: (_, target) => [scan(target, true)],
  undo: ({ on }, _, target) => [scan(target, on)],
})

export const ecrPublicPolicy = action<{ readonly policy: string | null }>({
  ...repository,
  id: 'ecr_public_policy',
  title: 'Take the statements that let everybody in out of the repository’s policy',
  mends: ['ecr_repositories_not_publicly_accessible'],
  blast: 'B2',
  mode: 'approve',
  permissions: {
    read: ['ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'],
    write: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'],
    undo: ['ecr:SetRepositoryPolicy'],
  },
  read: (cloud, target) =>
    ifThere(gone, async () => {
      const answer = await cloud.find('ecr', 'GetRepositoryPolicy', name(target), [
        'RepositoryPolicyNotFoundException',
      ])
      return { policy: answer?.policyText ?? null }
    }),
  isGood: ({ policy }) => !isOpen(policy),
  mend: ({ policy }, target) => {
    const policyText = withoutStrangers(policy ?? '')
    return [
      policyText === null
        ? call('ecr', 'DeleteRepositoryPolicy', name(target))
        : call('ecr', 'SetRepositoryPolicy', { ...name(target), policyText }),
    ]
  },
  undo: ({ policy }, _, target) => [
    call('ecr', 'SetRepositoryPolicy', { ...name(target), policyText: policy ?? '' }),
  ],
  comparable: ({ policy }) => policyValue(policy),
})

function registryOf({ account }: Target) {
  return { registryId: account }
}

function name(target: Target) {
  return { ...registryOf(target), repositoryName: target.name }
}

function scan(target: Target, scanOnPush: boolean) {
  return call('ecr', 'PutImageScanningConfiguration', {
    ...name(target),
    imageScanningConfiguration: { scanOnPush },
  })
}

async function repositoryTags(cloud: Cloud, { arn }: Target): Promise<Tags> {
  const { tags } = await cloud.ask('ecr', 'ListTagsForResource', { resourceArn: arn })
  return tagsOf(given(tags, 'tags'))
}

async function countRepositories(cloud: Cloud, target: Target): Promise<number> {
  const all = await pages(
    nextToken => cloud.ask('ecr', 'DescribeRepositories', { ...registryOf(target), nextToken }),
    page => given(page.repositories, 'repositories'),
    page => page.nextToken,
  )
  return all.length
}
