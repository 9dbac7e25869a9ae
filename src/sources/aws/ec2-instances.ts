import {
  DescribeImagesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  type Instance,
  type InstanceAttributeName,
} from '@aws-sdk/client-ec2'
import { arnOf } from './arn.ts'
import { ec2 } from './ec2-client.ts'
import { disksOf, volumesByInstance } from './ec2-disks.ts'
import { keyed, mapped } from './read.ts'
import { detail, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'
import { decodedText } from './text.ts'

const reservations = ec2.pages(DescribeInstancesCommand, 'Reservations', () => ({
  MaxResults: 1000,
}))
/** A terminated instance stays in the list for an hour and runs nothing. */
const instances = mapped(reservations, page =>
  page
    .flatMap(reservation => reservation.Instances ?? [])
    .filter(({ State }) => State?.Name !== 'terminated' && State?.Name !== 'shutting-down'),
)

const attribute = (Attribute: InstanceAttributeName) =>
  ec2.one(DescribeInstanceAttributeCommand, ({ InstanceId }: Instance) => ({
    InstanceId,
    Attribute,
  }))

const image = keyed(
  ec2.one(
    DescribeImagesCommand,
    ({ ImageId }: Instance) => ({ ImageIds: [ImageId ?? ''], IncludeDeprecated: true }),
    { absent: ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'] },
  ),
  ({ ImageId }) => ImageId ?? '',
)

export const rows: readonly Row[] = [
  row({
    type: 'aws_instance',
    service: 'ec2',
    scope: 'region',
    list: instances,
    id: ({ InstanceId }, at) => arnOf(at, 'ec2', `instance/${InstanceId}`),
    set: {
      id: 'InstanceId',
      arn: ({ InstanceId }, _, at) => arnOf(at, 'ec2', `instance/${InstanceId}`),
      ami: 'ImageId',
      associate_public_ip_address: ({ NetworkInterfaces = [] }) =>
        NetworkInterfaces.some(({ Association }) => Association?.PublicIp !== undefined),
      availability_zone: ({ Placement }) => Placement?.AvailabilityZone,
      ebs_optimized: 'EbsOptimized',
      enclave_options: ({ EnclaveOptions }) =>
        EnclaveOptions && { enabled: EnclaveOptions.Enabled ?? false },
      hibernation: ({ HibernationOptions }) => HibernationOptions?.Configured ?? false,
      host_id: ({ Placement }) => Placement?.HostId,
      iam_instance_profile: ({ IamInstanceProfile }) => IamInstanceProfile?.Arn?.split('/').at(-1),
      instance_lifecycle: 'InstanceLifecycle',
      instance_state: ({ State }) => State?.Name,
      instance_type: 'InstanceType',
      ipv6_addresses: ({ NetworkInterfaces = [] }) =>
        NetworkInterfaces.flatMap(each => each.Ipv6Addresses ?? []).map(each => each.Ipv6Address),
      key_name: 'KeyName',
      launch_template: () => null,
      launch_time: 'LaunchTime',
      metadata_options: ({ MetadataOptions }) =>
        MetadataOptions && {
          http_endpoint: MetadataOptions.HttpEndpoint,
          http_protocol_ipv6: MetadataOptions.HttpProtocolIpv6,
          http_put_response_hop_limit: MetadataOptions.HttpPutResponseHopLimit,
          http_tokens: MetadataOptions.HttpTokens,
          instance_metadata_tags: MetadataOptions.InstanceMetadataTags,
        },
      monitoring: ({ Monitoring }) => /^(enabled|pending)$/.test(Monitoring?.State ?? ''),
      network_interface: ({ NetworkInterfaces = [] }) =>
        NetworkInterfaces.map(({ Attachment, NetworkInterfaceId }) => ({
          delete_on_termination: Attachment?.DeleteOnTermination ?? false,
          device_index: Attachment?.DeviceIndex,
          network_card_index: Attachment?.NetworkCardIndex ?? 0,
          network_interface_id: NetworkInterfaceId,
        })),
      outpost_arn: 'OutpostArn',
      placement_group: ({ Placement }) => Placement?.GroupName || null,
      primary_network_interface_id: ({ NetworkInterfaces = [] }) =>
        NetworkInterfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 0)
          ?.NetworkInterfaceId,
      private_dns: 'PrivateDnsName',
      private_ip: 'PrivateIpAddress',
      public_dns: 'PublicDnsName',
      public_ip: 'PublicIpAddress',
      // Names, which only EC2-Classic had.
      security_groups: () => [],
      source_dest_check: 'SourceDestCheck',
      state_transition_time: ({ StateTransitionReason }) => momentIn(StateTransitionReason),
      subnet_id: 'SubnetId',
      tags: ({ Tags }) => tagsOf(Tags),
      tenancy: ({ Placement }) => Placement?.Tenancy,
      virtualization_type: 'VirtualizationType',
      vpc_security_group_ids: ({ SecurityGroups = [] }) => SecurityGroups.map(each => each.GroupId),
    },
    details: [
      detail(volumesByInstance, {
        root_block_device: (volumes, instance) => disksOf(volumes, instance).root,
        ebs_block_device: (volumes, instance) => disksOf(volumes, instance).others,
      }),
      detail(attribute('userData'), {
        user_data: answer => decodedText(answer?.UserData?.Value).text,
        user_data_base64: answer => decodedText(answer?.UserData?.Value).base64,
      }),
      detail(attribute('disableApiTermination'), {
        disable_api_termination: answer => answer?.DisableApiTermination?.Value ?? false,
      }),
      detail(attribute('disableApiStop'), {
        disable_api_stop: answer => answer?.DisableApiStop?.Value ?? false,
      }),
      detail(attribute('instanceInitiatedShutdownBehavior'), {
        instance_initiated_shutdown_behavior: answer =>
          answer?.InstanceInitiatedShutdownBehavior?.Value,
      }),
      detail(image, {
        ami_deprecation_time: answer => answer?.Images?.[0]?.DeprecationTime,
      }),
    ],
  }),
]

/** `User initiated (2024-05-01 10:00:00 GMT)`. */
function momentIn(reason: string | undefined): string | null {
  const [, day, time] =
    /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:GMT|UTC)\)/.exec(reason ?? '') ?? []
  return day === undefined ? null : `${day}T${time}Z`
}
