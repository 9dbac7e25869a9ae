"""What is fresh is well; on a server whose clock is slow, the same is old and forgotten."""

from ec2_network import make_subnet


def fill(estate):
    iam = estate.client('iam')
    forgotten = iam.create_user(UserName='forgotten')['User']['Arn']
    iam.create_access_key(UserName='forgotten')
    iam.create_login_profile(UserName='forgotten', Password='correct-horse-Battery-9')
    estate.bad(
        forgotten,
        'iam_rotate_access_key_90_days',
        'iam_user_accesskey_unused',
        'iam_user_console_access_unused',
    )
    ec2 = estate.client('ec2')
    vpc = ec2.create_vpc(CidrBlock='10.10.0.0/16')['Vpc']['VpcId']
    subnet = make_subnet(ec2, vpc, '10.10.1.0/24', 'us-east-1a')
    image = ec2.register_image(Name='old', Architecture='x86_64')['ImageId']

    def run():
        made = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, SubnetId=subnet)
        return made['Instances'][0]['InstanceId']

    running, stopped = run(), run()
    ec2.stop_instances(InstanceIds=[stopped])
    estate.bad(
        estate.arn('ec2', f'instance/{running}'), 'ec2_instance_older_than_specific_days'
    )
    estate.bad(
        estate.arn('ec2', f'instance/{stopped}'), 'ec2_instance_stopped_older_than_specific_days'
    )
