import * as Ec2 from '@aws-sdk/client-ec2'
import type { Call } from '../../call.ts'
import { type Operation, operation } from '../../wire/service.ts'
import type { Ec2Defaults } from './state.ts'

/** What a region decides for all that is made in it: reads and writes. */
export const defaults: readonly Operation[] = [
  row(Ec2.GetEbsEncryptionByDefault$, of => ({
    EbsEncryptionByDefault: of.EbsEncryptionByDefault,
  })),
  row(Ec2.EnableEbsEncryptionByDefault$, of => {
    of.EbsEncryptionByDefault = true
    return { EbsEncryptionByDefault: true }
  }),
  row(Ec2.DisableEbsEncryptionByDefault$, of => {
    of.EbsEncryptionByDefault = false
    return { EbsEncryptionByDefault: false }
  }),
  row(Ec2.GetEbsDefaultKmsKeyId$, of => ({ KmsKeyId: of.EbsDefaultKmsKeyId })),
  row(Ec2.ModifyEbsDefaultKmsKeyId$, (of, input: Ec2.ModifyEbsDefaultKmsKeyIdRequest) => {
    of.EbsDefaultKmsKeyId = input.KmsKeyId ?? ''
    return { KmsKeyId: input.KmsKeyId }
  }),
  row(Ec2.GetSnapshotBlockPublicAccessState$, of => ({ State: of.SnapshotBlockPublicAccess })),
  row(
    Ec2.EnableSnapshotBlockPublicAccess$,
    (of, input: Ec2.EnableSnapshotBlockPublicAccessRequest) => {
      if (input.State) of.SnapshotBlockPublicAccess = input.State
      return { State: of.SnapshotBlockPublicAccess }
    },
  ),
  row(Ec2.DisableSnapshotBlockPublicAccess$, of => {
    of.SnapshotBlockPublicAccess = 'unblocked'
    return { State: 'unblocked' }
  }),
  row(Ec2.GetImageBlockPublicAccessState$, of => ({
    ImageBlockPublicAccessState: of.ImageBlockPublicAccess,
  })),
  row(Ec2.EnableImageBlockPublicAccess$, of => {
    of.ImageBlockPublicAccess = 'block-new-sharing'
    return { ImageBlockPublicAccessState: 'block-new-sharing' }
  }),
  row(Ec2.DisableImageBlockPublicAccess$, of => {
    of.ImageBlockPublicAccess = 'unblocked'
    return { ImageBlockPublicAccessState: 'unblocked' }
  }),
  row(Ec2.GetInstanceMetadataDefaults$, of => ({ AccountLevel: of.InstanceMetadataDefaults })),
  row(
    Ec2.ModifyInstanceMetadataDefaults$,
    (of, input: Ec2.ModifyInstanceMetadataDefaultsRequest) => {
      of.InstanceMetadataDefaults = merged(of.InstanceMetadataDefaults, input)
      return { Return: true }
    },
  ),
  operation(
    Ec2.DescribeVpcBlockPublicAccessOptions$,
    (_input: object, { state, region }): Ec2.DescribeVpcBlockPublicAccessOptionsResult => ({
      VpcBlockPublicAccessOptions: {
        AwsAccountId: state.account,
        AwsRegion: region,
        State: 'default-state',
        InternetGatewayBlockMode: state.ec2(region).defaults.InternetGatewayBlockMode,
      },
    }),
  ),
  row(Ec2.GetSerialConsoleAccessStatus$, of => ({
    SerialConsoleAccessEnabled: of.SerialConsoleAccessEnabled,
  })),
]

function row<Input>(
  schema: Operation['schema'],
  answer: (of: Ec2Defaults, input: Input) => object,
): Operation {
  return operation(schema, (input: Input, { state, region }: Call) =>
    answer(state.ec2(region).defaults, input),
  )
}

/** `no-preference` and -1 take a preference back. */
function merged(
  before: Ec2.InstanceMetadataDefaultsResponse,
  {
    HttpTokens,
    HttpEndpoint,
    HttpPutResponseHopLimit,
    InstanceMetadataTags,
  }: Ec2.ModifyInstanceMetadataDefaultsRequest,
): Ec2.InstanceMetadataDefaultsResponse {
  const all = {
    ...before,
    ...defined({ HttpTokens, HttpEndpoint, HttpPutResponseHopLimit, InstanceMetadataTags }),
  }
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== 'no-preference' && value !== -1),
  )
}

export function defined<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Partial<T>
}
