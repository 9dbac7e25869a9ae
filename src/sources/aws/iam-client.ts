import { IAMClient } from '@aws-sdk/client-iam'
import type { Service } from '../../clouds/aws/session.ts'
import { reader } from './read.ts'

const service: Service = { name: 'iam', client: config => new IAMClient(config) }

export const iam = reader(service, { ask: 'Marker', answer: 'Marker' })
