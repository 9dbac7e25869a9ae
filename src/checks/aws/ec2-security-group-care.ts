import { check } from '../../check.ts'
import { both, either, isSet, some } from '../../check-kit/decide.ts'
import { isFromInternet, reachesEveryPort } from '../../check-kit/ports.ts'
import { endsWith, startsWith, type Text } from '../../check-kit/text.ts'

export default [
  check('aws_security_group', {
    id: 'ec2_securitygroup_default_restrict_traffic',
    title: 'Default security groups let nothing through',
    severity: 'high',
    why: 'Whatever is started without a group of its own gets this one, and talks to everything else that has it.',
    fix: 'Declare `aws_default_security_group` without rules, and give everything a group of its own.',
    aliases: ['AWS-0173'],
    when: group => group.is_default,
    pass: group =>
      !either(
        () => group.ingress.some(() => true),
        () => group.egress.some(() => true),
      ),
    bad: [
      defaultGroup('ingress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n self = true\n}'),
      defaultGroup(
        'egress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n cidr_blocks = ["0.0.0.0/0"]\n}',
      ),
    ],
    good: [defaultGroup('')],
    fault: 'is a default group with rules',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_from_launch_wizard',
    title: 'Security groups are not leftovers of the launch wizard',
    severity: 'medium',
    why: 'The wizard’s groups open SSH or RDP to the world, and nobody owns them.',
    fix: 'Move its instances to a group that was made for them, and delete it.',
    pass: group => !isOfWizard(group.name ?? ''),
    bad: ['name = "launch-wizard-1"'],
    good: ['', 'name = "web"'],
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_with_many_ingress_egress_rules',
    title: 'Security groups have few enough rules to understand',
    severity: 'medium',
    why: 'Among so many rules nobody notices the one that is too wide.',
    fix: 'Group the addresses in a prefix list, refer to other groups, or split the group.',
    options: { max_rules: 50 },
    pass: (group, { options }) =>
      both(
        () => group.ingress.length <= Number(options.max_rules),
        () => group.egress.length <= Number(options.max_rules),
      ),
    bad: [manyRules(51)],
    good: ['', manyRules(50)],
    fault: 'has too many rules',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_allow_egress_to_internet_to_all_ports',
    title: 'Security groups do not let everything out to the internet',
    severity: 'medium',
    why: 'After a break-in, data and commands go out on whatever port the intruder likes.',
    fix: 'Name the ports and networks that have to be reached.',
    aliases: ['CKV_AWS_382', 'AWS-0104'],
    pass: group =>
      !group.egress.some(rule =>
        both(
          () => reachesEveryPort(rule),
          () => isFromInternet(rule),
        ),
      ),
    bad: [
      'egress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n cidr_blocks = ["0.0.0.0/0"]\n}',
      'egress {\n protocol = "-1"\n from_port = 0\n to_port = 0\n ipv6_cidr_blocks = ["::/0"]\n}',
    ],
    good: [
      '',
      'egress {\n protocol = "tcp"\n from_port = 443\n to_port = 443\n cidr_blocks = ["0.0.0.0/0"]\n}',
    ],
    fault: 'lets everything out to the internet',
  }),

  check('aws_security_group', {
    id: 'ec2_securitygroup_rules_have_description',
    title: 'Security group rules say what they are for',
    severity: 'low',
    why: 'A rule that nobody can explain is a rule that nobody dares to remove.',
    fix: 'Give every rule a `description`.',
    aliases: ['CKV_AWS_23', 'AWS-0124'],
    pass: group =>
      both(
        () => group.ingress.every(isDescribed),
        () => group.egress.every(isDescribed),
      ),
    bad: [
      ingress('protocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["10.0.0.0/8"]'),
    ],
    good: [
      '',
      ingress(
        'description = "offices"\nprotocol = "tcp"\nfrom_port = 443\nto_port = 443\ncidr_blocks = ["10.0.0.0/8"]',
      ),
    ],
    fault: 'has a rule without a description',
  }),
]

/** `launch-wizard-7`; a name that is partly known decides by its beginning or by its end. */
function isOfWizard(name: Text): boolean {
  return both(
    () => startsWith(name, 'launch-wizard-'),
    () => some('0123456789'.split(''), digit => endsWith(name, digit)),
  )
}

function isDescribed(rule: { readonly description: string | undefined }): boolean {
  return isSet(() => rule.description)
}

function defaultGroup(body: string): string {
  return `resource "aws_default_security_group" "a" {
    ${body}
  }`
}

function manyRules(count: number): string {
  return `dynamic "ingress" {
    for_each = range(${count})
    content {
      protocol    = "tcp"
      from_port   = 1000 + ingress.value
      to_port     = 1000 + ingress.value
      cidr_blocks = ["10.0.0.0/8"]
    }
  }`
}

function ingress(body: string): string {
  return `ingress {\n${body}\n}`
}
