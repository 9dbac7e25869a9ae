import { account, type Pair, region } from './pair.ts'

const vpc = 'vpc-0a1b2c3d4e5f60718'
const subnet = 'subnet-0a1b2c3d4e5f60718'
const group = 'sg-0a1b2c3d4e5f60718'
const named = { tags: 'tags = { Name = "a" }', Tags: [{ Key: 'Name', Value: 'a' }] }

export const pairs: readonly Pair[] = [
  {
    type: 'aws_vpc',
    code: `resource "aws_vpc" "a" {
      cidr_block           = "10.0.0.0/16"
      enable_dns_hostnames = true
      ${named.tags}
    }
    resource "aws_flow_log" "a" {
      vpc_id               = aws_vpc.a.id
      traffic_type         = "ALL"
      log_destination      = "arn:aws:s3:::flows"
      log_destination_type = "s3"
    }`,
    estate: {
      ec2: {
        [region]: {
          Vpcs: [
            {
              VpcId: vpc,
              OwnerId: account,
              CidrBlock: '10.0.0.0/16',
              State: 'available',
              InstanceTenancy: 'default',
              IsDefault: false,
              EnableDnsHostnames: true,
              EnableDnsSupport: true,
              Tags: named.Tags,
            },
          ],
          FlowLogs: [
            {
              FlowLogId: 'fl-0a1b2c3d4e5f60718',
              ResourceId: vpc,
              FlowLogStatus: 'ACTIVE',
              TrafficType: 'ALL',
              LogDestination: 'arn:aws:s3:::flows',
              LogDestinationType: 's3',
              MaxAggregationInterval: 600,
            },
          ],
        },
      },
    },
    proves: `cidr_block enable_dns_hostnames enable_dns_support instance_tenancy flow_log is_default tags tags_all`,
  },
  {
    type: 'aws_subnet',
    code: `resource "aws_subnet" "a" {
      vpc_id                  = "${vpc}"
      cidr_block              = "10.0.1.0/24"
      availability_zone       = "us-east-1a"
      map_public_ip_on_launch = true
      ${named.tags}
    }`,
    estate: {
      ec2: {
        [region]: {
          Vpcs: [{ VpcId: vpc, CidrBlock: '10.0.0.0/16' }],
          Subnets: [
            {
              SubnetId: subnet,
              VpcId: vpc,
              OwnerId: account,
              CidrBlock: '10.0.1.0/24',
              AvailabilityZone: 'us-east-1a',
              MapPublicIpOnLaunch: true,
              AssignIpv6AddressOnCreation: false,
              DefaultForAz: false,
              Tags: named.Tags,
            },
          ],
        },
      },
    },
    proves: `vpc_id cidr_block availability_zone map_public_ip_on_launch assign_ipv6_address_on_creation flow_log
      is_default tags tags_all`,
  },
  {
    type: 'aws_security_group',
    code: `resource "aws_security_group" "a" {
      name        = "web"
      description = "of the web servers"
      vpc_id      = "${vpc}"
      ${named.tags}
      ingress {
        description = "everybody"
        protocol    = "tcp"
        from_port   = 443
        to_port     = 443
        cidr_blocks = ["0.0.0.0/0", "10.0.0.0/8"]
      }
      egress {
        protocol         = "-1"
        from_port        = 0
        to_port          = 0
        ipv6_cidr_blocks = ["::/0"]
      }
    }
    resource "aws_vpc_security_group_ingress_rule" "a" {
      security_group_id            = aws_security_group.a.id
      ip_protocol                  = "udp"
      from_port                    = 53
      to_port                      = 53
      referenced_security_group_id = "sg-0a1b2c3d4e5f60719"
    }
    resource "aws_security_group_rule" "a" {
      type              = "ingress"
      security_group_id = aws_security_group.a.id
      protocol          = "all"
      from_port         = 0
      to_port           = 65535
      self              = true
    }`,
    estate: {
      ec2: {
        [region]: {
          SecurityGroups: [
            {
              GroupId: group,
              GroupName: 'web',
              Description: 'of the web servers',
              VpcId: vpc,
              OwnerId: account,
              Tags: named.Tags,
              IpPermissions: [
                {
                  IpProtocol: 'tcp',
                  FromPort: 443,
                  ToPort: 443,
                  IpRanges: [
                    { CidrIp: '0.0.0.0/0', Description: 'everybody' },
                    { CidrIp: '10.0.0.0/8', Description: 'everybody' },
                  ],
                },
                {
                  IpProtocol: 'udp',
                  FromPort: 53,
                  ToPort: 53,
                  UserIdGroupPairs: [{ GroupId: 'sg-0a1b2c3d4e5f60719', UserId: account }],
                },
                { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: group, UserId: account }] },
              ],
              IpPermissionsEgress: [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
            },
          ],
        },
      },
    },
    proves: 'name description vpc_id ingress egress is_default tags tags_all',
  },
  {
    type: 'aws_network_acl',
    code: `resource "aws_network_acl" "a" {
      vpc_id     = "${vpc}"
      subnet_ids = ["${subnet}"]
      ingress {
        rule_no    = 100
        action     = "allow"
        protocol   = "tcp"
        from_port  = 22
        to_port    = 22
        cidr_block = "0.0.0.0/0"
      }
    }
    resource "aws_network_acl_rule" "a" {
      network_acl_id  = aws_network_acl.a.id
      rule_number     = 200
      egress          = true
      protocol        = "-1"
      rule_action     = "deny"
      ipv6_cidr_block = "::/0"
    }`,
    estate: {
      ec2: {
        [region]: {
          NetworkAcls: [
            {
              NetworkAclId: 'acl-0a1b2c3d4e5f60718',
              VpcId: vpc,
              OwnerId: account,
              IsDefault: false,
              Associations: [
                {
                  NetworkAclAssociationId: 'aclassoc-0a1b2c3d4e5f60718',
                  NetworkAclId: 'acl-0a1b2c3d4e5f60718',
                  SubnetId: subnet,
                },
              ],
              Entries: [
                {
                  RuleNumber: 100,
                  RuleAction: 'allow',
                  Protocol: '6',
                  Egress: false,
                  CidrBlock: '0.0.0.0/0',
                  PortRange: { From: 22, To: 22 },
                },
                {
                  RuleNumber: 200,
                  RuleAction: 'deny',
                  Protocol: '-1',
                  Egress: true,
                  Ipv6CidrBlock: '::/0',
                },
                // What AWS adds of its own, Terraform does not show.
                {
                  RuleNumber: 32767,
                  RuleAction: 'deny',
                  Protocol: '-1',
                  Egress: false,
                  CidrBlock: '0.0.0.0/0',
                },
              ],
              Tags: [],
            },
          ],
        },
      },
    },
    proves: 'vpc_id subnet_ids ingress egress is_default tags',
  },
]
