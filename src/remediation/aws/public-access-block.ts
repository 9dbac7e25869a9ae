import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3'
import { given } from './cloud.ts'

/** The four settings, of a bucket or of an account. */
export interface Block {
  readonly BlockPublicAcls: boolean
  readonly IgnorePublicAcls: boolean
  readonly BlockPublicPolicy: boolean
  readonly RestrictPublicBuckets: boolean
}

export const closed = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
} as const satisfies Block

export function blockOf(configuration: PublicAccessBlockConfiguration | undefined): Block {
  const block = given(configuration, 'PublicAccessBlockConfiguration')
  return {
    BlockPublicAcls: block.BlockPublicAcls === true,
    IgnorePublicAcls: block.IgnorePublicAcls === true,
    BlockPublicPolicy: block.BlockPublicPolicy === true,
    RestrictPublicBuckets: block.RestrictPublicBuckets === true,
  }
}
