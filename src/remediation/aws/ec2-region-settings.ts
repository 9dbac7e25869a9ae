import type {
  HttpTokensState,
  InstanceMetadataDefaultsResponse,
  SnapshotBlockPublicAccessState,
} from '@aws-sdk/client-ec2'
import { action } from '../action.ts'
import { call, given } from './cloud.ts'

/** Also hides the snapshots that are public now, so it waits for a person. */
export const ebsSnapshotBlockPublic = action<{ readonly state: string }>({
  id: 'ebs_snapshot_block_public',
  title: 'Block the sharing of snapshots with everybody',
  mends: ['ec2_ebs_snapshot_account_block_public_access'],
  blast: 'B2',
  mode: 'approve',
  scope: 'region',
  permissions: {
    read: ['ec2:GetSnapshotBlockPublicAccessState'],
    write: ['ec2:EnableSnapshotBlockPublicAccess'],
    undo: ['ec2:EnableSnapshotBlockPublicAccess', 'ec2:DisableSnapshotBlockPublicAccess'],
  },
  resources: () => ['*'],
  async read(cloud) {
    const { State } = await cloud.ask('ec2', 'GetSnapshotBlockPublicAccessState', {})
    return { state: given(State, 'State') }
  },
  isGood: ({ state }) => state === 'block-all-sharing',
  mend: () => [call('ec2', 'EnableSnapshotBlockPublicAccess', { State: 'block-all-sharing' })],
  undo: ({ state }) => [
    state === 'unblocked'
      ? call('ec2', 'DisableSnapshotBlockPublicAccess', {})
      : call('ec2', 'EnableSnapshotBlockPublicAccess', {
          State: state as SnapshotBlockPublicAccessState,
        }),
  ],
})

export const amiBlockPublic = action<{ readonly state: string }>({
  id: 'ami_block_public',
  title: 'Block new sharing of images with everybody',
  mends: ['ec2_ami_account_block_public_access'],
  blast: 'B0',
  mode: 'auto',
  scope: 'region',
  permissions: {
    read: ['ec2:GetImageBlockPublicAccessState'],
    write: ['ec2:EnableImageBlockPublicAccess'],
    undo: ['ec2:DisableImageBlockPublicAccess'],
  },
  resources: () => ['*'],
  patience: 5,
  async read(cloud) {
    const answer = await cloud.ask('ec2', 'GetImageBlockPublicAccessState', {})
    return { state: given(answer.ImageBlockPublicAccessState, 'ImageBlockPublicAccessState') }
  },
  isGood: ({ state }) => state === 'block-new-sharing',
  mend: () => [
    call('ec2', 'EnableImageBlockPublicAccess', {
      ImageBlockPublicAccessState: 'block-new-sharing',
    }),
  ],
  undo: () => [call('ec2', 'DisableImageBlockPublicAccess', {})],
})

export const imdsv2Default = action<{ readonly defaults: InstanceMetadataDefaultsResponse }>({
  id: 'imdsv2_default',
  title: 'Give new instances session tokens for metadata by default',
  mends: ['ec2_instance_account_imdsv2_enabled'],
  blast: 'B0',
  mode: 'auto',
  scope: 'region',
  permissions: {
    read: ['ec2:GetInstanceMetadataDefaults'],
    write: ['ec2:ModifyInstanceMetadataDefaults'],
    undo: ['ec2:ModifyInstanceMetadataDefaults'],
  },
  resources: () => ['*'],
  async read(cloud) {
    const { AccountLevel } = await cloud.ask('ec2', 'GetInstanceMetadataDefaults', {})
    return { defaults: AccountLevel ?? {} }
  },
  isGood: ({ defaults }) => defaults.HttpTokens === 'required',
  mend: () => [call('ec2', 'ModifyInstanceMetadataDefaults', { HttpTokens: 'required' })],
  undo: ({ defaults }) => [
    call('ec2', 'ModifyInstanceMetadataDefaults', {
      HttpTokens: (defaults.HttpTokens as HttpTokensState | undefined) ?? 'no-preference',
    }),
  ],
  comparable: ({ defaults: { HttpTokens = 'no-preference', ...others } }) => ({
    ...Object.fromEntries(Object.entries(others).map(([key, value]) => [key, value ?? null])),
    HttpTokens,
  }),
})
