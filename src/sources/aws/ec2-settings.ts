import {
  DescribeVpcBlockPublicAccessOptionsCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSerialConsoleAccessStatusCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2'
import { ec2 } from './ec2-client.ts'
import { only } from './read.ts'
import { type Listing, type Place, type Row, row, type Sources } from './row.ts'

const nothing = () => ({})

/** What an account has set for a region: always there, with the value in effect. */
export const rows: readonly Row[] = [
  setting(
    'aws_ebs_encryption_by_default',
    only(ec2.one(GetEbsEncryptionByDefaultCommand, nothing)),
    {
      enabled: answer => answer?.EbsEncryptionByDefault ?? false,
    },
  ),
  setting('aws_ebs_default_kms_key', only(ec2.one(GetEbsDefaultKmsKeyIdCommand, nothing)), {
    key_arn: answer => answer?.KmsKeyId,
  }),
  setting(
    'aws_ebs_snapshot_block_public_access',
    only(ec2.one(GetSnapshotBlockPublicAccessStateCommand, nothing)),
    { state: answer => answer?.State },
  ),
  setting(
    'aws_ec2_image_block_public_access',
    only(ec2.one(GetImageBlockPublicAccessStateCommand, nothing)),
    { state: answer => answer?.ImageBlockPublicAccessState },
  ),
  setting(
    'aws_ec2_instance_metadata_defaults',
    only(ec2.one(GetInstanceMetadataDefaultsCommand, nothing)),
    {
      http_endpoint: answer => answer?.AccountLevel?.HttpEndpoint ?? 'no-preference',
      http_put_response_hop_limit: answer => answer?.AccountLevel?.HttpPutResponseHopLimit,
      http_tokens: answer => answer?.AccountLevel?.HttpTokens ?? 'no-preference',
      instance_metadata_tags: answer =>
        answer?.AccountLevel?.InstanceMetadataTags ?? 'no-preference',
    },
  ),
  setting(
    'aws_ec2_serial_console_access',
    only(ec2.one(GetSerialConsoleAccessStatusCommand, nothing)),
    { enabled: answer => answer?.SerialConsoleAccessEnabled ?? false },
  ),
  setting(
    'aws_vpc_block_public_access_options',
    only(ec2.one(DescribeVpcBlockPublicAccessOptionsCommand, nothing)),
    {
      aws_account_id: answer => answer?.VpcBlockPublicAccessOptions?.AwsAccountId,
      aws_region: answer => answer?.VpcBlockPublicAccessOptions?.AwsRegion,
      internet_gateway_block_mode: answer =>
        answer?.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode ?? 'off',
    },
  ),
]

function setting<Answer>(
  type: string,
  list: Listing<undefined, Answer>,
  set: Sources<Answer, undefined>,
): Row {
  const place = (_answer: Answer, _of: undefined, at: Place) => `${at.account}/${at.region}`
  return row({
    type,
    service: 'ec2',
    scope: 'region',
    list,
    id: (_, at) => `${at.account}/${at.region}`,
    set: { id: place, ...set },
  })
}
