import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  PutBucketAclCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) =>
    new S3Client({ ...config, forcePathStyle: true, followRegionRedirects: true }),
  operations: {
    DeleteBucketPolicy: DeleteBucketPolicyCommand,
    DeletePublicAccessBlock: DeletePublicAccessBlockCommand,
    GetBucketAcl: GetBucketAclCommand,
    GetBucketLogging: GetBucketLoggingCommand,
    GetBucketPolicy: GetBucketPolicyCommand,
    GetBucketTagging: GetBucketTaggingCommand,
    GetBucketVersioning: GetBucketVersioningCommand,
    GetBucketWebsite: GetBucketWebsiteCommand,
    GetPublicAccessBlock: GetPublicAccessBlockCommand,
    ListBuckets: ListBucketsCommand,
    PutBucketAcl: PutBucketAclCommand,
    PutBucketLogging: PutBucketLoggingCommand,
    PutBucketPolicy: PutBucketPolicyCommand,
    PutBucketVersioning: PutBucketVersioningCommand,
    PutPublicAccessBlock: PutPublicAccessBlockCommand,
  },
}
