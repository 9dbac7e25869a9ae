import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
  DisableEbsEncryptionByDefaultCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new EC2Client(config),
  operations: {
    AuthorizeSecurityGroupEgress: AuthorizeSecurityGroupEgressCommand,
    AuthorizeSecurityGroupIngress: AuthorizeSecurityGroupIngressCommand,
    DescribeNetworkInterfaces: DescribeNetworkInterfacesCommand,
    DescribeSecurityGroupRules: DescribeSecurityGroupRulesCommand,
    DescribeSecurityGroups: DescribeSecurityGroupsCommand,
    DescribeVolumes: DescribeVolumesCommand,
    DisableEbsEncryptionByDefault: DisableEbsEncryptionByDefaultCommand,
    EnableEbsEncryptionByDefault: EnableEbsEncryptionByDefaultCommand,
    GetEbsDefaultKmsKeyId: GetEbsDefaultKmsKeyIdCommand,
    GetEbsEncryptionByDefault: GetEbsEncryptionByDefaultCommand,
    RevokeSecurityGroupEgress: RevokeSecurityGroupEgressCommand,
    RevokeSecurityGroupIngress: RevokeSecurityGroupIngressCommand,
  },
}
