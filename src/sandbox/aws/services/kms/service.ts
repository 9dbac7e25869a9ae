import * as Kms from '@aws-sdk/client-kms'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation, type Service } from '../../wire/service.ts'
import type { KeyEstate } from './state.ts'

export const kms: Service = {
  name: 'kms',
  signing: 'kms',
  protocol: 'json-1.1',
  xmlNamespace: '',
  operations: [
    operation(Kms.ListKeys$, (input: Kms.ListKeysRequest, call) =>
      kmsPage(
        call,
        input,
        'Keys',
        keys(call).map(key => ({ KeyId: key.KeyId, KeyArn: arn(call, key) })),
      ),
    ),
    operation(Kms.ListAliases$, (input: Kms.ListAliasesRequest, call) =>
      kmsPage(
        call,
        input,
        'Aliases',
        keys(call)
          .filter(key => !input.KeyId || isNamed(call, key, input.KeyId))
          .flatMap(key => aliases(call, key)),
      ),
    ),
    ofKey(Kms.DescribeKey$, (key, call) => ({ KeyMetadata: metadata(call, key) })),
    ofKey(Kms.GetKeyPolicy$, (key, call) => ({ Policy: policy(call, key), PolicyName: 'default' })),
    ofKey(Kms.ListKeyPolicies$, () => ({ PolicyNames: ['default'], Truncated: false })),
    ofKey(Kms.GetKeyRotationStatus$, (key, call) => {
      refuseUnlessRotatable(call, key)
      const { KeyRotationEnabled = false, RotationPeriodInDays = 365 } = key.rotation ?? {}
      return {
        KeyId: key.KeyId,
        KeyRotationEnabled,
        ...(KeyRotationEnabled && { RotationPeriodInDays }),
      }
    }),
    ofKey(Kms.ListResourceTags$, key => ({ Tags: key.tags ?? [], Truncated: false })),
    ofKey(Kms.ListGrants$, key => ({ Grants: key.grants ?? [], Truncated: false })),
    ofKey(Kms.EnableKeyRotation$, (key, call, input: Kms.EnableKeyRotationRequest) => {
      refuseUnlessRotatable(call, key)
      const { RotationPeriodInDays = 365 } = input
      key.rotation = { KeyRotationEnabled: true, RotationPeriodInDays }
    }),
    ofKey(Kms.DisableKeyRotation$, (key, call) => {
      refuseUnlessRotatable(call, key)
      key.rotation = { KeyRotationEnabled: false }
    }),
    ofKey(Kms.PutKeyPolicy$, (key, _call, input: Kms.PutKeyPolicyRequest) => {
      key.policy = input.Policy ?? ''
    }),
    ofKey(Kms.EnableKey$, key => {
      key.KeyState = 'Enabled'
    }),
    ofKey(Kms.DisableKey$, key => {
      key.KeyState = 'Disabled'
    }),
    ofKey(Kms.ScheduleKeyDeletion$, (key, _call, input: Kms.ScheduleKeyDeletionRequest) => {
      const days = input.PendingWindowInDays ?? 30
      key.KeyState = 'PendingDeletion'
      key.DeletionDate = new Date(Date.now() + days * 86_400_000)
      return { KeyId: key.KeyId, DeletionDate: key.DeletionDate, KeyState: key.KeyState }
    }),
    ofKey(Kms.CancelKeyDeletion$, key => {
      key.KeyState = 'Disabled'
      delete key.DeletionDate
      return { KeyId: key.KeyId }
    }),
    ofKey(Kms.TagResource$, (key, _call, { Tags = [] }: Kms.TagResourceRequest) => {
      const kept = (key.tags ?? []).filter(tag => !Tags.some(one => one.TagKey === tag.TagKey))
      key.tags = [...kept, ...Tags]
    }),
  ],
}

function ofKey<Input extends { readonly KeyId?: string | undefined }>(
  schema: Operation['schema'],
  answer: (key: KeyEstate, call: Call, input: Input) => unknown,
): Operation {
  return operation(schema, (input: Input, call) => {
    const key = keys(call).find(one => isNamed(call, one, input.KeyId ?? ''))
    if (!key) {
      throw new ApiError('NotFoundException', 400, `Key '${arn(call, input)}' does not exist`)
    }
    return answer(key, call, input)
  })
}

function keys({ state, region }: Call): readonly KeyEstate[] {
  return state.kms(region).keys
}

function isNamed(call: Call, key: KeyEstate, name: string): boolean {
  return (
    name === key.KeyId ||
    name === arn(call, key) ||
    aliases(call, key).some(one => name === one.AliasName || name === one.AliasArn)
  )
}

function arn({ state, region }: Call, { KeyId }: { readonly KeyId?: string | undefined }): string {
  return `arn:${state.partition}:kms:${region}:${state.account}:key/${KeyId}`
}

function aliases({ state, region }: Call, key: KeyEstate): readonly Kms.AliasListEntry[] {
  return (key.aliases ?? []).map(name => ({
    AliasName: `alias/${name}`,
    AliasArn: `arn:${state.partition}:kms:${region}:${state.account}:alias/${name}`,
    TargetKeyId: key.KeyId,
  }))
}

function metadata(call: Call, key: KeyEstate): Kms.KeyMetadata {
  const { KeyState = 'Enabled', KeySpec = 'SYMMETRIC_DEFAULT' } = key
  return {
    AWSAccountId: call.state.account,
    Arn: arn(call, key),
    CreationDate: new Date('2023-04-05T06:07:08Z'),
    Description: '',
    KeyUsage: 'ENCRYPT_DECRYPT',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    MultiRegion: false,
    ...key,
    KeyState,
    KeySpec,
    Enabled: KeyState === 'Enabled',
  }
}

function policy({ state }: Call, key: KeyEstate): string {
  if (typeof key.policy === 'string') return key.policy
  return JSON.stringify(
    key.policy ?? {
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: `arn:${state.partition}:iam::${state.account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
  )
}

/** Only keys that AWS made the material of, and that are symmetric, rotate. */
function refuseUnlessRotatable(call: Call, key: KeyEstate): void {
  const { KeySpec, Origin, KeyState } = metadata(call, key)
  if (KeySpec !== 'SYMMETRIC_DEFAULT' || Origin !== 'AWS_KMS') {
    throw new ApiError(
      'UnsupportedOperationException',
      400,
      `${arn(call, key)} key spec is ${KeySpec} which is not valid for this operation.`,
    )
  }
  if (KeyState === 'PendingDeletion') {
    throw new ApiError('KMSInvalidStateException', 400, `${arn(call, key)} is pending deletion.`)
  }
}

function kmsPage(
  call: Call,
  input: { readonly Marker?: string | undefined; readonly Limit?: number | undefined },
  key: string,
  all: readonly object[],
): object {
  const { items, next } = page(call, all, input.Marker, input.Limit ?? 100)
  return { [key]: items, NextMarker: next, Truncated: next !== undefined }
}
