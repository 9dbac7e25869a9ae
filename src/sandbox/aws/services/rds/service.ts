import type { Service } from '../../wire/service.ts'
import { reads } from './reads.ts'
import { writes } from './writes.ts'

export const rds: Service = {
  name: 'rds',
  signing: 'rds',
  protocol: 'query',
  xmlNamespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
  operations: [...reads, ...writes],
}
