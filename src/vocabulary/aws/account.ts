import type { ServiceVocabulary } from '../statement.ts'

/**
 * Facts that belong to no resource; live scans alone know them, and code never declares one. A setting that Terraform
 * has a type for is no fact of these: live it is a resource of that type, always there, with the value in effect.
 */
export const account: ServiceVocabulary = {
  types: {
    aws_account: {
      pseudo: true,
      name: ['alias', 'id'],
      adds: {
        id: 's:c',
        alias: 's:o',
        organization_id: 's:o',
        // Active ones; the credential report's two, not GetAccountSummary's one.
        root_access_keys: 'n:c',
        // AccountPasswordPresent of iam:GetAccountSummary; true where it does not say. A member account whose root is
        // managed centrally has none, and then no MFA to have.
        root_has_password: 'b:c',
        root_mfa_enabled: 'b:c',
        // No virtual device is assigned to root: iam:ListVirtualMFADevices.
        root_mfa_hardware: 'b:c',
        // ISO 8601; null: never, or not since AWS keeps count. Of two keys the later use.
        root_password_last_used: 's:o',
        root_access_key_last_used: 's:o',
        // The e-mail address of the alternate contact for security.
        security_contact: 's:o',
      },
    },
    aws_region: {
      pseudo: true,
      name: ['name'],
      adds: {
        name: 's:c',
        access_analyzer_enabled: 'b:c',
        config_recorder_enabled: 'b:c',
        guardduty_enabled: 'b:c',
        macie_enabled: 'b:c',
        securityhub_enabled: 'b:c',
      },
    },
  },
}
