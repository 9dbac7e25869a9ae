def fill(estate):
    group = estate.client('autoscaling')
    for is_public in (True, False):
        name = f'public-{is_public}'
        group.create_launch_configuration(
            LaunchConfigurationName=name,
            ImageId='ami-12345678',
            InstanceType='t3.micro',
            AssociatePublicIpAddress=is_public,
        )
        made = group.describe_launch_configurations(LaunchConfigurationNames=[name])
        expect = estate.bad if is_public else estate.good
        expect(
            made['LaunchConfigurations'][0]['LaunchConfigurationARN'],
            'autoscaling_group_launch_configuration_no_public_ip',
        )
