import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new STSClient(config),
  operations: { AssumeRole: AssumeRoleCommand, GetCallerIdentity: GetCallerIdentityCommand },
}
