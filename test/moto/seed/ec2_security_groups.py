from ec2_network import empty

TO = 'ec2_securitygroup_allow_ingress_from_internet_to'
PORTS = {
    f'{TO}_tcp_port_22': 22,
    f'{TO}_tcp_port_3389': 3389,
    f'{TO}_tcp_port_cassandra_7199_9160_8888': 9160,
    f'{TO}_tcp_port_elasticsearch_kibana_9200_9300_5601': 5601,
    f'{TO}_tcp_port_ftp_20_21': 21,
    f'{TO}_tcp_port_kafka_9092': 9092,
    f'{TO}_tcp_port_memcached_11211': 11211,
    f'{TO}_tcp_port_mongodb_27017_27018': 27018,
    f'{TO}_tcp_port_mysql_3306': 3306,
    f'{TO}_tcp_port_oracle_1521_2483': 1521,
    f'{TO}_tcp_port_postgres_5432': 5432,
    f'{TO}_tcp_port_redis_6379': 6379,
    f'{TO}_tcp_port_sql_server_1433_1434': 1433,
    f'{TO}_tcp_port_telnet_23': 23,
    f'{TO}_high_risk_tcp_ports': 8088,
}
ANY = f'{TO}_any_port'
EVERY = f'{TO}_all_ports'


def fill(estate):
    for region in ('us-east-1', 'eu-central-1'):
        make = maker(estate, region)
        ports(estate, make)
        whole(estate, make)
        care(estate, make)


def ports(estate, make):
    for check, port in PORTS.items():
        open_to_all = make(ingress(port))
        estate.bad(open_to_all, check, ANY)
        estate.good(open_to_all, EVERY, *(other for other in PORTS if other != check))
    estate.bad(make(ingress(22, v6=True)), f'{TO}_tcp_port_22', ANY)
    estate.bad(make(ingress(3000, 4000)), f'{TO}_tcp_port_3389', f'{TO}_tcp_port_mysql_3306')
    inside = make(ingress(0, 65535, source='10.0.0.0/8'))
    estate.good(inside, ANY, EVERY, *PORTS)
    estate.good(make(ingress(22, protocol='udp')), f'{TO}_tcp_port_22')
    one = make(ingress(22, source='198.51.100.7/32'))
    estate.good(one, f'{TO}_tcp_port_22', ANY)
    peer = make(ingress(443, source='52.94.76.7/32'))
    estate.bad(peer, f'{TO}_any_port_from_ip')
    estate.good(inside, f'{TO}_any_port_from_ip')


def whole(estate, make):
    estate.bad(make({**ingress(None), 'IpProtocol': '-1'}), EVERY, ANY, *PORTS)
    estate.bad(make(ingress(0, 65535)), EVERY, ANY, *PORTS)
    wide = make(ingress(443, source='52.0.0.0/8'))
    estate.bad(wide, 'ec2_securitygroup_allow_wide_open_public_ipv4')
    narrow = make(ingress(443, source='52.94.76.0/24'))
    estate.good(narrow, 'ec2_securitygroup_allow_wide_open_public_ipv4')


def care(estate, make):
    estate.bad(make(name='launch-wizard-7'), 'ec2_securitygroup_from_launch_wizard')
    estate.good(make(name='launch-wizards'), 'ec2_securitygroup_from_launch_wizard')
    many = make(*(ingress(port, source='10.0.0.0/8') for port in range(1000, 1051)))
    estate.bad(many, 'ec2_securitygroup_with_many_ingress_egress_rules', 'ec2_securitygroup_not_used')
    few = make(ingress(443, source='10.0.0.0/8'))
    estate.good(few, 'ec2_securitygroup_with_many_ingress_egress_rules')
    estate.bad(few, 'ec2_securitygroup_rules_have_description')
    told = make(ingress(443, source='10.0.0.0/8', description='from inside'), keeps_egress=False)
    estate.good(
        told,
        'ec2_securitygroup_rules_have_description',
        'ec2_securitygroup_allow_egress_to_internet_to_all_ports',
    )
    estate.bad(few, 'ec2_securitygroup_allow_egress_to_internet_to_all_ports')


def maker(estate, region):
    ec2 = estate.client('ec2', region)
    vpc = ec2.create_vpc(CidrBlock='10.7.0.0/16')['Vpc']['VpcId']
    count = 0

    def make(*permissions, name=None, keeps_egress=True):
        nonlocal count
        count += 1
        group = ec2.create_security_group(
            GroupName=name or f'group-{count}', Description='-', VpcId=vpc
        )['GroupId']
        if not keeps_egress:
            empty(ec2, group)
        if permissions:
            ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=list(permissions))
        return estate.arn('ec2', f'security-group/{group}', region)

    return make


def ingress(port, to=None, protocol='tcp', source='0.0.0.0/0', v6=False, description=None):
    told = {'Description': description} if description else {}
    ranges = (
        {'Ipv6Ranges': [{'CidrIpv6': '::/0', **told}]}
        if v6
        else {'IpRanges': [{'CidrIp': source, **told}]}
    )
    span = {} if port is None else {'FromPort': port, 'ToPort': to if to is not None else port}
    return {'IpProtocol': protocol, **span, **ranges}
