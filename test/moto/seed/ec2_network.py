from estate import allow, policy

ACL = (
    'ec2_networkacl_allow_ingress_any_port',
    'ec2_networkacl_allow_ingress_tcp_port_22',
    'ec2_networkacl_allow_ingress_tcp_port_3389',
)


def fill(estate):
    estate.lacks(
        'moto does not know the call that lists them',
        'ec2_client_vpn_endpoint_connection_logging_enabled',
    )
    estate.lacks('tunnels of moto have no state', 'vpc_vpn_connection_tunnels_up')
    for region in ('us-east-1', 'eu-central-1'):
        bare_vpc(estate, region)
        kept_vpc(estate, region)
    ec2 = estate.client('ec2')
    network_acls(estate, ec2)
    peering(estate, ec2)
    edge(estate, ec2)
    endpoint_services(estate, ec2)


def bare_vpc(estate, region):
    ec2 = estate.client('ec2', region)
    vpc = ec2.create_vpc(CidrBlock='10.1.0.0/16')['Vpc']['VpcId']
    subnet = make_subnet(ec2, vpc, '10.1.1.0/24', f'{region}a')
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={'Value': True})
    estate.bad(
        estate.arn('ec2', f'vpc/{vpc}', region),
        'vpc_flow_logs_enabled',
        'vpc_endpoint_for_ec2_enabled',
        'vpc_subnet_different_az',
        'vpc_subnet_separate_private_public',
    )
    estate.bad(
        estate.arn('ec2', f'subnet/{subnet}', region), 'vpc_subnet_no_public_ip_by_default'
    )
    # As AWS makes it, the default group lets everything out.
    estate.bad(
        estate.arn('ec2', f'security-group/{default_group(ec2, vpc)}', region),
        'ec2_securitygroup_default_restrict_traffic',
        'ec2_securitygroup_allow_egress_to_internet_to_all_ports',
    )


def kept_vpc(estate, region):
    ec2 = estate.client('ec2', region)
    vpc = ec2.create_vpc(CidrBlock='10.2.0.0/16')['Vpc']['VpcId']
    public = make_subnet(ec2, vpc, '10.2.1.0/24', f'{region}a')
    private = make_subnet(ec2, vpc, '10.2.2.0/24', f'{region}b')
    gateway = ec2.create_internet_gateway()['InternetGateway']['InternetGatewayId']
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.create_route_table(VpcId=vpc)['RouteTable']['RouteTableId']
    ec2.create_route(RouteTableId=table, DestinationCidrBlock='0.0.0.0/0', GatewayId=gateway)
    ec2.associate_route_table(RouteTableId=table, SubnetId=public)
    ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType='VPC',
        TrafficType='REJECT',
        LogDestinationType='s3',
        LogDestination='arn:aws:s3:::moto-logs',
    )
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f'com.amazonaws.{region}.ec2',
        VpcEndpointType='Interface',
        SubnetIds=[public, private],
        PolicyDocument=policy(
            allow('*', Principal='*', Condition={'StringEquals': {'aws:PrincipalAccount': estate.account}})
        ),
    )['VpcEndpoint']['VpcEndpointId']
    lone = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f'com.amazonaws.{region}.sns',
        VpcEndpointType='Interface',
        SubnetIds=[public],
        PolicyDocument=policy(allow('*', Principal='*')),
    )['VpcEndpoint']['VpcEndpointId']
    group = default_group(ec2, vpc)
    empty(ec2, group)
    estate.good(
        estate.arn('ec2', f'vpc/{vpc}', region),
        'vpc_flow_logs_enabled',
        'vpc_endpoint_for_ec2_enabled',
        'vpc_subnet_different_az',
        'vpc_subnet_separate_private_public',
    )
    estate.good(
        estate.arn('ec2', f'subnet/{private}', region), 'vpc_subnet_no_public_ip_by_default'
    )
    estate.good(
        estate.arn('ec2', f'security-group/{group}', region),
        'ec2_securitygroup_default_restrict_traffic',
        'ec2_securitygroup_allow_egress_to_internet_to_all_ports',
    )
    estate.good(
        estate.arn('ec2', f'vpc-endpoint/{endpoint}', region),
        'vpc_endpoint_multi_az_enabled',
        'vpc_endpoint_connections_trust_boundaries',
    )
    estate.bad(
        estate.arn('ec2', f'vpc-endpoint/{lone}', region),
        'vpc_endpoint_multi_az_enabled',
        'vpc_endpoint_connections_trust_boundaries',
    )


