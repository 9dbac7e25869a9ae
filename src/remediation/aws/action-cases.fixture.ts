import type { Estate } from '../../sandbox/aws/estate.ts'

/** One mistake that an action mends: where it stands, and the finding on it. */
export interface ActionCase {
  readonly action: string
  readonly check: string
  readonly resource: string
  readonly region?: string | null
  readonly estate: Estate
  /** Whether Batten collects the service: then a scan says FAIL before, PASS after and FAIL once it is undone. */
  readonly isScanned: boolean
  readonly options?: Readonly<Record<string, string>>
}

const account = '123456789012'
const home = 'us-east-1'
const ec2 = (kind: string, id: string) => `arn:aws:ec2:${home}:${account}:${kind}/${id}`
const world = [{ CidrIp: '0.0.0.0/0' }]
const openPolicy = (action: string, resource: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'open', Effect: 'Allow', Principal: '*', Action: action, Resource: resource },
    {
      Sid: 'ours',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: action,
      Resource: resource,
    },
  ],
})
const publicGrant = {
  Grantee: { Type: 'Group' as const, URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ' as const,
}
const ownGrant = {
  Grantee: { Type: 'CanonicalUser' as const, ID: 'a'.repeat(64) },
  Permission: 'FULL_CONTROL' as const,
}

export const actionCases: readonly ActionCase[] = [
  {
    action: 's3_bucket_public_access',
    check: 's3_bucket_public_access',
    resource: 'arn:aws:s3:::open',
    estate: {
      s3: {
        buckets: [{ Name: 'open', policy: openPolicy('s3:GetObject', 'arn:aws:s3:::open/*') }],
      },
    },
    isScanned: true,
  },
  {
    action: 's3_bucket_public_access',
    check: 's3_bucket_level_public_access_block',
    resource: 'arn:aws:s3:::half',
    estate: {
      s3: {
        buckets: [
          {
            Name: 'half',
            publicAccessBlock: {
              BlockPublicAcls: true,
              IgnorePublicAcls: false,
              BlockPublicPolicy: true,
              RestrictPublicBuckets: false,
            },
          },
        ],
      },
    },
    isScanned: true,
  },
  {
    action: 's3_account_public_access',
    check: 's3_account_level_public_access_blocks',
    resource: `arn:aws:s3:::account/${account}`,
    region: null,
    estate: { s3: {} },
    isScanned: true,
  },
  {
    action: 's3_bucket_public_acl',
    check: 's3_bucket_public_list_acl',
    resource: 'arn:aws:s3:::listed',
    estate: {
      s3: {
        buckets: [
          {
            Name: 'listed',
            ownership: 'BucketOwnerPreferred',
            acl: { Owner: { ID: 'a'.repeat(64) }, Grants: [ownGrant, publicGrant] },
          },
        ],
      },
    },
    isScanned: true,
  },
  {
    action: 's3_secure_transport',
    check: 's3_bucket_secure_transport_policy',
    resource: 'arn:aws:s3:::plain',
    estate: {
      s3: {
        buckets: [
          {
            Name: 'plain',
            policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: {
                Sid: 'readers',
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${account}:root` },
                Action: 's3:GetObject',
                Resource: 'arn:aws:s3:::plain/*',
              },
            }),
          },
        ],
      },
    },
    isScanned: true,
  },
  {
    action: 's3_secure_transport',
    check: 's3_bucket_secure_transport_policy',
    resource: 'arn:aws:s3:::without',
    estate: { s3: { buckets: [{ Name: 'without' }] } },
    isScanned: true,
  },
  {
    action: 's3_access_logging',
    check: 's3_bucket_server_access_logging_enabled',
    resource: 'arn:aws:s3:::silent',
    estate: { s3: { buckets: [{ Name: 'silent' }, { Name: 'logs' }] } },
    isScanned: true,
    options: { logBucket: 'logs' },
  },
  {
    action: 's3_versioning',
    check: 's3_bucket_object_versioning',
    resource: 'arn:aws:s3:::flat',
    estate: { s3: { buckets: [{ Name: 'flat', versioning: { Status: 'Suspended' } }] } },
    isScanned: true,
  },
  {
    action: 'sg_open_to_world',
    check: 'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22',
    resource: ec2('security-group', 'sg-1'),
    estate: {
      ec2: {
        [home]: {
          SecurityGroups: [
            {
              GroupId: 'sg-1',
              GroupName: 'web',
              IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: world }],
            },
          ],
        },
      },
    },
    isScanned: true,
  },
  {
    action: 'sg_default_restrict',
    check: 'ec2_securitygroup_default_restrict_traffic',
    resource: ec2('security-group', 'sg-1'),
    estate: {
      ec2: {
        [home]: {
          SecurityGroups: [
            {
              GroupId: 'sg-1',
              GroupName: 'default',
              VpcId: 'vpc-1',
              IpPermissions: [
                {
                  IpProtocol: '-1',
                  UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: account }],
                },
              ],
              IpPermissionsEgress: [
                { IpProtocol: '-1', IpRanges: world, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
              ],
            },
          ],
        },
      },
    },
    isScanned: true,
  },
  {
    action: 'nacl_admin_open',
    check: 'ec2_networkacl_allow_ingress_tcp_port_22',
    resource: ec2('network-acl', 'acl-1'),
    estate: {
      ec2: {
        [home]: {
          NetworkAcls: [
            {
              NetworkAclId: 'acl-1',
              VpcId: 'vpc-1',
              IsDefault: false,
              Associations: [],
              Entries: [
                {
                  RuleNumber: 90,
                  Protocol: '6',
                  RuleAction: 'allow',
                  Egress: false,
                  CidrBlock: '0.0.0.0/0',
                  PortRange: { From: 22, To: 22 },
                },
                {
                  RuleNumber: 100,
                  Protocol: '6',
                  RuleAction: 'allow',
                  Egress: false,
                  CidrBlock: '0.0.0.0/0',
                  PortRange: { From: 443, To: 443 },
                },
                {
                  RuleNumber: 32767,
                  Protocol: '-1',
                  RuleAction: 'deny',
                  Egress: false,
                  CidrBlock: '0.0.0.0/0',
                },
              ],
            },
          ],
        },
      },
    },
    isScanned: true,
  },
  {
    action: 'ebs_unencrypted',
    check: 'ec2_ebs_default_encryption',
    resource: `${account}/${home}`,
    estate: { ec2: { [home]: { EbsEncryptionByDefault: false } } },
    isScanned: true,
  },
  {
    action: 'ebs_snapshot_public',
    check: 'ec2_ebs_public_snapshot',
    resource: `arn:aws:ec2:${home}::snapshot/snap-1`,
    estate: {
      ec2: {
        [home]: {
          Snapshots: [
            {
              SnapshotId: 'snap-1',
              OwnerId: account,
              Encrypted: false,
              CreateVolumePermissions: [{ UserId: '111122223333' }, { Group: 'all' }],
            },
          ],
        },
      },
    },
    isScanned: true,
  },
  {
    action: 'ebs_snapshot_block_public',
    check: 'ec2_ebs_snapshot_account_block_public_access',
    resource: `${account}/${home}`,
    estate: { ec2: { [home]: { SnapshotBlockPublicAccess: 'block-new-sharing' } } },
    isScanned: true,
  },
  {
    action: 'ebs_snapshot_block_public',
    check: 'ec2_ebs_snapshot_account_block_public_access',
    resource: `${account}/${home}`,
    estate: { ec2: { [home]: { SnapshotBlockPublicAccess: 'unblocked' } } },
    isScanned: true,
  },
  {
    action: 'ami_public',
    check: 'ec2_ami_public',
    resource: `arn:aws:ec2:${home}::image/ami-1`,
    estate: {
      ec2: {
        [home]: {
          Images: [
            {
              ImageId: 'ami-1',
              OwnerId: account,
              State: 'available',
              LaunchPermissions: [{ UserId: '111122223333' }, { Group: 'all' }],
            },
          ],
        },
      },
    },
    isScanned: true,
  },
  {
    action: 'ami_block_public',
    check: 'ec2_ami_account_block_public_access',
    resource: `${account}/${home}`,
    estate: { ec2: { [home]: { ImageBlockPublicAccess: 'unblocked' } } },
    isScanned: true,
  },
  {
    action: 'imdsv2_required',
    check: 'ec2_instance_imdsv2_enabled',
    resource: ec2('instance', 'i-1'),
    estate: {
      ec2: {
        [home]: {
          Instances: [
            {
              InstanceId: 'i-1',
              State: { Name: 'running' },
              MetadataOptions: {
                HttpTokens: 'optional',
                HttpEndpoint: 'enabled',
                State: 'applied',
              },
            },
          ],
        },
      },
      cloudwatch: {
        [home]: { metrics: { 'AWS/EC2 MetadataNoToken i-1': [{ Sum: 0 }, { Sum: 0 }] } },
      },
    },
    isScanned: true,
  },
  {
    action: 'imdsv2_default',
    check: 'ec2_instance_account_imdsv2_enabled',
    resource: `${account}/${home}`,
    estate: { ec2: { [home]: { InstanceMetadataDefaults: { HttpPutResponseHopLimit: 2 } } } },
    isScanned: true,
  },
  {
    action: 'vpc_flow_logs',
    check: 'vpc_flow_logs_enabled',
    resource: ec2('vpc', 'vpc-1'),
    estate: { ec2: { [home]: { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }] } } },
    isScanned: true,
    options: { flowLogBucket: 'flows' },
  },
  {
    action: 'subnet_public_ip',
    check: 'vpc_subnet_no_public_ip_by_default',
    resource: ec2('subnet', 'subnet-1'),
    estate: {
      ec2: {
        [home]: {
          Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1', MapPublicIpOnLaunch: true }],
        },
      },
    },
    isScanned: true,
  },
  {
    action: 'rds_snapshot_public',
    check: 'rds_snapshots_public_access',
    resource: `arn:aws:rds:${home}:${account}:snapshot:daily`,
    estate: {
      rds: {
        [home]: {
          DBSnapshots: [
            {
              DBSnapshotIdentifier: 'daily',
              DBSnapshotArn: `arn:aws:rds:${home}:${account}:snapshot:daily`,
              SnapshotType: 'manual',
              restore: ['111122223333', 'all'],
            },
          ],
        },
      },
    },
    isScanned: true,
  },
  {
    action: 'rds_snapshot_public',
    check: 'rds_snapshots_public_access',
    resource: `arn:aws:rds:${home}:${account}:cluster-snapshot:weekly`,
    estate: {
      rds: {
        [home]: {
          DBClusterSnapshots: [
            {
              DBClusterSnapshotIdentifier: 'weekly',
              DBClusterSnapshotArn: `arn:aws:rds:${home}:${account}:cluster-snapshot:weekly`,
              SnapshotType: 'manual',
              restore: ['all'],
            },
          ],
        },
      },
    },
    isScanned: true,
  },
  database('rds_public', 'rds_instance_no_public_access', { PubliclyAccessible: true }),
  database('rds_deletion_protection', 'rds_instance_deletion_protection', {
    DeletionProtection: false,
  }),
  database('rds_backup_retention', 'rds_instance_backup_enabled', { BackupRetentionPeriod: 0 }),
  database('rds_copy_tags', 'rds_instance_copy_tags_to_snapshots', { CopyTagsToSnapshot: false }),
  database('rds_minor_upgrades', 'rds_instance_minor_version_upgrade_enabled', {
    AutoMinorVersionUpgrade: false,
  }),
  cluster('rds_cluster_deletion_protection', 'rds_cluster_deletion_protection', {
    DeletionProtection: false,
  }),
  cluster('rds_cluster_copy_tags', 'rds_cluster_copy_tags_to_snapshots', {
    CopyTagsToSnapshot: false,
  }),
  {
    action: 'redshift_public',
    check: 'redshift_cluster_public_access',
    resource: `arn:aws:redshift:${home}:${account}:cluster:warehouse`,
    estate: {
      redshift: {
        [home]: {
          clusters: [
            {
              ClusterIdentifier: 'warehouse',
              PubliclyAccessible: true,
              Tags: [{ Key: 'team', Value: 'data' }],
            },
          ],
        },
      },
    },
    isScanned: false,
  },
  {
    action: 'kms_rotation',
    check: 'kms_cmk_rotation_enabled',
    resource: `arn:aws:kms:${home}:${account}:key/k-1`,
    estate: {
      kms: { [home]: { keys: [{ KeyId: 'k-1', rotation: { KeyRotationEnabled: false } }] } },
    },
    isScanned: true,
  },
  {
    action: 'kms_pending_deletion',
    check: 'kms_cmk_not_deleted_unintentionally',
    resource: `arn:aws:kms:${home}:${account}:key/k-1`,
    estate: {
      kms: {
        [home]: {
          keys: [
            {
              KeyId: 'k-1',
              KeyState: 'PendingDeletion',
              DeletionDate: new Date('2026-12-10T12:00:00Z'),
            },
          ],
        },
      },
    },
    isScanned: false,
  },
  trail('cloudtrail_validation', 'cloudtrail_log_file_validation_enabled', {
    LogFileValidationEnabled: false,
  }),
  {
    ...trail('cloudtrail_logging', 'cloudtrail_logging', {}, { IsLogging: false }),
    isScanned: false,
  },
  {
    ...trail('cloudtrail_multi_region', 'cloudtrail_multi_region', { IsMultiRegionTrail: false }),
    isScanned: false,
  },
  {
    action: 'guardduty_enable',
    check: 'guardduty_is_enabled',
    resource: `${account}/${home}`,
    estate: {},
    isScanned: false,
  },
  {
    action: 'guardduty_enable',
    check: 'guardduty_is_enabled',
    resource: `${account}/${home}`,
    estate: { guardduty: { [home]: { detectors: [{ DetectorId: 'd1', Status: 'DISABLED' }] } } },
    isScanned: false,
  },
  {
    action: 'accessanalyzer_enable',
    check: 'accessanalyzer_enabled',
    resource: `${account}/${home}`,
    estate: {},
    isScanned: false,
  },
  {
    action: 'iam_password_policy',
    check: 'iam_password_policy_minimum_length_14',
    resource: `arn:aws:iam::${account}:root`,
    region: null,
    estate: {
      iam: {
        passwordPolicy: {
          MinimumPasswordLength: 8,
          RequireSymbols: false,
          RequireNumbers: true,
          RequireUppercaseCharacters: false,
          RequireLowercaseCharacters: false,
          AllowUsersToChangePassword: true,
          ExpirePasswords: true,
          MaxPasswordAge: 30,
          PasswordReusePrevention: 5,
        },
      },
    },
    isScanned: false,
  },
  {
    action: 'iam_password_policy',
    check: 'iam_password_policy_minimum_length_14',
    resource: `arn:aws:iam::${account}:root`,
    region: null,
    estate: { iam: {} },
    isScanned: false,
  },
  {
    action: 'iam_access_key_stale',
    check: 'iam_user_accesskey_unused',
    resource: `arn:aws:iam::${account}:user/ops/ada`,
    region: null,
    estate: {
      iam: {
        users: [
          {
            UserName: 'ada',
            Path: '/ops/',
            Arn: `arn:aws:iam::${account}:user/ops/ada`,
            CreateDate: new Date('2020-01-01'),
            accessKeys: [
              { AccessKeyId: 'AKIAOLD', Status: 'Active', CreateDate: new Date('2020-01-01') },
              {
                AccessKeyId: 'AKIAUSED',
                Status: 'Active',
                CreateDate: new Date('2020-01-01'),
                LastUsed: {
                  LastUsedDate: new Date('2026-11-20'),
                  ServiceName: 's3',
                  Region: home,
                },
              },
            ],
          },
        ],
      },
    },
    isScanned: false,
  },
  {
    action: 'lambda_public_policy',
    check: 'awslambda_function_not_publicly_accessible',
    resource: `arn:aws:lambda:${home}:${account}:function:hook`,
    estate: {
      lambda: {
        [home]: {
          functions: [
            {
              FunctionName: 'hook',
              policy: {
                Version: '2012-10-17',
                Id: 'default',
                Statement: [
                  {
                    Sid: 'bucket',
                    Effect: 'Allow',
                    Principal: { Service: 's3.amazonaws.com' },
                    Action: 'lambda:InvokeFunction',
                    Resource: `arn:aws:lambda:${home}:${account}:function:hook`,
                    Condition: { StringEquals: { 'AWS:SourceAccount': account } },
                  },
                  {
                    Sid: 'all',
                    Effect: 'Allow',
                    Principal: '*',
                    Action: 'lambda:InvokeFunction',
                    Resource: `arn:aws:lambda:${home}:${account}:function:hook`,
                  },
                ],
              },
            },
          ],
        },
      },
    },
    isScanned: false,
  },
  {
    action: 'sqs_public',
    check: 'sqs_queues_not_publicly_accessible',
    resource: `arn:aws:sqs:${home}:${account}:jobs`,
    estate: {
      sqs: {
        [home]: {
          queues: [
            {
              name: 'jobs',
              attributes: {
                Policy: JSON.stringify(
                  openPolicy('sqs:SendMessage', `arn:aws:sqs:${home}:${account}:jobs`),
                ),
              },
            },
          ],
        },
      },
    },
    isScanned: false,
  },
  {
    action: 'sqs_sse',
    check: 'sqs_queues_server_side_encryption_enabled',
    resource: `arn:aws:sqs:${home}:${account}:jobs`,
    estate: {
      sqs: {
        [home]: { queues: [{ name: 'jobs', attributes: { SqsManagedSseEnabled: 'false' } }] },
      },
    },
    isScanned: false,
  },
  {
    action: 'sns_public',
    check: 'sns_topics_not_publicly_accessible',
    resource: `arn:aws:sns:${home}:${account}:news`,
    estate: {
      sns: {
        [home]: {
          topics: [
            {
              name: 'news',
              attributes: {
                Policy: JSON.stringify(
                  openPolicy('sns:Publish', `arn:aws:sns:${home}:${account}:news`),
                ),
              },
            },
          ],
        },
      },
    },
    isScanned: false,
  },
  {
    action: 'ecr_scan_on_push',
    check: 'ecr_repositories_scan_images_on_push_enabled',
    resource: `arn:aws:ecr:${home}:${account}:repository/team/app`,
    estate: {
      ecr: {
        [home]: {
          repositories: [
            { repositoryName: 'team/app', imageScanningConfiguration: { scanOnPush: false } },
          ],
        },
      },
    },
    isScanned: false,
  },
  {
    action: 'ecr_public_policy',
    check: 'ecr_repositories_not_publicly_accessible',
    resource: `arn:aws:ecr:${home}:${account}:repository/app`,
    estate: {
      ecr: {
        [home]: {
          repositories: [
            {
              repositoryName: 'app',
              policy: JSON.stringify({
                Version: '2012-10-17',
                Statement: [
                  { Sid: 'pull', Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' },
                ],
              }),
            },
          ],
        },
      },
    },
    isScanned: false,
  },
  {
    action: 'ssm_document_public',
    check: 'ssm_documents_set_as_public',
    resource: `arn:aws:ssm:${home}:${account}:document/patch`,
    estate: {
      ssm: { [home]: { documents: [{ Name: 'patch', sharedWith: ['111122223333', 'all'] }] } },
    },
    isScanned: false,
  },
  {
    action: 'dynamodb_pitr',
    check: 'dynamodb_tables_pitr_enabled',
    resource: `arn:aws:dynamodb:${home}:${account}:table/orders`,
    estate: {
      dynamodb: { [home]: { tables: [{ TableName: 'orders', PointInTimeRecovery: false }] } },
    },
    isScanned: false,
  },
  {
    action: 'eks_public_endpoint',
    check: 'eks_cluster_not_publicly_accessible',
    resource: `arn:aws:eks:${home}:${account}:cluster/main`,
    estate: {
      eks: {
        [home]: {
          clusters: [
            {
              name: 'main',
              resourcesVpcConfig: {
                endpointPublicAccess: true,
                endpointPrivateAccess: true,
                publicAccessCidrs: ['0.0.0.0/0'],
              },
            },
          ],
        },
      },
    },
    isScanned: false,
    options: { eksPublicCidrs: '198.51.100.0/24, 203.0.113.0/24' },
  },
  {
    action: 'elb_http_redirect',
    check: 'elbv2_ssl_listeners',
    resource: `arn:aws:elasticloadbalancing:${home}:${account}:loadbalancer/app/web/0123456789abcdef`,
    estate: {
      elbv2: {
        [home]: {
          loadBalancers: [
            {
              LoadBalancerArn: `arn:aws:elasticloadbalancing:${home}:${account}:loadbalancer/app/web/0123456789abcdef`,
              listeners: [
                {
                  ListenerArn: 'arn:listener-1',
                  Protocol: 'HTTP',
                  Port: 80,
                  DefaultActions: [
                    {
                      Type: 'forward',
                      TargetGroupArn: 'arn:group',
                      ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'arn:group', Weight: 1 }] },
                    },
                  ],
                },
                {
                  ListenerArn: 'arn:listener-2',
                  Protocol: 'HTTPS',
                  Port: 443,
                  DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:group' }],
                },
              ],
            },
          ],
        },
      },
    },
    isScanned: false,
  },
]

type Row = NonNullable<NonNullable<Estate['rds']>[string]>

function database(
  action: string,
  check: string,
  fault: Partial<NonNullable<Row['DBInstances']>[number]>,
): ActionCase {
  const arn = `arn:aws:rds:${home}:${account}:db:orders`
  const instance = {
    DBInstanceIdentifier: 'orders',
    DBInstanceArn: arn,
    Engine: 'postgres',
    EngineVersion: '16.4',
    DBInstanceStatus: 'available',
    PubliclyAccessible: false,
    DeletionProtection: true,
    BackupRetentionPeriod: 7,
    CopyTagsToSnapshot: true,
    AutoMinorVersionUpgrade: true,
    ...fault,
  }
  const estate = { rds: { [home]: { DBInstances: [instance] } } }
  return { action, check, resource: arn, estate, isScanned: true }
}

function cluster(
  action: string,
  check: string,
  fault: Partial<NonNullable<Row['DBClusters']>[number]>,
): ActionCase {
  const arn = `arn:aws:rds:${home}:${account}:cluster:orders`
  const one = {
    DBClusterIdentifier: 'orders',
    DBClusterArn: arn,
    Engine: 'aurora-postgresql',
    EngineVersion: '16.4',
    Status: 'available',
    DeletionProtection: true,
    CopyTagsToSnapshot: true,
    ...fault,
  }
  const estate = { rds: { [home]: { DBClusters: [one] } } }
  return { action, check, resource: arn, estate, isScanned: true }
}

function trail(action: string, check: string, fault: object, status?: object): ActionCase {
  const one = {
    Name: 'main',
    S3BucketName: 'trail-logs',
    LogFileValidationEnabled: true,
    IsMultiRegionTrail: true,
    HomeRegion: home,
    ...fault,
    ...(status ? { status } : {}),
  }
  return {
    action,
    check,
    resource: `arn:aws:cloudtrail:${home}:${account}:trail/main`,
    estate: { cloudtrail: { [home]: { trails: [one] } } },
    isScanned: true,
  }
}
