import type { InstanceNetworkInterface, Volume } from '@aws-sdk/client-ec2'
import type { Ec2Estate, Ec2Lists } from '../services/ec2/state.ts'
import { instanceProfileArn } from './iam-roles.ts'
import { account, daysBefore, type Environment, id, keyArn, tags } from './make.ts'
import { subnetId } from './network-parts.ts'
import { groupId } from './security-groups.ts'

type Machine = Ec2Lists['Instances'][number]

export const tokenOnly = {
  State: 'applied',
  HttpTokens: 'required',
  HttpEndpoint: 'enabled',
  HttpPutResponseHopLimit: 1,
  HttpProtocolIpv6: 'disabled',
  InstanceMetadataTags: 'disabled',
} as const
export const anyToken = {
  ...tokenOnly,
  HttpTokens: 'optional',
  HttpPutResponseHopLimit: 2,
} as const

interface Fleet {
  readonly vpc?: string
  readonly subnet?: string
  readonly environment?: Environment
  /** The fleet's own when left out. */
  readonly groups?: readonly string[]
  readonly profile?: string | undefined
  readonly image?: string
  readonly interfaces?: number
  /** Days since the first was started. */
  readonly age?: number
  readonly isPublic?: boolean
  readonly isEncrypted?: boolean
  readonly odd?: Partial<Machine>
}

export interface Made {
  readonly machine: Machine
  readonly volume: Volume
  readonly interfaces: readonly InstanceNetworkInterface[]
}

export function atTheEdge(environment: Environment, groups: readonly string[]) {
  return { vpc: 'staging', subnet: 'public-a', environment, groups, isPublic: true }
}

/** Some machines of one kind, spread over the zones of the network. */
export function fleet(
  now: Date,
  region: string,
  name: string,
  count: number,
  spec: Fleet = {},
): readonly Made[] {
  return Array.from({ length: count }, (_, n) =>
    machine(now, region, count > 1 ? `${name}-${n + 1}` : name, name, n, spec),
  )
}

function machine(
  now: Date,
  region: string,
  name: string,
  kind: string,
  n: number,
  spec: Fleet,
): Made {
  const { vpc = 'production', environment = 'production', groups = [kind], odd = {} } = spec
  const {
    isPublic = false,
    isEncrypted = true,
    image = 'golden-2026',
    interfaces: count = 1,
  } = spec
  const zone = vpc === 'production' ? (['a', 'b', 'c'][n % 3] ?? 'a') : 'a'
  const SubnetId = subnetId(region, vpc, spec.subnet ?? `private-${zone}`)
  const profile =
    'profile' in spec ? spec.profile : environment === 'staging' ? 'staging-app' : kind
  const InstanceId = id('i', region, name)
  const VpcId = id('vpc', region, vpc)
  const SecurityGroups = groups.map(group => ({
    GroupId: groupId(region, group),
    GroupName: group,
  }))
  const LaunchTime = daysBefore(now, (spec.age ?? 40) + n)
  const PublicIpAddress = `203.0.113.${100 + ((name.length * 7 + n) % 150)}`
  const interfaces = Array.from({ length: count }, (_, index) => ({
    NetworkInterfaceId: id('eni', region, name, index),
    InterfaceType: 'interface',
    SubnetId,
    VpcId,
    OwnerId: account,
    Status: 'in-use' as const,
    Description: '',
    PrivateIpAddress: `10.0.${n}.${10 + index}`,
    SourceDestCheck: true,
    Groups: SecurityGroups,
    Attachment: {
      AttachmentId: id('eni-attach', region, name, index),
      DeviceIndex: index,
      DeleteOnTermination: true,
      Status: 'attached' as const,
    },
    ...(isPublic &&
      index === 0 && { Association: { PublicIp: PublicIpAddress, IpOwnerId: 'amazon' } }),
  }))
  const VolumeId = id('vol', region, name)
  return {
    interfaces,
    volume: {
      VolumeId,
      Size: 30,
      VolumeType: 'gp3',
      Iops: 3000,
      Throughput: 125,
      State: 'in-use',
      CreateTime: LaunchTime,
      AvailabilityZone: `${region}${zone}`,
      Encrypted: isEncrypted,
      ...(isEncrypted && { KmsKeyId: keyArn(region, 'ebs') }),
      Attachments: [
        {
          InstanceId,
          VolumeId,
          Device: '/dev/xvda',
          State: 'attached',
          AttachTime: LaunchTime,
          DeleteOnTermination: true,
        },
      ],
      Tags: tags(name, environment),
    },
    machine: {
      InstanceId,
      InstanceType: 'm7g.large',
      ImageId: id('ami', region, image),
      Architecture: 'arm64',
      KeyName: 'platform',
      LaunchTime,
      SubnetId,
      VpcId,
      PrivateIpAddress: `10.0.${n}.10`,
      ...(isPublic && { PublicIpAddress }),
      Placement: { AvailabilityZone: `${region}${zone}`, Tenancy: 'default' },
      State: { Code: 16, Name: 'running' },
      VirtualizationType: 'hvm',
      RootDeviceName: '/dev/xvda',
      RootDeviceType: 'ebs',
      EbsOptimized: true,
      SourceDestCheck: true,
      Monitoring: { State: 'enabled' },
      MetadataOptions: tokenOnly,
      EnclaveOptions: { Enabled: false },
      SecurityGroups,
      NetworkInterfaces: interfaces,
      BlockDeviceMappings: [
        {
          DeviceName: '/dev/xvda',
          Ebs: { VolumeId, Status: 'attached', AttachTime: LaunchTime, DeleteOnTermination: true },
        },
      ],
      ...(profile && {
        IamInstanceProfile: { Arn: instanceProfileArn(profile), Id: id('AIPA', profile) },
      }),
      Tags: tags(name, environment),
      ...odd,
    },
  }
}

/** The lists that the machines appear in, and the disks that hang on none. */
export function together(region: string, made: readonly Made[]): Ec2Estate {
  const spare = (name: string, environment: Environment, Encrypted: boolean): Volume => ({
    VolumeId: id('vol', region, name),
    Size: 200,
    VolumeType: 'gp3',
    State: 'available',
    CreateTime: new Date('2024-02-10T10:00:00Z'),
    AvailabilityZone: `${region}a`,
    Encrypted,
    ...(Encrypted && { KmsKeyId: keyArn(region, 'ebs') }),
    Attachments: [],
    Tags: tags(name, environment),
  })
  return {
    Instances: made.map(({ machine }) => machine),
    Volumes: [
      ...made.map(({ volume }) => volume),
      spare('orders-archive', 'production', true),
      spare('old-search-index', 'production', false),
      spare('cms-disk-copy', 'development', false),
    ],
    NetworkInterfaces: made.flatMap(({ machine, interfaces }) =>
      interfaces.map(({ Attachment, ...each }) => ({
        ...each,
        InterfaceType: 'interface' as const,
        Attachment: { ...Attachment, InstanceId: machine.InstanceId, InstanceOwnerId: account },
        AvailabilityZone: machine.Placement?.AvailabilityZone,
        TagSet: machine.Tags ?? [],
      })),
    ),
    IamInstanceProfileAssociations: made.flatMap(({ machine }) =>
      machine.IamInstanceProfile
        ? [
            {
              AssociationId: id('iip-assoc', region, String(machine.InstanceId)),
              InstanceId: String(machine.InstanceId),
              IamInstanceProfile: machine.IamInstanceProfile,
              State: 'associated' as const,
            },
          ]
        : [],
    ),
  }
}
