import type { Action } from '../action.ts'
import { ebsUnencrypted } from './ebs-unencrypted.ts'
import { s3BucketPublicAccess } from './s3-bucket-public-access.ts'
import { sgOpenToWorld } from './sg-open-to-world.ts'

/** Every action on AWS. */
export const actions: readonly Action[] = [s3BucketPublicAccess, sgOpenToWorld, ebsUnencrypted]
