import { AccountClient, GetAlternateContactCommand } from '@aws-sdk/client-account'
import { GetAccountSummaryCommand, ListAccountAliasesCommand } from '@aws-sdk/client-iam'
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import type { Service } from '../../clouds/aws/session.ts'
import { Absent } from '../../resource.ts'
import { globalArn } from './arn.ts'
import { iam } from './iam-client.ts'
import { type Credentials, credentialReport, virtualDevices } from './iam-report.ts'
import { all, always, keyed, reader } from './read.ts'
import { detail, type Place, type Row, row } from './row.ts'

const accountService: Service = { name: 'account', client: config => new AccountClient(config) }
const organizationsService: Service = {
  name: 'organizations',
  client: config => new OrganizationsClient(config),
}
const paging = { ask: 'NextToken', answer: 'NextToken' }
const account = reader(accountService, paging)
const organizations = reader(organizationsService, paging)

const aliases = all(iam.pages(ListAccountAliasesCommand, 'AccountAliases', () => ({})))
const summary = keyed(
  iam.one(GetAccountSummaryCommand, () => ({})),
  () => '',
)
const securityContact = account.one(
  GetAlternateContactCommand,
  () => ({ AlternateContactType: 'SECURITY' as const }),
  { absent: ['ResourceNotFoundException'] },
)
const organization = organizations.one(DescribeOrganizationCommand, () => ({}), {
  absent: ['AWSOrganizationsNotInUseException'],
})

export const rows: readonly Row[] = [
  row({
    type: 'aws_account',
    service: 'account',
    scope: 'account',
    list: always,
    id: rootArn,
    set: { id: (_item, _of, at) => at.account },
    details: [
      detail(aliases, { alias: ([first]) => first }),
      detail(organization, { organization_id: answer => answer?.Organization?.Id }),
      detail(securityContact, {
        security_contact: answer => answer?.AlternateContact?.EmailAddress,
      }),
      detail(summary, {
        root_has_password: answer => answer?.SummaryMap?.AccountPasswordPresent !== 0,
        root_mfa_enabled: answer => answer?.SummaryMap?.AccountMFAEnabled === 1,
      }),
      detail(virtualDevices, {
        root_mfa_hardware: (devices, _, at) =>
          !devices.some(
            ({ SerialNumber, User }) =>
              User?.Arn === rootArn({}, at) ||
              SerialNumber?.endsWith(':mfa/root-account-mfa-device'),
          ),
      }),
      detail(credentialReport, {
        root_access_keys: ofRoot(
          ({ accessKeys }) => accessKeys.filter(({ status }) => status === 'Active').length,
        ),
        root_access_key_last_used: ofRoot(
          ({ accessKeys }) =>
            accessKeys
              .map(key => key.last_used ?? '')
              .sort()
              .at(-1) || null,
        ),
        root_password_last_used: ofRoot(({ passwordLastUsed }) => passwordLastUsed),
      }),
    ],
  }),
  row({
    type: 'aws_region',
    service: 'account',
    scope: 'region',
    list: always,
    id: (_, at) => `${at.account}/${at.region}`,
    set: { name: (_item, _of, at) => at.region },
  }),
]

function rootArn(_: object, at: Place): string {
  return globalArn(at, 'iam', 'root')
}

function ofRoot(value: (credentials: Credentials) => unknown) {
  return (report: ReadonlyMap<string, Credentials>, _: object, at: Place) => {
    const credentials = report.get(rootArn({}, at))
    return credentials === undefined
      ? new Absent('unresolved', 'the credential report does not know root')
      : value(credentials)
  }
}
