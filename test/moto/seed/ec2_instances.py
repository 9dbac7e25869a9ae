import base64

from ec2_network import make_subnet
from ec2_security_groups import ingress

EXPOSED = {
    'cassandra': 7000,
    'cifs': 445,
    'elasticsearch_kibana': 9200,
    'ftp': 21,
    'kafka': 9092,
    'kerberos': 88,
    'ldap': 389,
    'memcached': 11211,
    'mongodb': 27017,
    'mysql': 3306,
    'oracle': 1521,
    'postgresql': 5432,
    'rdp': 3389,
    'redis': 6379,
    'sqlserver': 1433,
    'ssh': 22,
    'telnet': 23,
}
SECRET = 'export DB_PASSWORD=Tr0ub4dor-and-3-horses\nexport AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY'


def fill(estate):
    for region in ('us-east-1', 'eu-central-1'):
        machines(estate, region)
    templates(estate, estate.client('ec2'))
    estate.lacks('no image of moto is ever deprecated', 'ec2_instance_with_outdated_ami')
    estate.lacks(
        'moto does not know the call that tells it', 'ec2_instance_account_imdsv2_enabled'
    )
    estate.lacks(
        'moto drops EnclaveOptions',
        'ec2_confidential_workload_host_imdsv2_not_enforced',
        'ec2_confidential_workload_host_public_ip',
        'ec2_confidential_workload_host_unrestricted_ingress',
        'ec2_confidential_workload_host_vsock_proxy_exposed',
    )


def machines(estate, region):
    ec2 = estate.client('ec2', region)
    vpc = ec2.create_vpc(CidrBlock='10.8.0.0/16')['Vpc']['VpcId']
    private = make_subnet(ec2, vpc, '10.8.1.0/24', f'{region}a')
    public = make_subnet(ec2, vpc, '10.8.2.0/24', f'{region}a')
    ec2.modify_subnet_attribute(SubnetId=public, MapPublicIpOnLaunch={'Value': True})
    image = ec2.register_image(Name='base', Architecture='x86_64')['ImageId']
    profile = make_profile(estate, region)

    def run(subnet, group, **more):
        asked = {'ImageId': image, 'SubnetId': subnet, 'SecurityGroupIds': [group], **more}
        made = ec2.run_instances(MinCount=1, MaxCount=1, **asked)['Instances'][0]['InstanceId']
        return estate.arn('ec2', f'instance/{made}', region)

    def group(name, *permissions):
        made = ec2.create_security_group(GroupName=name, Description='-', VpcId=vpc)['GroupId']
        if permissions:
            ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=list(permissions))
        return made

    closed = group('closed')
    required = {'HttpTokens': 'required', 'HttpEndpoint': 'enabled'}
    kept = run(
        private,
        closed,
        MetadataOptions=required,
        Monitoring={'Enabled': True},
        IamInstanceProfile={'Name': profile},
        BlockDeviceMappings=[
            {'DeviceName': '/dev/sda1', 'Ebs': {'VolumeSize': 8, 'Encrypted': True}}
        ],
    )
    estate.good(
        kept,
        'ec2_instance_block_devices_encrypted',
        'ec2_instance_paravirtual_type',
        'ec2_instance_with_outdated_ami',
        'ec2_instance_imdsv2_enabled',
        'ec2_instance_detailed_monitoring_enabled',
        'ec2_instance_profile_attached',
        'ec2_instance_public_ip',
        'ec2_instance_internet_facing_with_instance_profile',
        'ec2_instance_secrets_user_data',
        'ec2_instance_older_than_specific_days',
        'ec2_instance_stopped_older_than_specific_days',
        'ec2_instance_uses_single_eni',
        *exposure(),
    )
    careless = run(
        public,
        closed,
        MetadataOptions={'HttpTokens': 'optional', 'HttpEndpoint': 'enabled'},
        UserData=SECRET,
        IamInstanceProfile={'Name': profile},
    )
    estate.bad(
        careless,
        'ec2_instance_block_devices_encrypted',
        'ec2_instance_imdsv2_enabled',
        'ec2_instance_detailed_monitoring_enabled',
        'ec2_instance_public_ip',
        'ec2_instance_internet_facing_with_instance_profile',
        'ec2_instance_secrets_user_data',
    )
    estate.good(careless, *exposure())
    estate.bad(run(private, closed), 'ec2_instance_profile_attached')
    two = ec2.create_network_interface(SubnetId=private, Groups=[closed])['NetworkInterface']
    double = run(private, closed, ImageId='ami-12345678')
    ec2.attach_network_interface(
        NetworkInterfaceId=two['NetworkInterfaceId'],
        InstanceId=double.rsplit('/', 1)[1],
        DeviceIndex=1,
    )
    estate.bad(double, 'ec2_instance_uses_single_eni')
    # What moto makes of an image that it does not have.
    estate.bad(double, 'ec2_instance_paravirtual_type')
    bound = ec2.allocate_address(Domain='vpc')['AllocationId']
    ec2.associate_address(AllocationId=bound, NetworkInterfaceId=two['NetworkInterfaceId'])
    estate.good(estate.arn('ec2', f'elastic-ip/{bound}', region), 'ec2_elastic_ip_unassigned')
    # An open port behind no public address is not exposed.
    hidden = run(private, group('all', {**ingress(None), 'IpProtocol': '-1'}))
    estate.good(hidden, *exposure())
    for name, port in EXPOSED.items():
        facing = run(public, group(name, ingress(port)))
        estate.bad(facing, *exposure(name))
        estate.good(facing, *(check for check in exposure() if check not in exposure(name)))
    used_groups(estate, region, closed, group('idle'))


def used_groups(estate, region, used, idle):
    estate.good(estate.arn('ec2', f'security-group/{used}', region), 'ec2_securitygroup_not_used')
    estate.bad(estate.arn('ec2', f'security-group/{idle}', region), 'ec2_securitygroup_not_used')


def exposure(*names):
    return [f'ec2_instance_port_{name}_exposed_to_internet' for name in names or EXPOSED]


def make_profile(estate, region):
    iam, name = estate.client('iam'), f'machines-{region}'
    iam.create_instance_profile(InstanceProfileName=name)
    iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName='plain')
    return name


def templates(estate, ec2):
    def template(name, **data):
        made = ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)
        return estate.arn('ec2', f"launch-template/{made['LaunchTemplate']['LaunchTemplateId']}")

    def encoded(text):
        return base64.b64encode(text.encode()).decode()

    facing = [{'DeviceIndex': 0, 'AssociatePublicIpAddress': True}]
    kept = template(
        'kept',
        MetadataOptions={'HttpTokens': 'required', 'HttpEndpoint': 'enabled'},
        NetworkInterfaces=[{'DeviceIndex': 0, 'AssociatePublicIpAddress': False}],
        UserData=encoded('yum update -y'),
    )
    checks = (
        'ec2_launch_template_imdsv2_required',
        'ec2_launch_template_no_public_ip',
        'ec2_launch_template_no_secrets',
    )
    estate.good(kept, *checks)
    careless = template('careless', NetworkInterfaces=facing, UserData=encoded(SECRET))
    estate.bad(careless, *checks)
