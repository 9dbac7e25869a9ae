import { always } from './read.ts'
import { type Row, row } from './row.ts'

/** A file is loaded with its SDK client only where its types are asked for. */
const files = {
  'account-facts': () => import('./account-facts.ts'),
  autoscaling: () => import('./autoscaling.ts'),
  backup: () => import('./backup.ts'),
  cloudtrail: () => import('./cloudtrail.ts'),
  'ec2-edge': () => import('./ec2-edge.ts'),
  'ec2-interfaces': () => import('./ec2-interfaces.ts'),
  'ec2-instances': () => import('./ec2-instances.ts'),
  'ec2-network': () => import('./ec2-network.ts'),
  'ec2-security': () => import('./ec2-security.ts'),
  'ec2-settings': () => import('./ec2-settings.ts'),
  'ec2-storage': () => import('./ec2-storage.ts'),
  'ec2-templates': () => import('./ec2-templates.ts'),
  iam: () => import('./iam.ts'),
  'iam-account': () => import('./iam-account.ts'),
  'iam-providers': () => import('./iam-providers.ts'),
  kms: () => import('./kms.ts'),
  rds: () => import('./rds.ts'),
  'rds-groups': () => import('./rds-groups.ts'),
  'rds-snapshots': () => import('./rds-snapshots.ts'),
  s3: () => import('./s3.ts'),
  's3-control': () => import('./s3-control.ts'),
} as const

const fileOf: Readonly<Record<string, keyof typeof files>> = {
  aws_account: 'account-facts',
  aws_region: 'account-facts',
  aws_launch_configuration: 'autoscaling',
  aws_backup_selection: 'backup',
  aws_cloudtrail: 'cloudtrail',
  aws_ec2_client_vpn_endpoint: 'ec2-edge',
  aws_ec2_transit_gateway: 'ec2-edge',
  aws_eip: 'ec2-edge',
  aws_vpc_endpoint: 'ec2-edge',
  aws_vpc_endpoint_service: 'ec2-edge',
  aws_instance: 'ec2-instances',
  aws_network_interface: 'ec2-interfaces',
  aws_vpn_connection: 'ec2-interfaces',
  aws_flow_log: 'ec2-network',
  aws_internet_gateway: 'ec2-network',
  aws_nat_gateway: 'ec2-network',
  aws_route_table_association: 'ec2-network',
  aws_route_table: 'ec2-network',
  aws_subnet: 'ec2-network',
  aws_vpc: 'ec2-network',
  aws_vpc_peering_connection: 'ec2-network',
  aws_network_acl: 'ec2-security',
  aws_security_group: 'ec2-security',
  aws_ebs_default_kms_key: 'ec2-settings',
  aws_ebs_encryption_by_default: 'ec2-settings',
  aws_ebs_snapshot_block_public_access: 'ec2-settings',
  aws_ec2_image_block_public_access: 'ec2-settings',
  aws_ec2_instance_metadata_defaults: 'ec2-settings',
  aws_ec2_serial_console_access: 'ec2-settings',
  aws_vpc_block_public_access_options: 'ec2-settings',
  aws_ami: 'ec2-storage',
  aws_ebs_snapshot: 'ec2-storage',
  aws_ebs_volume: 'ec2-storage',
  aws_launch_template: 'ec2-templates',
  aws_iam_group: 'iam',
  aws_iam_group_policy_attachment: 'iam',
  aws_iam_policy: 'iam',
  aws_iam_role: 'iam',
  aws_iam_role_policy_attachment: 'iam',
  aws_iam_user: 'iam',
  aws_iam_user_policy_attachment: 'iam',
  aws_iam_account_password_policy: 'iam-account',
  aws_iam_organizations_features: 'iam-account',
  aws_iam_saml_provider: 'iam-providers',
  aws_iam_server_certificate: 'iam-providers',
  aws_kms_alias: 'kms',
  aws_kms_key: 'kms',
  aws_db_instance: 'rds',
  aws_rds_cluster: 'rds',
  aws_rds_cluster_instance: 'rds',
  aws_db_event_subscription: 'rds-groups',
  aws_db_parameter_group: 'rds-groups',
  aws_db_subnet_group: 'rds-groups',
  aws_rds_cluster_parameter_group: 'rds-groups',
  aws_db_cluster_snapshot: 'rds-snapshots',
  aws_db_snapshot: 'rds-snapshots',
  aws_s3_bucket: 's3',
  aws_s3_access_point: 's3-control',
  aws_s3_account_public_access_block: 's3-control',
  aws_s3control_multi_region_access_point: 's3-control',
}

/** Ways to write what runs as something else: a copied snapshot is a snapshot, a default VPC a VPC. */
const livesAs: Readonly<Record<string, string>> = {
  aws_ami_copy: 'aws_ami',
  aws_ami_from_instance: 'aws_ami',
  aws_db_snapshot_copy: 'aws_db_snapshot',
  aws_default_network_acl: 'aws_network_acl',
  aws_default_route_table: 'aws_route_table',
  aws_default_security_group: 'aws_security_group',
  aws_default_subnet: 'aws_subnet',
  aws_default_vpc: 'aws_vpc',
  aws_ebs_snapshot_copy: 'aws_ebs_snapshot',
  aws_iam_policy_attachment: 'aws_iam_role_policy_attachment',
  aws_main_route_table_association: 'aws_route_table',
}

/** The type that resources of a type have in a running account. */
export function liveTypeOf(type: string): string {
  return (Object.hasOwn(livesAs, type) ? livesAs[type] : undefined) ?? type
}

/** The row of a type; null where live scans know no such type. */
export async function rowOf(type: string): Promise<Row | null> {
  if (liveTypeOf(type) !== type) return nowhere(type)
  const file = Object.hasOwn(fileOf, type) ? fileOf[type] : undefined
  if (file === undefined) return null
  const { rows } = await files[file]()
  return rows.find(row => row.type === type) ?? null
}

export function isCollected(type: string): boolean {
  return Object.hasOwn(fileOf, liveTypeOf(type))
}

export const collectedTypes: readonly string[] = Object.keys(fileOf)

function nowhere(type: string): Row {
  const none = { ...always, pages: async function* () {} }
  return row({ type, service: 'account', scope: 'account', list: none, id: () => '', set: {} })
}
