import { RDSClient } from '@aws-sdk/client-rds'
import type { Service } from '../../clouds/aws/session.ts'
import { reader } from './read.ts'

const service: Service = { name: 'rds', client: config => new RDSClient(config) }

export const rds = reader(service, { ask: 'Marker', answer: 'Marker' })

/** The API of RDS answers for DocumentDB and Neptune too, which are other resources. */
export function isRelational({ Engine = '' }: { readonly Engine?: string | undefined }): boolean {
  return Engine !== 'docdb' && Engine !== 'neptune'
}
