import { action } from '../action.ts'
import {
  authorize,
  comparableRules,
  countInterfaces,
  missing,
  type Rule,
  readGroup,
  readRules,
  revoke,
  securityGroup,
} from './security-group.ts'

interface State {
  readonly isDefault: boolean
  readonly rules: readonly Rule[]
}

/** Empties a default group, in which everything lands that names none. */
export const sgDefaultRestrict = action<State>({
  ...securityGroup,
  id: 'sg_default_restrict',
  title: 'Revoke all rules of the default security group',
  mends: ['ec2_securitygroup_default_restrict_traffic'],
  blast: 'B2',
  mode: 'auto',
  permissions: {
    read: [
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeNetworkInterfaces',
    ],
    write: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
    undo: [
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:CreateTags',
    ],
  },
  async read(cloud, target) {
    const group = await readGroup(cloud, target)
    if (!group) return null
    return { isDefault: group.GroupName === 'default', rules: await readRules(cloud, target) }
  },
  isGood: ({ isDefault, rules }) => !isDefault || rules.length === 0,
  async holds(cloud, target) {
    const used = await countInterfaces(cloud, target)
    return used === 0 ? [] : [`${used} network interfaces use the group`]
  },
  mend: ({ rules }, { name }) => [...revoke(name, rules, false), ...revoke(name, rules, true)],
  undo: (before, now, { name }) => {
    const gone = missing(before.rules, now.rules)
    return [...authorize(name, gone, false), ...authorize(name, gone, true)]
  },
  comparable: ({ rules }) => comparableRules(rules),
})
