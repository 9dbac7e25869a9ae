import {
  AutoScalingClient,
  DescribeLaunchConfigurationsCommand,
  type LaunchConfiguration,
} from '@aws-sdk/client-auto-scaling'
import type { Service } from '../../clouds/aws/session.ts'
import { reader } from './read.ts'
import { type Row, row } from './row.ts'
import { decodedText } from './text.ts'

const service: Service = { name: 'autoscaling', client: config => new AutoScalingClient(config) }
const autoscaling = reader(service, { ask: 'NextToken', answer: 'NextToken' })

export const rows: readonly Row[] = [
  row({
    type: 'aws_launch_configuration',
    service: 'autoscaling',
    scope: 'region',
    list: autoscaling.pages(DescribeLaunchConfigurationsCommand, 'LaunchConfigurations', () => ({
      MaxRecords: 100,
    })),
    id: ({ LaunchConfigurationARN }) => String(LaunchConfigurationARN),
    set: {
      id: 'LaunchConfigurationName',
      arn: 'LaunchConfigurationARN',
      associate_public_ip_address: 'AssociatePublicIpAddress',
      ebs_block_device: disksOf,
      ebs_optimized: ({ EbsOptimized }) => EbsOptimized ?? false,
      enable_monitoring: ({ InstanceMonitoring }) => InstanceMonitoring?.Enabled ?? true,
      iam_instance_profile: 'IamInstanceProfile',
      image_id: 'ImageId',
      instance_type: 'InstanceType',
      key_name: ({ KeyName }) => KeyName || null,
      metadata_options: ({ MetadataOptions: options }) =>
        options && {
          http_endpoint: options.HttpEndpoint,
          http_put_response_hop_limit: options.HttpPutResponseHopLimit,
          http_tokens: options.HttpTokens,
        },
      name: 'LaunchConfigurationName',
      placement_tenancy: 'PlacementTenancy',
      // Which disk is the root its image alone knows; all of them are among the others here.
      root_block_device: () => null,
      security_groups: ({ SecurityGroups = [] }) => SecurityGroups,
      spot_price: 'SpotPrice',
      user_data: ({ UserData }) => decodedText(UserData).text,
      user_data_base64: ({ UserData }) => decodedText(UserData).base64,
    },
  }),
]

function disksOf({ BlockDeviceMappings = [] }: LaunchConfiguration): readonly object[] {
  return BlockDeviceMappings.flatMap(({ DeviceName, Ebs, NoDevice }) =>
    Ebs === undefined
      ? []
      : [
          {
            device_name: DeviceName,
            delete_on_termination: Ebs.DeleteOnTermination ?? true,
            encrypted: Ebs.Encrypted ?? false,
            iops: Ebs.Iops,
            no_device: NoDevice ?? false,
            snapshot_id: Ebs.SnapshotId,
            throughput: Ebs.Throughput,
            volume_size: Ebs.VolumeSize,
            volume_type: Ebs.VolumeType,
          },
        ],
  )
}
