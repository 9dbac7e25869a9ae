import {
  DeleteAccountPasswordPolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountPasswordPolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUsersCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new IAMClient(config),
  operations: {
    DeleteAccountPasswordPolicy: DeleteAccountPasswordPolicyCommand,
    GetAccessKeyLastUsed: GetAccessKeyLastUsedCommand,
    GetAccountPasswordPolicy: GetAccountPasswordPolicyCommand,
    GetUser: GetUserCommand,
    ListAccessKeys: ListAccessKeysCommand,
    ListUsers: ListUsersCommand,
    UpdateAccessKey: UpdateAccessKeyCommand,
    UpdateAccountPasswordPolicy: UpdateAccountPasswordPolicyCommand,
  },
}