def network_acls(estate, ec2):
    vpc = ec2.create_vpc(CidrBlock='10.3.0.0/16')['Vpc']['VpcId']

    def acl(*rules):
        made = ec2.create_network_acl(VpcId=vpc)['NetworkAcl']['NetworkAclId']
        for number, (action, protocol, ports, source) in enumerate(rules, 1):
            ec2.create_network_acl_entry(
                NetworkAclId=made,
                RuleNumber=number * 10,
                Protocol=protocol,
                RuleAction=action,
                Egress=False,
                CidrBlock=source,
                **({'PortRange': {'From': ports[0], 'To': ports[1]}} if ports else {}),
            )
        return estate.arn('ec2', f'network-acl/{made}')

    anywhere = '0.0.0.0/0'
    make_subnet(ec2, vpc, '10.3.1.0/24', 'us-east-1a')
    own = ec2.describe_network_acls(Filters=[{'Name': 'vpc-id', 'Values': [vpc]}])
    held = own['NetworkAcls'][0]['Associations'][0]['NetworkAclAssociationId']
    used = acl()
    ec2.replace_network_acl_association(
        AssociationId=held, NetworkAclId=used.rsplit('/', 1)[1]
    )
    estate.good(used, 'ec2_networkacl_unused')
    estate.bad(acl(('allow', '-1', None, anywhere)), *ACL)
    estate.good(acl(), *ACL)
    ssh = acl(('allow', '6', (22, 22), anywhere))
    estate.bad(ssh, ACL[1], 'ec2_networkacl_unused')
    estate.good(ssh, ACL[0], ACL[2])
    estate.bad(acl(('allow', '6', (3000, 4000), anywhere)), ACL[2])
    # The lower number wins.
    estate.good(acl(('deny', '6', (22, 22), anywhere), ('allow', '-1', None, anywhere)), ACL[1])
    estate.good(acl(('allow', '-1', None, '10.0.0.0/8')), *ACL)
    estate.good(acl(('allow', '17', (22, 22), anywhere)), ACL[1])


def peering(estate, ec2):
    here, there = (
        ec2.create_vpc(CidrBlock=block)['Vpc']['VpcId'] for block in ('10.4.0.0/16', '10.5.0.0/16')
    )

    def peered(destination):
        made = ec2.create_vpc_peering_connection(VpcId=here, PeerVpcId=there)
        peering_id = made['VpcPeeringConnection']['VpcPeeringConnectionId']
        ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering_id)
        table = ec2.create_route_table(VpcId=here)['RouteTable']['RouteTableId']
        ec2.create_route(
            RouteTableId=table, DestinationCidrBlock=destination, VpcPeeringConnectionId=peering_id
        )
        return estate.arn('ec2', f'route-table/{table}')

    # All of the internet, and all of the other VPC.
    for wide in ('0.0.0.0/0', '10.5.0.0/16'):
        estate.bad(peered(wide), 'vpc_peering_routing_tables_with_least_privilege')
    estate.good(peered('10.5.1.0/24'), 'vpc_peering_routing_tables_with_least_privilege')


def edge(estate, ec2):
    free = ec2.allocate_address(Domain='vpc')['AllocationId']
    estate.bad(estate.arn('ec2', f'elastic-ip/{free}'), 'ec2_elastic_ip_unassigned')
    for accepts in ('enable', 'disable'):
        gateway = ec2.create_transit_gateway(Options={'AutoAcceptSharedAttachments': accepts})
        expect = estate.bad if accepts == 'enable' else estate.good
        expect(
            gateway['TransitGateway']['TransitGatewayArn'],
            'ec2_transitgateway_auto_accept_vpc_attachments',
        )


def endpoint_services(estate, ec2):
    balancers = estate.client('elbv2')
    vpc = ec2.create_vpc(CidrBlock='10.6.0.0/16')['Vpc']['VpcId']
    subnet = make_subnet(ec2, vpc, '10.6.1.0/24', 'us-east-1a')
    for name, principal in (('narrow', f'arn:aws:iam::{estate.account}:root'), ('wide', '*')):
        balancer = balancers.create_load_balancer(Name=name, Subnets=[subnet], Type='network')
        made = ec2.create_vpc_endpoint_service_configuration(
            NetworkLoadBalancerArns=[balancer['LoadBalancers'][0]['LoadBalancerArn']]
        )['ServiceConfiguration']['ServiceId']
        ec2.modify_vpc_endpoint_service_permissions(
            ServiceId=made, AddAllowedPrincipals=[principal]
        )
        expect = estate.bad if principal == '*' else estate.good
        expect(
            estate.arn('ec2', f'vpc-endpoint-service/{made}'),
            'vpc_endpoint_services_allowed_principals_trust_boundaries',
        )


def make_subnet(ec2, vpc, block, zone):
    return ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone)['Subnet']['SubnetId']


def default_group(ec2, vpc):
    groups = ec2.describe_security_groups(
        Filters=[{'Name': 'vpc-id', 'Values': [vpc]}, {'Name': 'group-name', 'Values': ['default']}]
    )
    return groups['SecurityGroups'][0]['GroupId']


def empty(ec2, group):
    rules = ec2.describe_security_groups(GroupIds=[group])['SecurityGroups'][0]
    if rules['IpPermissions']:
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=rules['IpPermissions'])
    if rules['IpPermissionsEgress']:
        ec2.revoke_security_group_egress(GroupId=group, IpPermissions=rules['IpPermissionsEgress'])
