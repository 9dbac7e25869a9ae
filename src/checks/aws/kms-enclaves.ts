import { check } from '../../check.ts'
import { both, either, surely } from '../../check-kit/decide.ts'
import {
  asksForAttestation,
  bindsDeployment,
  grantsOfSecrets,
  isTakenBack,
  speaksOfAttestation,
} from '../../check-kit/policy/attestation.ts'
import type { PolicyDocument } from '../../vocabulary/policy-document.ts'

/** Which keys are for enclaves, one can only tell by what is said of them. */
export default [
  check('aws_kms_key', {
    id: 'kms_key_enclave_attestation_not_enforced',
    title: 'Keys of enclaves are used by enclaves that prove what they are',
    severity: 'high',
    why: 'Whoever holds one of the granted roles, the enclave’s own host for one, decrypts what only the enclave was to see.',
    fix: 'Add a condition on `kms:RecipientAttestation:ImageSha384` or `…:PCR0` to every statement that allows `kms:Decrypt` or `kms:GenerateDataKey*`.',
    when: isForEnclaves,
    pass: key => grantsOfSecrets(key.policy).every(asksForAttestation),
    bad: [
      'description = "Enclave of payments"',
      enclaveKey(
        'Decrypt',
        '{ StringEqualsIfExists = { "kms:RecipientAttestation:PCR0" = "ab12" } }',
      ),
      enclaveKey('*', '{ StringLike = { "kms:RecipientAttestation:PCR0" = "*" } }'),
      enclaveKey(
        'Decrypt',
        '{ "ForAllValues:StringEquals" = { "kms:RecipientAttestation:PCR0" = "ab12" } }',
      ),
    ],
    good: [
      '',
      enclaveKey(
        'Decrypt',
        '{ StringEqualsIgnoreCase = { "kms:RecipientAttestation:PCR0" = "ab12" } }',
      ),
      enclaveKey('DescribeKey'),
    ],
    fault: 'may be used without proof of which enclave asks',
  }),

  check('aws_kms_key', {
    id: 'kms_key_enclave_attestation_bypassable_path',
    title: 'Keys of enclaves have no way around attestation',
    severity: 'high',
    why: 'One statement without the proof is enough: who is granted by it needs no enclave.',
    fix: 'Add the condition to every grant, or a Deny for everybody where `kms:RecipientAttestation:ImageSha384` is null.',
    when: isForEnclaves,
    pass: key =>
      grantsOfSecrets(key.policy).every(grant =>
        either(
          () => asksForAttestation(grant),
          () => isTakenBack(key.policy, grant),
        ),
      ),
    bad: [
      'description = "Enclave of payments"',
      withDeny('{ Null = { "kms:RecipientAttestation:ImageSha384" = "false" } }'),
      withDeny(
        '{ Null = { "kms:RecipientAttestation:ImageSha384" = "true" }, Bool = { "aws:MultiFactorAuthPresent" = "false" } }',
      ),
    ],
    good: [
      withDeny('{ Null = { "kms:RecipientAttestation:ImageSha384" = "true" } }'),
      withDeny('{ StringNotEqualsIgnoreCase = { "kms:RecipientAttestation:PCR0" = "ab12" } }'),
      enclaveKey(
        'Decrypt',
        '{ StringEqualsIgnoreCase = { "kms:RecipientAttestation:PCR0" = "ab12" } }',
      ),
    ],
    fault: 'has a grant that needs no proof of which enclave asks',
  }),

  check('aws_kms_key', {
    id: 'kms_key_enclave_attestation_no_deployment_binding',
    title: 'Keys of enclaves name where the enclave runs',
    severity: 'informational',
    why: 'The measurements of an image are the same wherever it runs, so a copy of it on a stranger’s host may use the key.',
    fix: 'Add `kms:RecipientAttestation:PCR3`, `PCR4` or `PCR8`, or `aws:PrincipalAccount`, to the conditions.',
    when: key =>
      both(
        () => isForEnclaves(key),
        () => grantsOfSecrets(key.policy).some(asksForAttestation),
      ),
    pass: key =>
      grantsOfSecrets(key.policy).every(grant =>
        either(
          () => !asksForAttestation(grant),
          () => bindsDeployment(grant),
        ),
      ),
    bad: [
      enclaveKey(
        'Decrypt',
        '{ StringEqualsIgnoreCase = { "kms:RecipientAttestation:PCR0" = "ab12" } }',
      ),
    ],
    good: [
      enclaveKey(
        'Decrypt',
        '{ StringEqualsIgnoreCase = { "kms:RecipientAttestation:PCR0" = "ab12", "kms:RecipientAttestation:PCR3" = "cd34" } }',
      ),
      enclaveKey(
        'Decrypt',
        '{ StringEquals = { "kms:RecipientAttestation:PCR0" = "ab12", "aws:PrincipalAccount" = "111122223333" } }',
      ),
      'description = "Enclave of payments"',
    ],
    fault: 'binds the enclave’s image and not where it runs',
  }),
]

interface Key {
  readonly description: string | undefined
  readonly is_enabled: boolean
  readonly tags_all: { readonly [name: string]: string }
  readonly policy: PolicyDocument
}

/** A hint that cannot be read is none. */
function isForEnclaves(key: Key): boolean {
  return both(
    () => key.is_enabled,
    () =>
      either(
        () => surely(() => /enclave/i.test(key.description ?? '')),
        () => surely(() => /enclave/i.test(key.tags_all.Name ?? '')),
        () => surely(() => key.tags_all['prowler:enclave-key'] === 'true'),
        () => surely(() => speaksOfAttestation(key.policy)),
      ),
  )
}

function enclaveKey(action: string, condition = '{}'): string {
  return policyOf(`{
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::111122223333:role/parent" }
    Action    = "kms:${action}"
    Resource  = "*"
    Condition = ${condition}
  }`)
}

function withDeny(condition: string): string {
  return policyOf(`{
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::111122223333:role/parent" }
    Action    = "kms:Decrypt"
    Resource  = "*"
  }, {
    Effect    = "Deny"
    Principal = "*"
    Action    = "kms:*"
    Resource  = "*"
    Condition = ${condition}
  }`)
}

function policyOf(statements: string): string {
  return `tags = {
    "prowler:enclave-key" = "true"
  }
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [${statements}]
  })`
}
