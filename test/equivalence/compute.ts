import { account, type Pair, region } from './pair.ts'

const group = 'sg-0a1b2c3d4e5f60718'
const subnet = 'subnet-0a1b2c3d4e5f60718'

export const pairs: readonly Pair[] = [
  {
    type: 'aws_instance',
    code: `resource "aws_instance" "a" {
      ami                         = "ami-0a1b2c3d4e5f60718"
      instance_type               = "t3.small"
      subnet_id                   = "${subnet}"
      vpc_security_group_ids      = ["${group}"]
      associate_public_ip_address = true
      iam_instance_profile        = "app"
      key_name                    = "ops"
      monitoring                  = true
      user_data                   = "#!/bin/sh\\necho hello"
      tags                        = { Name = "web" }
      metadata_options {
        http_tokens   = "required"
        http_endpoint = "enabled"
      }
      root_block_device {
        encrypted = true
      }
    }`,
    estate: {
      ec2: {
        [region]: {
          Instances: [
            {
              InstanceId: 'i-0a1b2c3d4e5f60718',
              ImageId: 'ami-0a1b2c3d4e5f60718',
              InstanceType: 't3.small',
              LaunchTime: new Date('2025-01-01T00:00:00Z'),
              State: { Name: 'running', Code: 16 },
              SubnetId: subnet,
              VpcId: 'vpc-0a1b2c3d4e5f60718',
              SecurityGroups: [{ GroupId: group, GroupName: 'web' }],
              PublicIpAddress: '203.0.113.7',
              IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/app` },
              KeyName: 'ops',
              Monitoring: { State: 'enabled' },
              SourceDestCheck: true,
              EbsOptimized: false,
              Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default' },
              MetadataOptions: {
                State: 'applied',
                HttpTokens: 'required',
                HttpEndpoint: 'enabled',
                HttpPutResponseHopLimit: 1,
                HttpProtocolIpv6: 'disabled',
                InstanceMetadataTags: 'disabled',
              },
              NetworkInterfaces: [
                {
                  NetworkInterfaceId: 'eni-0a1b2c3d4e5f60718',
                  SubnetId: subnet,
                  Attachment: { DeviceIndex: 0, DeleteOnTermination: true },
                  Association: { PublicIp: '203.0.113.7' },
                  Groups: [{ GroupId: group, GroupName: 'web' }],
                },
              ],
              RootDeviceName: '/dev/xvda',
              RootDeviceType: 'ebs',
              VirtualizationType: 'hvm',
              BlockDeviceMappings: [
                {
                  DeviceName: '/dev/xvda',
                  Ebs: { VolumeId: 'vol-0a1b2c3d4e5f60718', DeleteOnTermination: true },
                },
              ],
              UserData: '#!/bin/sh\necho hello',
              DisableApiTermination: false,
              Tags: [{ Key: 'Name', Value: 'web' }],
            },
          ],
          Volumes: [
            {
              VolumeId: 'vol-0a1b2c3d4e5f60718',
              Size: 8,
              VolumeType: 'gp3',
              Encrypted: true,
              Attachments: [{ InstanceId: 'i-0a1b2c3d4e5f60718', Device: '/dev/xvda' }],
            },
          ],
        },
      },
    },
    // A running instance has the interface that AWS made for it too.
    apart: 'network_interface',
    proves: `ami instance_type subnet_id vpc_security_group_ids associate_public_ip_address iam_instance_profile key_name
      monitoring metadata_options root_block_device ebs_block_device source_dest_check tenancy tags tags_all`,
  },
  {
    type: 'aws_launch_template',
    code: `resource "aws_launch_template" "a" {
      name          = "web"
      image_id      = "ami-0a1b2c3d4e5f60718"
      instance_type = "t3.small"
      metadata_options {
        http_tokens = "required"
      }
      network_interfaces {
        device_index                = 0
        associate_public_ip_address = false
        security_groups             = ["${group}"]
      }
    }`,
    estate: {
      ec2: {
        [region]: {
          LaunchTemplates: [
            {
              LaunchTemplateId: 'lt-0a1b2c3d4e5f60718',
              LaunchTemplateName: 'web',
              DefaultVersionNumber: 1,
              LatestVersionNumber: 1,
              Tags: [],
            },
          ],
          LaunchTemplateVersions: [
            {
              LaunchTemplateId: 'lt-0a1b2c3d4e5f60718',
              LaunchTemplateName: 'web',
              VersionNumber: 1,
              DefaultVersion: true,
              LaunchTemplateData: {
                ImageId: 'ami-0a1b2c3d4e5f60718',
                InstanceType: 't3.small',
                MetadataOptions: { HttpTokens: 'required' },
                NetworkInterfaces: [
                  { DeviceIndex: 0, AssociatePublicIpAddress: false, Groups: [group] },
                ],
              },
            },
          ],
        },
      },
    },
    proves: 'name image_id instance_type metadata_options network_interfaces tags',
  },
]
