import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail'
import type { Service } from '../../clouds/aws/session.ts'
import { all, reader } from './read.ts'
import { detail, type Row, row } from './row.ts'
import { tagsOf } from './tags.ts'

const service: Service = { name: 'cloudtrail', client: config => new CloudTrailClient(config) }
const cloudtrail = reader(service, { ask: 'NextToken', answer: 'NextToken' })

const byArn = ({ TrailARN }: Trail) => ({ TrailName: TrailARN })
/** With those of other regions and of the organisation that record here too: once each, since an ARN is one resource. */
const trails = cloudtrail.pages(DescribeTrailsCommand, 'trailList', () => ({
  includeShadowTrails: true,
}))

export const rows: readonly Row[] = [
  row({
    type: 'aws_cloudtrail',
    service: 'cloudtrail',
    scope: 'region',
    list: trails,
    id: ({ TrailARN }) => String(TrailARN),
    region: async ({ HomeRegion }, at) => HomeRegion ?? at.region,
    set: {
      id: 'TrailARN',
      arn: 'TrailARN',
      cloud_watch_logs_group_arn: 'CloudWatchLogsLogGroupArn',
      cloud_watch_logs_role_arn: 'CloudWatchLogsRoleArn',
      enable_log_file_validation: ({ LogFileValidationEnabled }) =>
        LogFileValidationEnabled ?? false,
      home_region: 'HomeRegion',
      include_global_service_events: ({ IncludeGlobalServiceEvents }) =>
        IncludeGlobalServiceEvents ?? false,
      is_multi_region_trail: ({ IsMultiRegionTrail }) => IsMultiRegionTrail ?? false,
      is_organization_trail: ({ IsOrganizationTrail }) => IsOrganizationTrail ?? false,
      kms_key_id: 'KmsKeyId',
      name: 'Name',
      s3_bucket_name: 'S3BucketName',
      s3_key_prefix: 'S3KeyPrefix',
      sns_topic_arn: 'SnsTopicARN',
      sns_topic_name: 'SnsTopicName',
    },
    details: [
      detail(
        cloudtrail.one(GetTrailStatusCommand, ({ TrailARN }: Trail) => ({ Name: TrailARN })),
        { enable_logging: answer => answer?.IsLogging ?? false },
      ),
      detail(cloudtrail.one(GetEventSelectorsCommand, byArn), {
        event_selector: answer =>
          (answer?.EventSelectors ?? []).map(selector => ({
            exclude_management_event_sources: selector.ExcludeManagementEventSources ?? [],
            include_management_events: selector.IncludeManagementEvents ?? true,
            read_write_type: selector.ReadWriteType ?? 'All',
            data_resource: (selector.DataResources ?? []).map(({ Type, Values }) => ({
              type: Type,
              values: Values ?? [],
            })),
          })),
        advanced_event_selector: answer =>
          (answer?.AdvancedEventSelectors ?? []).map(({ Name, FieldSelectors = [] }) => ({
            name: Name,
            field_selector: FieldSelectors.map(field => ({
              field: field.Field,
              ends_with: field.EndsWith ?? [],
              equals: field.Equals ?? [],
              not_ends_with: field.NotEndsWith ?? [],
              not_equals: field.NotEquals ?? [],
              not_starts_with: field.NotStartsWith ?? [],
              starts_with: field.StartsWith ?? [],
            })),
          })),
      }),
      detail(
        cloudtrail.one(GetInsightSelectorsCommand, byArn, {
          absent: ['InsightNotEnabledException'],
        }),
        {
          insight_selector: answer =>
            (answer?.InsightSelectors ?? []).map(({ InsightType }) => ({
              insight_type: InsightType,
            })),
        },
      ),
      detail(
        all(
          cloudtrail.pages(ListTagsCommand, 'ResourceTagList', ({ TrailARN = '' }: Trail) => ({
            ResourceIdList: [TrailARN],
          })),
        ),
        { tags: lists => tagsOf(lists.flatMap(({ TagsList = [] }) => TagsList)) },
      ),
    ],
  }),
]
