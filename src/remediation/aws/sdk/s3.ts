import {
  DeletePublicAccessBlockCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) =>
    new S3Client({ ...config, forcePathStyle: true, followRegionRedirects: true }),
  operations: {
    DeletePublicAccessBlock: DeletePublicAccessBlockCommand,
    GetBucketPolicyStatus: GetBucketPolicyStatusCommand,
    GetBucketTagging: GetBucketTaggingCommand,
    GetBucketWebsite: GetBucketWebsiteCommand,
    GetPublicAccessBlock: GetPublicAccessBlockCommand,
    ListBuckets: ListBucketsCommand,
    PutPublicAccessBlock: PutPublicAccessBlockCommand,
  },
}
