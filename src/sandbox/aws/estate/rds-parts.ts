import type { DBCluster, DBInstance, Parameter } from '@aws-sdk/client-rds'
import type { RdsEstate } from '../services/rds/state.ts'
import {
  account,
  daysBefore,
  type Environment,
  id,
  keyArn,
  roleArn,
  tags,
  virginia,
} from './make.ts'

export function postgres(
  region: string,
  name: string,
  environment: Environment,
  odd: Partial<DBInstance> = {},
): DBInstance {
  return instance(region, name, environment, {
    Engine: 'postgres',
    EngineVersion: '16.4',
    Endpoint: { Port: 6432 },
    EnabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    DBParameterGroups: [{ DBParameterGroupName: 'postgres16-tls' }],
    ...odd,
  })
}

export function mysql(
  region: string,
  name: string,
  environment: Environment,
  odd: Partial<DBInstance> = {},
): DBInstance {
  return instance(region, name, environment, {
    Engine: 'mysql',
    EngineVersion: '8.4.3',
    Endpoint: { Port: 13306 },
    EnabledCloudwatchLogsExports: ['error', 'audit'],
    DBParameterGroups: [{ DBParameterGroupName: 'mysql84-tls' }],
    ...odd,
  })
}

/** A sound database, but for what is odd about it. */
function instance(
  region: string,
  name: string,
  environment: Environment,
  { Endpoint, ...odd }: Partial<DBInstance>,
): DBInstance {
  return {
    DBInstanceIdentifier: name,
    DBInstanceClass: 'db.r6g.large',
    DBInstanceStatus: 'available',
    DbiResourceId: `db-${id('R', region, name).toUpperCase()}`,
    MasterUsername: 'shop_owner',
    DBName: name.replaceAll('-', '_'),
    AllocatedStorage: 100,
    StorageType: 'gp3',
    InstanceCreateTime: new Date('2022-09-20T10:00:00Z'),
    BackupRetentionPeriod: 14,
    PreferredBackupWindow: '02:00-03:00',
    PreferredMaintenanceWindow: 'sun:04:00-sun:05:00',
    MultiAZ: true,
    PubliclyAccessible: false,
    AutoMinorVersionUpgrade: true,
    StorageEncrypted: true,
    KmsKeyId: keyArn(region, 'orders-database'),
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    CopyTagsToSnapshot: true,
    MonitoringInterval: 60,
    MonitoringRoleArn: roleArn('rds-monitoring'),
    IAMDatabaseAuthenticationEnabled: true,
    PerformanceInsightsEnabled: true,
    DeletionProtection: true,
    LicenseModel: 'postgresql-license',
    EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    AvailabilityZone: `${region}a`,
    DBSubnetGroup: {
      DBSubnetGroupName: 'private',
      VpcId: id('vpc', region, 'production'),
      SubnetGroupStatus: 'Complete',
    },
    VpcSecurityGroups: [{ VpcSecurityGroupId: id('sg', region, 'database'), Status: 'active' }],
    TagList: tags(name, environment),
    ...odd,
    Endpoint: {
      Address: `${name}.c7k2m9x4q1.${region}.rds.amazonaws.com`,
      Port: Endpoint?.Port,
      HostedZoneId: 'Z2R2ITUGPM61AM',
    },
  }
}

export function members(
  region: string,
  name: string,
  Engine: string,
  count: number,
  isSound: boolean,
): readonly DBInstance[] {
  return Array.from({ length: count }, (_, index) =>
    instance(region, `${name}-${index + 1}`, isSound ? 'production' : 'development', {
      Engine,
      EngineVersion: Engine === 'aurora-mysql' ? '8.0.mysql_aurora.3.08.0' : '16.4',
      DBClusterIdentifier: name,
      Endpoint: { Port: isSound ? 13306 : 5432 },
      PubliclyAccessible: !isSound,
      AutoMinorVersionUpgrade: isSound,
      MonitoringInterval: isSound ? 60 : 0,
      MultiAZ: false,
      DBParameterGroups: [{ DBParameterGroupName: `default.${Engine}16` }],
    }),
  )
}

