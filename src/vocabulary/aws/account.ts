import type { ServiceVocabulary } from '../statement.ts'

/** Facts that belong to no resource; live scans alone know them, and code never declares one. */
export const account: ServiceVocabulary = {
  types: {
    aws_account: {
      pseudo: true,
      name: ['alias', 'id'],
      adds: {
        id: 's:c',
        alias: 's:o',
        organization_id: 's:o',
        root_access_keys: 'n:c',
        root_credentials_centrally_managed: 'b:c',
        root_mfa_enabled: 'b:c',
        root_mfa_hardware: 'b:c',
        root_password_last_used: 's:o',
        root_access_key_last_used: 's:o',
        password_policy: {
          $: 'block:list1:o',
          allow_users_to_change_password: 'b:c',
          hard_expiry: 'b:c',
          max_password_age: 'n:c',
          minimum_password_length: 'n:c',
          password_reuse_prevention: 'n:c',
          require_lowercase_characters: 'b:c',
          require_numbers: 'b:c',
          require_symbols: 'b:c',
          require_uppercase_characters: 'b:c',
        },
        s3_public_access_block: {
          $: 'block:list1:o',
          block_public_acls: 'b:c',
          block_public_policy: 'b:c',
          ignore_public_acls: 'b:c',
          restrict_public_buckets: 'b:c',
        },
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
        ebs_default_kms_key_id: 's:o',
        ebs_encryption_by_default: 'b:c',
        ebs_snapshot_block_public_access: 's:c',
        guardduty_enabled: 'b:c',
        image_block_public_access: 's:c',
        instance_metadata_defaults: {
          $: 'block:list1:o',
          http_endpoint: 's:c',
          http_put_response_hop_limit: 'n:o',
          http_tokens: 's:c',
          instance_metadata_tags: 's:c',
        },
        macie_enabled: 'b:c',
        securityhub_enabled: 'b:c',
        serial_console_access_enabled: 'b:c',
      },
    },
  },
}
