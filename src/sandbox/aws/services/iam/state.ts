import type {
  AccessKeyLastUsed,
  FeatureType,
  GetOpenIDConnectProviderResponse,
  GetSAMLProviderResponse,
  GroupDetail,
  ManagedPolicyDetail,
  PasswordPolicy,
  RoleDetail,
  ServerCertificateMetadata,
  Tag,
  UserDetail,
} from '@aws-sdk/client-iam'

/** IAM as GetAccountAuthorizationDetails tells it; policy documents are plain text here and URL-encoded on the wire. */
export interface IamEstate {
  readonly users?: readonly UserEstate[]
  readonly groups?: readonly GroupDetail[]
  readonly roles?: readonly RoleDetail[]
  readonly policies?: readonly PolicyEstate[]
  readonly root?: CredentialEstate
  /** Left out: none was ever set. */
  readonly passwordPolicy?: PasswordPolicy
  readonly aliases?: readonly string[]
  readonly serverCertificates?: readonly ServerCertificateMetadata[]
  readonly samlProviders?: readonly (GetSAMLProviderResponse & { Arn: string })[]
  readonly oidcProviders?: readonly (GetOpenIDConnectProviderResponse & { Arn: string })[]
  readonly organizationsFeatures?: readonly FeatureType[]
  /** How many calls of GenerateCredentialReport answer that it is not done yet. */
  readonly reportTakes?: number
}

/** The tags are told by another call. */
export interface PolicyEstate extends ManagedPolicyDetail {
  Tags?: Tag[]
}

export interface UserEstate extends UserDetail, CredentialEstate {}

/** What the credential report says of a user, or of the root user. */
export interface CredentialEstate {
  CreateDate?: Date | undefined
  login?: { CreateDate: Date; LastUsed?: Date; LastChanged?: Date }
  /** A serial number with `:mfa/` is a virtual device; any other is hardware. */
  mfa?: { SerialNumber: string; EnableDate: Date }[]
  accessKeys?: AccessKeyEstate[]
}

export interface AccessKeyEstate {
  AccessKeyId: string
  Status: 'Active' | 'Inactive'
  CreateDate: Date
  LastUsed?: AccessKeyLastUsed
}

export interface IamState {
  users: UserEstate[]
  groups: GroupDetail[]
  roles: RoleDetail[]
  policies: PolicyEstate[]
  root: CredentialEstate
  passwordPolicy: PasswordPolicy | undefined
  aliases: string[]
  serverCertificates: ServerCertificateMetadata[]
  samlProviders: (GetSAMLProviderResponse & { Arn: string })[]
  oidcProviders: (GetOpenIDConnectProviderResponse & { Arn: string })[]
  organizationsFeatures: FeatureType[]
  reportTakes: number
}

export function iamState(estate: IamEstate): IamState {
  const all = structuredClone(estate)
  return {
    users: [...(all.users ?? [])],
    groups: [...(all.groups ?? [])],
    roles: [...(all.roles ?? [])],
    policies: [...(all.policies ?? [])],
    root: all.root ?? {},
    passwordPolicy: all.passwordPolicy,
    aliases: [...(all.aliases ?? [])],
    serverCertificates: [...(all.serverCertificates ?? [])],
    samlProviders: [...(all.samlProviders ?? [])],
    oidcProviders: [...(all.oidcProviders ?? [])],
    organizationsFeatures: [...(all.organizationsFeatures ?? [])],
    reportTakes: all.reportTakes ?? 0,
  }
}
