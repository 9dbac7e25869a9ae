import * as Iam from '@aws-sdk/client-iam'
import type { Call } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { authorizationDetails, isAwsManaged } from './authorization-details.ts'
import { credentialReport } from './credential-report.ts'
import { iamPage, noSuchEntity } from './page.ts'

/** What IAM tells of the account as a whole. */
export const account: readonly Operation[] = [
  operation(Iam.GetAccountAuthorizationDetails$, authorizationDetails),
  operation(
    Iam.GenerateCredentialReport$,
    (_input: object, { state }): Iam.GenerateCredentialReportResponse => {
      if (state.iam.reportTakes <= 0) return { State: 'COMPLETE' }
      state.iam.reportTakes--
      return {
        State: 'STARTED',
        Description: 'No report exists. Starting a new report generation task',
      }
    },
  ),
  operation(
    Iam.GetCredentialReport$,
    (_input: object, { state }): Iam.GetCredentialReportResponse => {
      if (state.iam.reportTakes > 0) {
        throw new ApiError('ReportInProgress', 404, 'The report is still being generated')
      }
      return {
        Content: Uint8Array.from(Buffer.from(credentialReport(state))),
        ReportFormat: 'text/csv',
        GeneratedTime: new Date(),
      }
    },
  ),
  operation(Iam.GetAccountSummary$, summary),
  operation(
    Iam.GetAccountPasswordPolicy$,
    (_input: object, { state }): Iam.GetAccountPasswordPolicyResponse => {
      const { passwordPolicy } = state.iam
      if (!passwordPolicy) throw noPasswordPolicy(state.account)
      return { PasswordPolicy: { ...usualPolicy, ...passwordPolicy } }
    },
  ),
  operation(
    Iam.UpdateAccountPasswordPolicy$,
    (input: Iam.UpdateAccountPasswordPolicyRequest, { state }) => {
      // The whole policy is replaced: what is left out goes back to its default.
      state.iam.passwordPolicy = { ...input, ExpirePasswords: (input.MaxPasswordAge ?? 0) > 0 }
    },
  ),
  operation(Iam.DeleteAccountPasswordPolicy$, (_input: object, { state }) => {
    if (!state.iam.passwordPolicy) throw noPasswordPolicy(state.account)
    state.iam.passwordPolicy = undefined
  }),
  operation(Iam.ListAccountAliases$, (_input: object, { state }) => ({
    AccountAliases: state.iam.aliases,
    IsTruncated: false,
  })),
  operation(Iam.ListServerCertificates$, (input: Iam.ListServerCertificatesRequest, call) =>
    iamPage(call, input, 'ServerCertificateMetadataList', call.state.iam.serverCertificates),
  ),
  operation(Iam.ListSAMLProviders$, (_input: object, { state }) => ({
    SAMLProviderList: state.iam.samlProviders,
  })),
  operation(Iam.GetSAMLProvider$, (input: Iam.GetSAMLProviderRequest, { state }) => {
    const found = state.iam.samlProviders.find(one => one.Arn === input.SAMLProviderArn)
    if (!found) throw noSuchEntity(`Manifest not found for arn ${input.SAMLProviderArn}`)
    return found
  }),
  operation(Iam.ListOpenIDConnectProviders$, (_input: object, { state }) => ({
    OpenIDConnectProviderList: state.iam.oidcProviders,
  })),
  operation(
    Iam.GetOpenIDConnectProvider$,
    (input: Iam.GetOpenIDConnectProviderRequest, { state }) => {
      const arn = input.OpenIDConnectProviderArn
      const found = state.iam.oidcProviders.find(one => one.Arn === arn)
      if (!found) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`)
      return found
    },
  ),
  operation(Iam.ListOrganizationsFeatures$, (_input: object, { state }) => ({
    OrganizationId: state.organization.organization?.Id,
    EnabledFeatures: state.iam.organizationsFeatures,
  })),
]

const usualPolicy: Iam.PasswordPolicy = {
  MinimumPasswordLength: 6,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: false,
  ExpirePasswords: false,
}

function noPasswordPolicy(account: string): ApiError {
  return noSuchEntity(`The Password Policy with domain name ${account} cannot be found.`)
}

function summary(_input: object, { state }: Call): Iam.GetAccountSummaryResponse {
  const { root, users, groups, roles, policies } = state.iam
  return {
    SummaryMap: {
      AccountMFAEnabled: root.mfa?.length ? 1 : 0,
      AccountAccessKeysPresent: root.accessKeys?.some(key => key.Status === 'Active') ? 1 : 0,
      AccountSigningCertificatesPresent: 0,
      // The root user always has one; with centralised root access it has none.
      AccountPasswordPresent: 1,
      Users: users.length,
      Groups: groups.length,
      Roles: roles.length,
      Policies: policies.filter(one => !isAwsManaged(one)).length,
      MFADevices: users.reduce((sum, user) => sum + (user.mfa?.length ?? 0), 0),
      ServerCertificates: state.iam.serverCertificates.length,
    },
  }
}
