from case import Case, name_of, ordered, told, without
from ec2_network import default_group, make_subnet
from ec2_security_groups import ingress


def group_look(estate, resource):
    ec2, group = estate.client('ec2'), name_of(resource)
    mine = [{'Name': 'group-id', 'Values': [group]}]
    rules = told(ec2.describe_security_group_rules, Filters=mine)['SecurityGroupRules']
    return {
        # A rule that is put back has another id.
        'rules': ordered(without(rules, 'SecurityGroupRuleId', 'SecurityGroupRuleArn')),
        'group': ordered(told(ec2.describe_security_groups, GroupIds=[group])),
    }


def acl_look(estate, resource):
    acls = told(estate.client('ec2').describe_network_acls, NetworkAclIds=[name_of(resource)])
    return ordered(acls)


def vpc_look(estate, resource):
    ec2, vpc = estate.client('ec2'), name_of(resource)
    mine = [{'Name': 'resource-id', 'Values': [vpc]}]
    return {
        'vpc': told(ec2.describe_vpcs, VpcIds=[vpc]),
        'logs': told(ec2.describe_flow_logs, Filters=mine),
    }


def subnet_look(estate, resource):
    return told(estate.client('ec2').describe_subnets, SubnetIds=[name_of(resource)])


def vpc_of(estate):
    return estate.client('ec2').create_vpc(CidrBlock='10.20.0.0/16')['Vpc']['VpcId']


def mixed_group(estate):
    """The world's rule stands among others that share its ports."""
    ec2 = estate.client('ec2')
    made = ec2.create_security_group(GroupName='mixed', Description='-', VpcId=vpc_of(estate))
    group = made['GroupId']
    peer = {'UserIdGroupPairs': [{'GroupId': group, 'UserId': estate.account}]}
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[
            {
                'IpProtocol': 'tcp',
                'FromPort': 22,
                'ToPort': 22,
                'IpRanges': [
                    {'CidrIp': '0.0.0.0/0', 'Description': 'for now'},
                    {'CidrIp': '10.1.23.2/32', 'Description': 'bastion'},
                ],
                'Ipv6Ranges': [{'CidrIpv6': '::/0'}, {'CidrIpv6': '2001:db8::/32'}],
            },
            ingress(443),
            {'IpProtocol': 'tcp', 'FromPort': 22, 'ToPort': 22, **peer},
        ],
    )
    return estate.arn('ec2', f'security-group/{group}')


def keeps_the_rest(state):
    here = [rule for rule in state['rules'] if not rule['IsEgress']]
    sources = {(rule['FromPort'], rule.get('CidrIpv4') or rule.get('CidrIpv6')) for rule in here}
    return sources == {(22, '10.1.23.2/32'), (22, '2001:db8::/32'), (22, None), (443, '0.0.0.0/0')}


def open_default_group(estate):
    return estate.arn('ec2', f"security-group/{default_group(estate.client('ec2'), vpc_of(estate))}")


def open_acl(estate):
    ec2 = estate.client('ec2')
    acl = ec2.create_network_acl(VpcId=vpc_of(estate))['NetworkAcl']['NetworkAclId']
    for number, port in ((90, 22), (100, 443)):
        ec2.create_network_acl_entry(
            NetworkAclId=acl,
            RuleNumber=number,
            Protocol='6',
            RuleAction='allow',
            Egress=False,
            CidrBlock='0.0.0.0/0',
            PortRange={'From': port, 'To': port},
        )
    return estate.arn('ec2', f'network-acl/{acl}')


def silent_vpc(estate):
    estate.client('s3').create_bucket(Bucket='mend-flows')
    return estate.arn('ec2', f'vpc/{vpc_of(estate)}')


def public_subnet(estate):
    ec2 = estate.client('ec2')
    subnet = make_subnet(ec2, vpc_of(estate), '10.20.1.0/24', 'us-east-1a')
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={'Value': True})
    return estate.arn('ec2', f'subnet/{subnet}')


CASES = (
    Case(
        'sg_open_to_world',
        'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22',
        mixed_group,
        group_look,
        keeps_the_rest,
    ),
    Case(
        'sg_default_restrict',
        'ec2_securitygroup_default_restrict_traffic',
        open_default_group,
        group_look,
    ),
    Case('nacl_admin_open', 'ec2_networkacl_allow_ingress_tcp_port_22', open_acl, acl_look),
    Case('vpc_flow_logs', 'vpc_flow_logs_enabled', silent_vpc, vpc_look),
    Case('subnet_public_ip', 'vpc_subnet_no_public_ip_by_default', public_subnet, subnet_look),
)
