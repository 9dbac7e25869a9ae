import type { Estate } from '../estate.ts'
import { account, document, foreignAccount, frankfurt, virginia, warehouseAccount } from './make.ts'
import {
  acl,
  anyAwsUser,
  blocked,
  bucket,
  everybody,
  logDelivery,
  point,
  replication,
  tlsOnly,
  trailWrites,
} from './s3-parts.ts'

export const s3: NonNullable<Estate['s3']> = {
  buckets: [
    // Open to everybody through its policy: the first thing to mend in this account.
    bucket('customer-data-prod', 'production', {
      policy: document(
        {
          Sid: 'PublicReadForPartners',
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::customer-data-prod/*',
        },
        tlsOnly('customer-data-prod'),
      ),
      without: ['publicAccessBlock', 'versioning', 'logging'],
    }),
    bucket('brightcart-prod-orders', 'production'),
    bucket('brightcart-prod-invoices', 'production', {
      objectLock: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 10 } },
      },
    }),
    bucket('brightcart-prod-payments-archive', 'production', {
      objectLock: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 400 } },
      },
      versioning: { Status: 'Enabled', MFADelete: 'Enabled' },
    }),
    bucket('brightcart-prod-product-images', 'production', {
      replication: replication('brightcart-eu-product-images'),
      notification: { EventBridgeConfiguration: {} },
    }),
    // A web site of old: an ACL that lets everybody list and read.
    bucket('brightcart-www', 'production', {
      website: { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: '404.html' } },
      ownership: 'BucketOwnerPreferred',
      acl: acl(everybody('READ')),
      without: ['publicAccessBlock', 'policy', 'logging', 'lifecycle'],
    }),
    // Whoever finds the name can drop files into it.
    bucket('brightcart-staging-uploads', 'staging', {
      ownership: 'ObjectWriter',
      acl: acl(everybody('READ'), everybody('WRITE')),
      without: ['publicAccessBlock', 'policy', 'versioning', 'logging', 'lifecycle', 'encryption'],
    }),
    bucket('brightcart-partner-dropbox', 'production', {
      policy: document({
        Sid: 'PartnersMayWrite',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['s3:PutObject', 's3:DeleteObject'],
        Resource: 'arn:aws:s3:::brightcart-partner-dropbox/*',
      }),
      without: ['publicAccessBlock', 'versioning'],
    }),
    // Public at first sight, but only for those who come through the VPC endpoint.
    bucket('brightcart-prod-internal-packages', 'production', {
      policy: document(
        {
          Effect: 'Allow',
          Principal: '*',
          Action: ['s3:GetObject', 's3:ListBucket'],
          Resource: [
            'arn:aws:s3:::brightcart-prod-internal-packages',
            'arn:aws:s3:::brightcart-prod-internal-packages/*',
          ],
          Condition: { StringEquals: { 'aws:PrincipalAccount': account } },
        },
        tlsOnly('brightcart-prod-internal-packages'),
      ),
    }),
    bucket('brightcart-analytics-export', 'production', {
      policy: document(
        {
          Sid: 'Warehouse',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${warehouseAccount}:root` },
          Action: ['s3:GetObject', 's3:ListBucket'],
          Resource: [
            'arn:aws:s3:::brightcart-analytics-export',
            'arn:aws:s3:::brightcart-analytics-export/*',
          ],
        },
        tlsOnly('brightcart-analytics-export'),
      ),
    }),
    bucket('brightcart-contractor-handover', 'staging', {
      policy: document({
        Sid: 'Contractor',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${foreignAccount}:root` },
        Action: 's3:*',
        Resource: [
          'arn:aws:s3:::brightcart-contractor-handover',
          'arn:aws:s3:::brightcart-contractor-handover/*',
        ],
      }),
      without: ['versioning', 'lifecycle', 'logging'],
    }),
    bucket('brightcart-prod-access-logs', 'shared', {
      ownership: 'BucketOwnerPreferred',
      acl: acl(logDelivery('WRITE'), logDelivery('READ_ACP')),
      without: ['logging', 'kms'],
    }),
    bucket('brightcart-cloudtrail', 'shared', {
      policy: document(trailWrites('brightcart-cloudtrail'), tlsOnly('brightcart-cloudtrail')),
    }),
    // The old trail's bucket: readable by any AWS user.
    bucket('brightcart-legacy-trail-logs', 'shared', {
      ownership: 'ObjectWriter',
      acl: acl(anyAwsUser('READ')),
      policy: document(trailWrites('brightcart-legacy-trail-logs')),
      without: ['publicAccessBlock', 'logging', 'versioning', 'lifecycle', 'encryption'],
    }),
    bucket('brightcart-terraform-state', 'shared'),
    bucket('brightcart-lambda-artifacts', 'shared', { without: ['lifecycle'] }),
    bucket('brightcart-athena-results', 'shared', { without: ['versioning', 'kms'] }),
    bucket('brightcart-staging-orders', 'staging', { without: ['logging', 'kms'] }),
    bucket('brightcart-staging-product-images', 'staging', { without: ['policy', 'versioning'] }),
    bucket('brightcart-dev-scratch', 'development', {
      without: ['publicAccessBlock', 'policy', 'versioning', 'logging', 'lifecycle', 'kms'],
    }),
    bucket('brightcart-dev-load-tests', 'development', {
      without: ['policy', 'versioning', 'logging', 'kms'],
    }),
    bucket('brightcart-ml-training', 'development', { without: ['logging', 'versioning'] }),
    bucket('brightcart-eu-orders', 'production', { region: frankfurt }),
    bucket('brightcart-eu-invoices', 'production', { region: frankfurt }),
    bucket('brightcart-eu-product-images', 'production', { region: frankfurt }),
    bucket('brightcart-eu-access-logs', 'shared', {
      region: frankfurt,
      ownership: 'BucketOwnerPreferred',
      acl: acl(logDelivery('WRITE'), logDelivery('READ_ACP')),
      without: ['logging', 'kms'],
    }),
    bucket('brightcart-eu-gdpr-exports', 'production', {
      region: frankfurt,
      without: ['logging', 'versioning'],
    }),
    bucket('brightcart-eu-backups', 'production', {
      region: frankfurt,
      versioning: { Status: 'Suspended' },
    }),
    bucket('brightcart-eu-dev-sandbox', 'development', {
      region: frankfurt,
      without: ['publicAccessBlock', 'policy', 'versioning', 'logging', 'lifecycle', 'kms'],
    }),
    bucket('brightcart-eu-staging-exports', 'staging', { region: frankfurt, without: ['policy'] }),
  ],
  accessPoints: [
    point('orders-analytics', 'brightcart-prod-orders', true),
    point('partner-images', 'brightcart-prod-product-images', false),
  ],
  multiRegionAccessPoints: [
    {
      Name: 'product-images',
      Alias: 'm7k2b9x4q1f3.mrap',
      Status: 'READY',
      PublicAccessBlock: blocked(false),
      Regions: [{ Bucket: 'brightcart-prod-product-images', Region: virginia }],
    },
  ],
}
