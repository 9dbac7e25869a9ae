import type { Estate } from '../estate.ts'
import { account, daysBefore, frankfurt, keyArn, roleArn, virginia } from './make.ts'

export function cloudtrail(now: Date): NonNullable<Estate['cloudtrail']> {
  return {
    [virginia]: {
      trails: [
        {
          Name: 'brightcart-all-regions',
          S3BucketName: 'brightcart-cloudtrail',
          IsMultiRegionTrail: true,
          LogFileValidationEnabled: true,
          KmsKeyId: keyArn(virginia, 'cloudtrail'),
          CloudWatchLogsLogGroupArn: `arn:aws:logs:${virginia}:${account}:log-group:cloudtrail:*`,
          CloudWatchLogsRoleArn: roleArn('cloudtrail-to-cloudwatch'),
          status: {
            IsLogging: true,
            LatestDeliveryTime: daysBefore(now, 0.01),
            LatestCloudWatchLogsDeliveryTime: daysBefore(now, 0.01),
          },
          eventSelectors: [
            {
              ReadWriteType: 'All',
              IncludeManagementEvents: true,
              DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
            },
          ],
          insightSelectors: [{ InsightType: 'ApiCallRateInsight' }],
          tags: [{ Key: 'environment', Value: 'shared' }],
        },
        // Somebody stopped it in 2023 and nobody noticed; its bucket is readable by any AWS user.
        {
          Name: 'legacy-trail',
          S3BucketName: 'brightcart-legacy-trail-logs',
          IsMultiRegionTrail: false,
          status: { IsLogging: false, StopLoggingTime: new Date('2023-11-02T16:20:00Z') },
          tags: [],
        },
      ],
    },
    [frankfurt]: {
      trails: [
        {
          Name: 'eu-writes-only',
          S3BucketName: 'brightcart-cloudtrail',
          LogFileValidationEnabled: false,
          eventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }],
          tags: [{ Key: 'environment', Value: 'shared' }],
        },
      ],
    },
  }
}
