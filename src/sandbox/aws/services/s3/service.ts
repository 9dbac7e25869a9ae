import type { Service } from '../../wire/service.ts'
import { reads } from './reads.ts'
import { writes } from './writes.ts'

export const s3: Service = {
  name: 's3',
  signing: 's3',
  protocol: 'rest-xml',
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  operations: [...reads, ...writes],
}
