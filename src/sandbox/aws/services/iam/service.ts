import type { Service } from '../../wire/service.ts'
import { account } from './account.ts'
import { identities } from './identities.ts'
import { policies } from './policies.ts'

export const iam: Service = {
  name: 'iam',
  signing: 'iam',
  protocol: 'query',
  xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  operations: [...account, ...identities, ...policies],
}
