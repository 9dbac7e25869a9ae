import type { Action } from '../action.ts'
import { s3BucketPublicAccess } from './s3-bucket-public-access.ts'

/** Every action on AWS. */
export const actions: readonly Action[] = [s3BucketPublicAccess]
