import { check } from '../../check.ts'

export default [
  check('aws_launch_configuration', {
    id: 'autoscaling_group_launch_configuration_no_public_ip',
    title: 'Launch configurations give no public address',
    severity: 'high',
    why: 'Every instance that is started from it stands on the internet.',
    fix: 'Set `associate_public_ip_address = false`.',
    aliases: ['AWS-0009'],
    pass: configuration => configuration.associate_public_ip_address !== true,
    bad: ['associate_public_ip_address = true'],
    good: ['', 'associate_public_ip_address = false'],
    set: { associate_public_ip_address: false },
    fault: 'gives a public address',
  }),
]
