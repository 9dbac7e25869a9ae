import {
  type AccessPoint,
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetMultiRegionAccessPointPolicyCommand,
  GetPublicAccessBlockCommand,
  ListAccessPointsCommand,
  ListMultiRegionAccessPointsCommand,
  type MultiRegionAccessPointReport,
  S3ControlClient,
} from '@aws-sdk/client-s3-control'
import type { EndpointV2 } from '@smithy/types'
import type { Service } from '../../clouds/aws/session.ts'
import { only, reader } from './read.ts'
import { detail, type Listing, type Place, type Row, row } from './row.ts'
import { publicAccessBlockOf } from './s3-shapes.ts'

/** Its actions are S3's in IAM. */
const service: Service = {
  name: 's3',
  client(config) {
    const client = new S3ControlClient(config)
    const { endpointProvider } = client.config
    // The account stands in front of AWS's host names; another endpoint may have none to put it in front of.
    client.config.endpointProvider = (parameters, context): EndpointV2 =>
      parameters.Endpoint === undefined
        ? endpointProvider(parameters, context)
        : { url: new URL(parameters.Endpoint) }
    return client
  },
}
const s3 = reader(service, { ask: 'NextToken', answer: 'NextToken' })

const accountBlock = s3.one(
  GetPublicAccessBlockCommand,
  (_: undefined, at: Place) => ({ AccountId: at.account }),
  {
    permission: 's3:GetAccountPublicAccessBlock',
    absent: ['NoSuchPublicAccessBlockConfiguration'],
  },
)

const pointOf = ({ Name }: AccessPoint, at: Place) => ({ AccountId: at.account, Name })
const accessPoint = s3.one(GetAccessPointCommand, pointOf)

const multiRegionPoints: Listing<undefined, MultiRegionAccessPointReport> = routed(
  s3.pages(ListMultiRegionAccessPointsCommand, 'AccessPoints', (_: undefined, at: Place) => ({
    AccountId: at.account,
    MaxResults: 1000,
  })),
)

export const rows: readonly Row[] = [
  row({
    type: 'aws_s3_account_public_access_block',
    service: 's3',
    scope: 'account',
    list: only(accountBlock),
    id: (_, at) => `arn:${at.partition}:s3:::account/${at.account}`,
    set: {
      id: (_answer, _of, at) => at.account,
      account_id: (_answer, _of, at) => at.account,
      block_public_acls: answer => blockOf(answer).block_public_acls,
      block_public_policy: answer => blockOf(answer).block_public_policy,
      ignore_public_acls: answer => blockOf(answer).ignore_public_acls,
      restrict_public_buckets: answer => blockOf(answer).restrict_public_buckets,
    },
  }),
  row({
    type: 'aws_s3_access_point',
    service: 's3',
    scope: 'region',
    list: s3.pages(ListAccessPointsCommand, 'AccessPointList', (_: undefined, at: Place) => ({
      AccountId: at.account,
      MaxResults: 1000,
    })),
    id: point => String(point.AccessPointArn),
    set: {
      name: 'Name',
      arn: 'AccessPointArn',
      id: 'AccessPointArn',
      alias: 'Alias',
      bucket: 'Bucket',
      bucket_account_id: 'BucketAccountId',
      network_origin: 'NetworkOrigin',
      account_id: (_point, _of, at) => at.account,
      vpc_configuration: ({ VpcConfiguration }) =>
        VpcConfiguration && { vpc_id: VpcConfiguration.VpcId },
    },
    details: [
      detail(accessPoint, {
        public_access_block_configuration: answer =>
          publicAccessBlockOf(answer?.PublicAccessBlockConfiguration),
      }),
      detail(
        s3.one(GetAccessPointPolicyCommand, pointOf, { absent: ['NoSuchAccessPointPolicy'] }),
        { policy: answer => answer?.Policy },
      ),
    ],
  }),
  row({
    type: 'aws_s3control_multi_region_access_point',
    service: 's3',
    scope: 'account',
    list: multiRegionPoints,
    id: (point, at) => `arn:${at.partition}:s3::${at.account}:accesspoint/${point.Alias}`,
    set: {
      arn: (point, _, at) => `arn:${at.partition}:s3::${at.account}:accesspoint/${point.Alias}`,
      alias: 'Alias',
      status: 'Status',
      account_id: (_point, _of, at) => at.account,
      details: ({ Name, PublicAccessBlock, Regions }) => ({
        name: Name,
        public_access_block: publicAccessBlockOf(PublicAccessBlock),
        region: (Regions ?? []).map(({ Bucket, BucketAccountId, Region }) => ({
          bucket: Bucket,
          bucket_account_id: BucketAccountId,
          region: Region,
        })),
      }),
    },
    details: [
      detail(
        {
          permissions: ['s3:GetMultiRegionAccessPointPolicy'],
          run: ({ account, ...at }, { Name }: MultiRegionAccessPointReport) =>
            at
              .in(home)
              .call(service, GetMultiRegionAccessPointPolicyCommand, { AccountId: account, Name }),
        },
        { policy: answer => answer.Policy?.Established?.Policy },
      ),
    ],
  }),
]

/** Multi-region access points are managed in one region, wherever they lead: docs of S3 Control. */
const home = 'us-west-2'

function routed<Item>(listing: Listing<undefined, Item>): Listing<undefined, Item> {
  return { ...listing, pages: at => listing.pages(at.in(home), undefined) }
}

function blockOf(answer: { PublicAccessBlockConfiguration?: object | undefined } | null) {
  return publicAccessBlockOf(answer?.PublicAccessBlockConfiguration)
}
