import { check } from '../../check.ts'
import { daysSince } from '../../check-kit/age.ts'
import { either } from '../../check-kit/decide.ts'

const volume = 'vol-0a1b2c3d4e5f60718'
const group = 'sg-0a1b2c3d4e5f60718'

export default [
  check('aws_ebs_volume', {
    id: 'ec2_ebs_volume_snapshots_exists',
    title: 'EBS volumes have a snapshot',
    severity: 'high',
    why: 'What is deleted or encrypted by an attacker on the only copy is gone.',
    fix: 'Schedule snapshots with Data Lifecycle Manager or AWS Backup.',
    on: 'live',
    pass: (_, { referring }) => referring('aws_ebs_snapshot').some(() => true),
    bad: [
      { aws_ebs_volume: { id: volume } },
      // What the volume was made from is no copy of what it has become.
      {
        aws_ebs_volume: { id: volume, snapshot_id: 'snap-0a1b2c3d4e5f60718' },
        aws_ebs_snapshot: { id: 'snap-0a1b2c3d4e5f60718', volume_id: 'vol-ffffffff' },
      },
    ],
    good: [
      {
        aws_ebs_volume: { id: volume },
        aws_ebs_snapshot: { id: 'snap-0a1b2c3d4e5f60719', volume_id: volume },
      },
    ],
    fault: 'has no snapshot',
  }),

  check('aws_instance', {
    id: 'ec2_instance_older_than_specific_days',
    title: 'Running instances are replaced now and then',
    severity: 'medium',
    why: 'What runs for very long misses updates, and gathers changes that nobody can repeat.',
    fix: 'Replace the instance by one from a current AMI.',
    on: 'live',
    options: { days: 180 },
    pass: (instance, { now, options }) =>
      instance.instance_state !== 'running' ||
      (daysSince(instance.launch_time, now) ?? 0) <= Number(options.days),
    bad: [{ instance_state: 'running', launch_time: '2025-07-04T00:00:00Z' }],
    good: [
      { instance_state: 'running', launch_time: '2025-07-05T00:00:00Z' },
      { instance_state: 'stopped', launch_time: '2020-01-01T00:00:00Z' },
    ],
    fault: ({ launch_time }) => `has run since ${day(launch_time)}`,
  }),

  check('aws_instance', {
    id: 'ec2_instance_stopped_older_than_specific_days',
    title: 'Stopped instances are started again or removed',
    severity: 'low',
    why: 'A stopped instance gets no updates, and its volumes keep data that nobody looks after.',
    fix: 'Take an image of the instance if it is still needed, and terminate it.',
    on: 'live',
    options: { days: 30 },
    pass: (instance, { now, options }) =>
      instance.instance_state !== 'stopped' ||
      (daysSince(instance.state_transition_time, now) ?? 0) <= Number(options.days),
    bad: [{ instance_state: 'stopped', state_transition_time: '2025-12-01T00:00:00Z' }],
    good: [
      { instance_state: 'stopped', state_transition_time: '2025-12-02T00:00:00Z' },
      { instance_state: 'stopped', state_transition_time: null },
      { instance_state: 'running', state_transition_time: null },
    ],
    fault: ({ state_transition_time }) => `has been stopped since ${day(state_transition_time)}`,
  }),

  check('aws_instance', {
    id: 'ec2_instance_paravirtual_type',
    title: 'Instances use hardware virtualization',
    severity: 'medium',
    why: 'Paravirtual instances run on old hosts without the isolation of today’s, and without enhanced networking.',
    fix: 'Replace the instance by one from an HVM image.',
    on: 'live',
    pass: instance => instance.virtualization_type !== 'paravirtual',
    bad: [{ virtualization_type: 'paravirtual' }],
    good: [{ virtualization_type: 'hvm' }],
  }),

  check('aws_instance', {
    id: 'ec2_instance_with_outdated_ami',
    title: 'Instances run images that are still maintained',
    severity: 'medium',
    why: 'A deprecated image gets no more updates; what was found in it since stays open.',
    fix: 'Replace the instance by one from a current AMI.',
    on: 'live',
    pass: ({ ami_deprecation_time }, { now }) => (daysSince(ami_deprecation_time, now) ?? -1) < 0,
    bad: [{ ami_deprecation_time: '2025-12-31T00:00:00Z' }],
    good: [{ ami_deprecation_time: '2027-01-01T00:00:00Z' }, { ami_deprecation_time: null }],
    fault: ({ ami_deprecation_time }) =>
      `runs an image that is deprecated since ${day(ami_deprecation_time)}`,
  }),

  check('aws_network_acl', {
    id: 'ec2_networkacl_unused',
    title: 'Network ACLs are in use',
    severity: 'low',
    why: 'A forgotten ACL is attached some day by mistake, with rules that nobody remembers.',
    fix: 'Delete the ACL, or associate it with a subnet.',
    on: 'live',
    when: acl => !acl.is_default,
    pass: acl => acl.subnet_ids.some(() => true),
    bad: [{ is_default: false, subnet_ids: [] }],
    good: [
      { is_default: false, subnet_ids: ['subnet-0a1b2c3d'] },
      { is_default: true, subnet_ids: [] },
    ],
    fault: 'is in no subnet',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_not_used',
    title: 'Security groups are in use',
    severity: 'low',
    why: 'A forgotten group is attached some day by mistake, with rules that nobody remembers.',
    fix: 'Delete the group.',
    on: 'live',
    when: group => !group.is_default,
    pass: (_, { referring }) =>
      either(
        () => referring('aws_network_interface').some(() => true),
        () => referring('aws_security_group').some(() => true),
      ),
    bad: [
      { aws_security_group: { id: group, is_default: false } },
      {
        aws_security_group: { id: group, is_default: false },
        aws_network_interface: { id: 'eni-0a1b2c3d4e5f60718', security_groups: ['sg-00000000'] },
      },
      // A rule about the group itself is no use of it.
      {
        aws_security_group: {
          id: group,
          is_default: false,
          ingress: [{ from_port: 0, to_port: 0, protocol: '-1', self: true }],
        },
      },
    ],
    good: [
      {
        aws_security_group: { id: group, is_default: false },
        aws_network_interface: { id: 'eni-0a1b2c3d4e5f60718', security_groups: [group] },
      },
      {
        aws_security_group: [
          { id: group, is_default: false },
          {
            id: 'sg-0a1b2c3d4e5f60719',
            is_default: true,
            ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp', security_groups: [group] }],
          },
        ],
      },
    ],
    fault: 'is attached to nothing',
  }),
]

function day(moment: string | undefined): string {
  return (moment ?? '').slice(0, 10)
}
