import {
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type LaunchTemplate,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2'
import { arnOf } from './arn.ts'
import { ec2 } from './ec2-client.ts'
import { detail, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const templates = ec2.pages(DescribeLaunchTemplatesCommand, 'LaunchTemplates', () => ({
  MaxResults: 200,
}))
/** Terraform's attributes are those of the newest version. */
const newest = ec2.one(
  DescribeLaunchTemplateVersionsCommand,
  ({ LaunchTemplateId }: LaunchTemplate) => ({ LaunchTemplateId, Versions: ['$Latest'] }),
)

type Data = ResponseLaunchTemplateData

export const rows: readonly Row[] = [
  row({
    type: 'aws_launch_template',
    service: 'ec2',
    scope: 'region',
    list: templates,
    id: ({ LaunchTemplateId }, at) => arnOf(at, 'ec2', `launch-template/${LaunchTemplateId}`),
    set: {
      id: 'LaunchTemplateId',
      arn: ({ LaunchTemplateId }, _, at) => arnOf(at, 'ec2', `launch-template/${LaunchTemplateId}`),
      default_version: 'DefaultVersionNumber',
      latest_version: 'LatestVersionNumber',
      name: 'LaunchTemplateName',
      tags: ({ Tags }) => tagsOf(Tags),
    },
    details: [
      detail(newest, {
        block_device_mappings: ofData(({ BlockDeviceMappings = [] }) =>
          BlockDeviceMappings.map(({ DeviceName, Ebs, NoDevice, VirtualName }) => ({
            device_name: DeviceName,
            no_device: NoDevice,
            virtual_name: VirtualName,
            ebs: Ebs && {
              delete_on_termination: Ebs.DeleteOnTermination,
              encrypted: Ebs.Encrypted,
              iops: Ebs.Iops,
              kms_key_id: Ebs.KmsKeyId,
              snapshot_id: Ebs.SnapshotId,
              throughput: Ebs.Throughput,
              volume_size: Ebs.VolumeSize,
              volume_type: Ebs.VolumeType,
            },
          })),
        ),
        description: answer => answer?.LaunchTemplateVersions?.[0]?.VersionDescription,
        disable_api_stop: ofData(data => data.DisableApiStop ?? false),
        disable_api_termination: ofData(data => data.DisableApiTermination ?? false),
        ebs_optimized: ofData(data => data.EbsOptimized),
        enclave_options: ofData(
          data => data.EnclaveOptions && { enabled: data.EnclaveOptions.Enabled ?? false },
        ),
        iam_instance_profile: ofData(
          ({ IamInstanceProfile: profile }) => profile && { arn: profile.Arn, name: profile.Name },
        ),
        image_id: ofData(data => data.ImageId),
        instance_type: ofData(data => data.InstanceType),
        key_name: ofData(data => data.KeyName),
        metadata_options: ofData(
          ({ MetadataOptions: options }) =>
            options && {
              http_endpoint: options.HttpEndpoint,
              http_protocol_ipv6: options.HttpProtocolIpv6,
              http_put_response_hop_limit: options.HttpPutResponseHopLimit,
              http_tokens: options.HttpTokens,
              instance_metadata_tags: options.InstanceMetadataTags,
            },
        ),
        monitoring: ofData(
          data => data.Monitoring && { enabled: data.Monitoring.Enabled ?? false },
        ),
        network_interfaces: ofData(({ NetworkInterfaces = [] }) =>
          NetworkInterfaces.map(each => ({
            associate_public_ip_address: each.AssociatePublicIpAddress,
            delete_on_termination: each.DeleteOnTermination,
            description: each.Description,
            device_index: each.DeviceIndex,
            interface_type: each.InterfaceType,
            network_interface_id: each.NetworkInterfaceId,
            private_ip_address: each.PrivateIpAddress,
            security_groups: each.Groups ?? [],
            subnet_id: each.SubnetId,
          })),
        ),
        security_group_names: ofData(data => data.SecurityGroups ?? []),
        // As it is declared: in base64.
        user_data: ofData(data => data.UserData),
        vpc_security_group_ids: ofData(data => data.SecurityGroupIds ?? []),
      }),
    ],
  }),
]

function ofData(value: (data: Data) => unknown) {
  return (
    answer: {
      LaunchTemplateVersions?: readonly { LaunchTemplateData?: Data | undefined }[] | undefined
    } | null,
  ) => value(answer?.LaunchTemplateVersions?.[0]?.LaunchTemplateData ?? {})
}
