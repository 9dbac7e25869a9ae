import {
  type AliasListEntry,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyListEntry,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms'
import type { Service } from '../../clouds/aws/session.ts'
import { all, mapped, reader, shared } from './read.ts'
import { detail, type Listing, none, type Row, row } from './row.ts'

const service: Service = {
  name: 'kms',
  concurrency: 40,
  client: config => new KMSClient(config),
}
const kms = reader(service, { ask: 'Marker', answer: 'NextMarker' })

const aliases = shared(kms.pages(ListAliasesCommand, 'Aliases', () => ({ Limit: 100 })))
const everyKey = kms.pages(ListKeysCommand, 'Keys', () => ({ Limit: 1000 }))
const idOf = ({ KeyId }: KeyListEntry) => ({ KeyId })

export const rows: readonly Row[] = [
  row({
    type: 'aws_kms_key',
    service: 'kms',
    scope: 'region',
    list: customerKeys(),
    id: ({ KeyArn }) => String(KeyArn),
    set: { id: 'KeyId', arn: 'KeyArn', key_id: 'KeyId' },
    details: [
      detail(kms.one(DescribeKeyCommand, idOf), {
        customer_master_key_spec: answer =>
          answer?.KeyMetadata?.KeyManager === 'AWS' ? none : answer?.KeyMetadata?.KeySpec,
        custom_key_store_id: answer => answer?.KeyMetadata?.CustomKeyStoreId,
        description: answer => answer?.KeyMetadata?.Description || null,
        is_enabled: answer => answer?.KeyMetadata?.Enabled ?? false,
        key_state: answer => answer?.KeyMetadata?.KeyState,
        key_usage: answer => answer?.KeyMetadata?.KeyUsage,
        multi_region: answer => answer?.KeyMetadata?.MultiRegion ?? false,
      }),
      detail(
        kms.one(GetKeyRotationStatusCommand, idOf, {
          // Keys that cannot be rotated: asymmetric ones, imported material, deleted ones.
          absent: ['UnsupportedOperationException', 'KMSInvalidStateException'],
        }),
        {
          enable_key_rotation: answer => answer?.KeyRotationEnabled ?? false,
          rotation_period_in_days: answer => answer?.RotationPeriodInDays,
        },
      ),
      detail(
        kms.one(GetKeyPolicyCommand, ({ KeyId }: KeyListEntry) => ({
          KeyId,
          PolicyName: 'default',
        })),
        { policy: answer => answer?.Policy },
      ),
      detail(all(kms.pages(ListResourceTagsCommand, 'Tags', idOf)), {
        tags: tags =>
          Object.fromEntries(
            tags.flatMap(({ TagKey = '', TagValue = '' }) =>
              TagKey.startsWith('aws:') ? [] : [[TagKey, TagValue]],
            ),
          ),
      }),
    ],
  }),
  row({
    type: 'aws_kms_alias',
    service: 'kms',
    scope: 'region',
    list: mapped(aliases, page => page.filter(alias => !isAmazons(alias))),
    id: ({ AliasArn }) => String(AliasArn),
    set: {
      id: 'AliasName',
      arn: 'AliasArn',
      name: 'AliasName',
      target_key_id: 'TargetKeyId',
      target_key_arn: ({ AliasArn = '', TargetKeyId }) =>
        TargetKeyId && AliasArn.replace(/alias\/.*/, `key/${TargetKeyId}`),
    },
  }),
]

/** AWS's own keys bear its aliases; nobody can set anything of them. */
function customerKeys(): Listing<undefined, KeyListEntry> {
  return {
    permissions: [...everyKey.permissions, ...aliases.permissions],
    async *pages(at) {
      const amazons = new Set<string | undefined>()
      for await (const page of aliases.pages(at, undefined))
        for (const alias of page) if (isAmazons(alias)) amazons.add(alias.TargetKeyId)
      for await (const page of everyKey.pages(at, undefined))
        yield page.filter(({ KeyId }) => !amazons.has(KeyId))
    },
  }
}

function isAmazons({ AliasName = '' }: AliasListEntry): boolean {
  return AliasName.startsWith('alias/aws/')
}
