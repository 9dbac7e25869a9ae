import { check } from '../../check.ts'
import { admitsInternet } from '../../check-kit/network-acl.ts'

const fix =
  'Allow the networks that need to connect, or add a rule with a lower number that denies the rest.'

export default [
  check('aws_network_acl', {
    id: 'ec2_networkacl_allow_ingress_any_port',
    title: 'Network ACLs do not let the internet reach every port',
    severity: 'high',
    why: 'The subnet relies on security groups alone: one mistake there, and anyone gets through.',
    fix,
    aliases: ['CKV_AWS_352', 'AWS-0102'],
    pass: acl => !admitsInternet(acl.ingress, 'every'),
    bad: [
      ingress(100, 'allow', '-1', 0),
      ingress(100, 'allow', '-1', 0, 'ipv6_cidr_block = "::/0"'),
    ],
    good: [
      '',
      ingress(100, 'allow', 'tcp', 443),
      ingress(100, 'allow', '-1', 0, 'cidr_block = "10.0.0.0/8"'),
      `${ingress(90, 'deny', '-1', 0)}\n${ingress(100, 'allow', '-1', 0)}`,
    ],
    fault: 'lets the internet reach every port',
  }),
  port(22, 'SSH', ['CKV_AWS_232', 'AWS-0105']),
  port(3389, 'RDP', ['CKV_AWS_231']),
]

function port(number: number, name: string, aliases: readonly string[]) {
  return check('aws_network_acl', {
    id: `ec2_networkacl_allow_ingress_tcp_port_${number}`,
    title: `Network ACLs do not let the internet reach ${name}`,
    severity: 'medium',
    why: 'One mistake in a security group, and anyone can try passwords and known faults.',
    fix,
    aliases,
    pass: acl => !admitsInternet(acl.ingress, number),
    bad: [
      ingress(100, 'allow', 'tcp', number),
      ingress(100, 'allow', '6', number),
      ingress(100, 'allow', '-1', 0),
      `${ingress(100, 'allow', 'tcp', number)}\n${ingress(110, 'deny', 'tcp', number)}`,
      ruleResource(number),
    ],
    good: [
      '',
      ingress(100, 'allow', 'tcp', 443),
      ingress(100, 'allow', 'udp', number),
      ingress(100, 'allow', 'tcp', number, 'cidr_block = "10.0.0.0/8"'),
      `${ingress(90, 'deny', 'tcp', number)}\n${ingress(100, 'allow', '-1', 0)}`,
    ],
    fault: `lets the internet reach TCP port ${number}`,
  })
}

function ingress(
  number: number,
  action: 'allow' | 'deny',
  protocol: string,
  port: number,
  source = 'cidr_block = "0.0.0.0/0"',
): string {
  return `ingress {
    rule_no   = ${number}
    action    = "${action}"
    protocol  = "${protocol}"
    from_port = ${port}
    to_port   = ${port}
    ${source}
  }`
}

function ruleResource(port: number): string {
  return `resource "aws_network_acl" "a" {
    vpc_id = "vpc-1"
  }
  resource "aws_network_acl_rule" "a" {
    network_acl_id = aws_network_acl.a.id
    rule_number    = 100
    rule_action    = "allow"
    protocol       = "tcp"
    from_port      = ${port}
    to_port        = ${port}
    cidr_block     = "0.0.0.0/0"
  }`
}
