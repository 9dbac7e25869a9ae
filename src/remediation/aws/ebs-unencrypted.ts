import { action } from '../action.ts'
import { call, given, ifThere } from './cloud.ts'

interface State {
  readonly byDefault: boolean
  /** The key of the region's new volumes, for the approver to see. */
  readonly key: string | null
  /** The volume that the finding is about, if it is about one. */
  readonly volume: { readonly id: string; readonly encrypted: boolean } | null
}

/**
 * AWS encrypts no volume in place. New volumes are encrypted from now on; the volume itself is a person's work: a copy, and
 * a stop of the instance to swap it in.
 */
export const ebsUnencrypted = action<State>({
  id: 'ebs_unencrypted',
  title: 'Encrypt new EBS volumes by default',
  mends: ['ec2_ebs_default_encryption', 'ec2_ebs_volume_encryption'],
  blast: 'B0',
  mode: 'auto',
  scope: 'region',
  permissions: {
    read: ['ec2:GetEbsEncryptionByDefault', 'ec2:GetEbsDefaultKmsKeyId', 'ec2:DescribeVolumes'],
    write: ['ec2:EnableEbsEncryptionByDefault'],
    undo: ['ec2:DisableEbsEncryptionByDefault'],
  },
  resources: () => ['*'],
  async read(cloud, _, finding) {
    const { EbsEncryptionByDefault } = await cloud.ask('ec2', 'GetEbsEncryptionByDefault', {})
    const { KmsKeyId = null } = await cloud.ask('ec2', 'GetEbsDefaultKmsKeyId', {})
    const [, id] = /:volume\/(vol-[0-9a-z]+)$/.exec(finding.ResourceId) ?? []
    const byDefault = given(EbsEncryptionByDefault, 'EbsEncryptionByDefault')
    if (id === undefined) return { byDefault, key: KmsKeyId, volume: null }
    const found = await ifThere(['InvalidVolume.NotFound'], () =>
      cloud.ask('ec2', 'DescribeVolumes', { VolumeIds: [id] }),
    )
    const volume = found && given(found.Volumes?.[0], `volume ${id}`)
    if (volume === null) return null
    return { byDefault, key: KmsKeyId, volume: { id, encrypted: volume.Encrypted === true } }
  },
  isGood: ({ byDefault, volume }) => byDefault || volume?.encrypted === true,
  mend: () => [call('ec2', 'EnableEbsEncryptionByDefault', {})],
  undo: ({ byDefault }) => (byDefault ? [] : [call('ec2', 'DisableEbsEncryptionByDefault', {})]),
  remains: ({ volume }) =>
    volume && !volume.encrypted
      ? `${volume.id} itself stays unencrypted, for AWS encrypts no volume in place: copy it encrypted and swap it as docs/remediation.md says under «Swapping a volume»`
      : null,
})
