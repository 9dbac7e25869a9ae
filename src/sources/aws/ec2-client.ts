import { EC2Client } from '@aws-sdk/client-ec2'
import type { Service } from '../../clouds/aws/session.ts'
import { reader } from './read.ts'

export const service: Service = {
  name: 'ec2',
  concurrency: 40,
  client: config => new EC2Client(config),
}

export const ec2 = reader(service, { ask: 'NextToken', answer: 'NextToken' })
