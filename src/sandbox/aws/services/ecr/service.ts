import * as Ecr from '@aws-sdk/client-ecr'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation, type Service } from '../../wire/service.ts'
import type { RepositoryEstate } from './state.ts'

export const ecr: Service = {
  name: 'ecr',
  signing: 'ecr',
  protocol: 'json-1.1',
  xmlNamespace: '',
  operations: [
    operation(Ecr.DescribeRepositories$, (input: Ecr.DescribeRepositoriesRequest, call) => {
      const { repositories } = call.state.ecr(call.region)
      const wanted = input.repositoryNames?.length
        ? input.repositoryNames.map(name => find(call, name))
        : repositories
      const { items, next } = page(call, wanted, input.nextToken, input.maxResults)
      return {
        repositories: items.map(({ policy: _, tags: __, ...one }) => ({
          imageScanningConfiguration: { scanOnPush: false },
          registryId: call.state.account,
          ...one,
          repositoryArn: arn(call, one),
        })),
        nextToken: next,
      }
    }),
    ofRepository(
      Ecr.PutImageScanningConfiguration$,
      (one, _call, input: Ecr.PutImageScanningConfigurationRequest) => {
        if (input.imageScanningConfiguration) {
          one.imageScanningConfiguration = input.imageScanningConfiguration
        }
        return {
          repositoryName: one.repositoryName,
          imageScanningConfiguration: one.imageScanningConfiguration,
        }
      },
    ),
    ofRepository(Ecr.GetRepositoryPolicy$, one => ({
      repositoryName: one.repositoryName,
      policyText: policyOf(one),
    })),
    ofRepository(Ecr.SetRepositoryPolicy$, (one, _call, input: Ecr.SetRepositoryPolicyRequest) => {
      one.policy = input.policyText ?? ''
      return { policyText: one.policy }
    }),
    ofRepository(Ecr.DeleteRepositoryPolicy$, one => {
      const policyText = policyOf(one)
      delete one.policy
      return { policyText }
    }),
    operation(Ecr.ListTagsForResource$, (input: Ecr.ListTagsForResourceRequest, call) => ({
      tags: find(call, input.resourceArn?.split(':repository/').at(-1)).tags ?? [],
    })),
  ],
}

function ofRepository<Input extends { readonly repositoryName?: string | undefined }>(
  schema: Operation['schema'],
  answer: (one: RepositoryEstate, call: Call, input: Input) => unknown,
): Operation {
  return operation(schema, (input: Input, call) =>
    answer(find(call, input.repositoryName), call, input),
  )
}

function find(call: Call, name: string | undefined): RepositoryEstate {
  const found = call.state.ecr(call.region).repositories.find(one => one.repositoryName === name)
  if (found) return found
  throw new ApiError(
    'RepositoryNotFoundException',
    400,
    `The repository with name '${name}' does not exist`,
  )
}

function policyOf({ policy }: RepositoryEstate): string {
  if (policy !== undefined) return policy
  throw new ApiError('RepositoryPolicyNotFoundException', 400, 'Repository policy does not exist')
}

function arn(
  { state, region }: Call,
  one: { readonly repositoryName?: string | undefined },
): string {
  return `arn:aws:ecr:${region}:${state.account}:repository/${one.repositoryName}`
}