export function cluster(
  region: string,
  name: string,
  Engine: string,
  environment: Environment,
  odd: Partial<DBCluster>,
): DBCluster {
  return {
    DBClusterIdentifier: name,
    DbClusterResourceId: id('cluster', region, name).toUpperCase(),
    Engine,
    EngineVersion: Engine === 'aurora-mysql' ? '8.0.mysql_aurora.3.08.0' : '16.4',
    EngineMode: 'provisioned',
    Status: 'available',
    MasterUsername: 'shop_owner',
    Port: 13306,
    StorageEncrypted: true,
    KmsKeyId: keyArn(region, 'orders-database'),
    BackupRetentionPeriod: 14,
    DeletionProtection: true,
    CopyTagsToSnapshot: true,
    IAMDatabaseAuthenticationEnabled: true,
    EnabledCloudwatchLogsExports: Engine === 'aurora-mysql' ? ['audit', 'error'] : ['postgresql'],
    ...(Engine === 'aurora-mysql' && { BacktrackWindow: 86_400 }),
    MultiAZ: true,
    AvailabilityZones: [`${region}a`, `${region}b`],
    DBClusterParameterGroup: Engine === 'aurora-mysql' ? 'aurora-mysql8-tls' : 'aurora-postgres16',
    DBSubnetGroup: 'private',
    ClusterCreateTime: new Date('2023-01-20T10:00:00Z'),
    VpcSecurityGroups: [{ VpcSecurityGroupId: id('sg', region, 'database'), Status: 'active' }],
    TagList: tags(name, environment),
    ...odd,
  }
}

export function writer(DBInstanceIdentifier: string) {
  return { DBInstanceIdentifier, IsClusterWriter: true, PromotionTier: 1 }
}

export function reader(DBInstanceIdentifier: string) {
  return { DBInstanceIdentifier, IsClusterWriter: false, PromotionTier: 1 }
}

export function snapshot(
  region: string,
  DBInstanceIdentifier: string,
  DBSnapshotIdentifier: string,
  now: Date,
  age: number,
  odd: { readonly Encrypted?: boolean; restore?: string[] } = {},
) {
  return {
    DBSnapshotIdentifier,
    DBInstanceIdentifier,
    Engine: 'postgres',
    SnapshotType: 'manual',
    Status: 'available',
    Encrypted: true,
    AllocatedStorage: 100,
    SnapshotCreateTime: daysBefore(now, age),
    AvailabilityZone: `${region}a`,
    TagList: tags(DBSnapshotIdentifier, 'production'),
    ...odd,
  }
}

export const parameterGroups: Pick<RdsEstate, 'DBParameterGroups' | 'DBClusterParameterGroups'> = {
  DBParameterGroups: [
    parameters('postgres16-tls', 'postgres16', { 'rds.force_ssl': '1', log_connections: '1' }),
    parameters('postgres13-relaxed', 'postgres13', { 'rds.force_ssl': '0' }),
    parameters('mysql84-tls', 'mysql8.4', { require_secure_transport: '1' }),
  ],
  DBClusterParameterGroups: [
    clusterParameters('aurora-mysql8-tls', 'aurora-mysql8.0', { require_secure_transport: 'ON' }),
    clusterParameters('aurora-postgres16', 'aurora-postgresql16', {}),
  ],
}

function parameters(name: string, family: string, values: Readonly<Record<string, string>>) {
  return {
    DBParameterGroupName: name,
    DBParameterGroupFamily: family,
    Description: name,
    Parameters: set(values),
  }
}

function clusterParameters(name: string, family: string, values: Readonly<Record<string, string>>) {
  return {
    DBClusterParameterGroupName: name,
    DBParameterGroupFamily: family,
    Description: name,
    Parameters: set(values),
  }
}

function set(values: Readonly<Record<string, string>>): Parameter[] {
  return Object.entries(values).map(([ParameterName, ParameterValue]) => ({
    ParameterName,
    ParameterValue,
    Source: 'user',
    ApplyType: 'dynamic',
    ApplyMethod: 'immediate',
    DataType: 'boolean',
    IsModifiable: true,
  }))
}

export function subscription(CustSubscriptionId: string, SourceType: string, categories: string[]) {
  return {
    CustSubscriptionId,
    CustomerAwsId: account,
    SnsTopicArn: `arn:aws:sns:${virginia}:${account}:database-events`,
    Status: 'active',
    SourceType,
    SourceIdsList: [],
    EventCategoriesList: categories,
    Enabled: true,
  }
}

export function certificates(now: Date) {
  return [
    {
      CertificateIdentifier: 'rds-ca-rsa2048-g1',
      CertificateType: 'CA',
      ValidFrom: new Date('2021-05-25T22:00:00Z'),
      ValidTill: daysBefore(now, -12_000),
    },
    {
      CertificateIdentifier: 'rds-ca-2019',
      CertificateType: 'CA',
      ValidFrom: new Date('2019-09-18T17:00:00Z'),
      ValidTill: new Date('2024-08-22T17:08:50Z'),
    },
  ]
}

export const engineVersions = [
  ['postgres', '16.4', 'postgres16'],
  ['postgres', '13.15', 'postgres13'],
  ['mysql', '8.4.3', 'mysql8.4'],
  ['aurora-mysql', '8.0.mysql_aurora.3.08.0', 'aurora-mysql8.0'],
  ['aurora-postgresql', '16.4', 'aurora-postgresql16'],
].map(([Engine, EngineVersion, DBParameterGroupFamily]) => ({
  Engine,
  EngineVersion,
  DBParameterGroupFamily,
  Status: 'available',
}))
