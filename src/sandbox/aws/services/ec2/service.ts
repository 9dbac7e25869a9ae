import type { Service } from '../../wire/service.ts'
import { attributes } from './attributes.ts'
import { defaults } from './defaults.ts'
import { reads } from './reads.ts'
import { securityGroupRules } from './security-group-rules.ts'
import { writes } from './writes.ts'

export const ec2: Service = {
  name: 'ec2',
  signing: 'ec2',
  protocol: 'ec2',
  xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  operations: [...reads, ...attributes, ...defaults, ...securityGroupRules, ...writes],
}
