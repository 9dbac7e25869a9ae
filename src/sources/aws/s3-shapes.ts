import type {
  GetBucketNotificationConfigurationCommandOutput,
  LifecycleRule,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  ReplicationRule,
} from '@aws-sdk/client-s3'

/** Nothing is blocked where nothing is set. */
export function publicAccessBlockOf(block: PublicAccessBlockConfiguration | undefined) {
  return {
    block_public_acls: block?.BlockPublicAcls ?? false,
    block_public_policy: block?.BlockPublicPolicy ?? false,
    ignore_public_acls: block?.IgnorePublicAcls ?? false,
    restrict_public_buckets: block?.RestrictPublicBuckets ?? false,
  }
}

export function lifecycleOf(rule: LifecycleRule): object {
  const { Expiration, NoncurrentVersionExpiration } = rule
  return {
    id: rule.ID,
    enabled: rule.Status === 'Enabled',
    prefix: rule.Prefix,
    abort_incomplete_multipart_upload_days:
      rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    expiration: Expiration && {
      date: Expiration.Date,
      days: Expiration.Days,
      expired_object_delete_marker: Expiration.ExpiredObjectDeleteMarker ?? false,
    },
    noncurrent_version_expiration: NoncurrentVersionExpiration && {
      days: NoncurrentVersionExpiration.NoncurrentDays,
    },
    noncurrent_version_transition: (rule.NoncurrentVersionTransitions ?? []).map(each => ({
      newer_noncurrent_versions: each.NewerNoncurrentVersions,
      noncurrent_days: each.NoncurrentDays,
      storage_class: each.StorageClass,
    })),
    transition: (rule.Transitions ?? []).map(each => ({
      date: each.Date,
      days: each.Days,
      storage_class: each.StorageClass,
    })),
  }
}

export function replicationOf(configuration: ReplicationConfiguration | undefined): object | null {
  if (configuration === undefined) return null
  return { role: configuration.Role, rules: (configuration.Rules ?? []).map(replicationRuleOf) }
}

function replicationRuleOf(rule: ReplicationRule): object {
  const { Destination, Filter, SourceSelectionCriteria: criteria } = rule
  return {
    id: rule.ID,
    prefix: rule.Prefix,
    priority: rule.Priority,
    status: rule.Status,
    delete_marker_replication: rule.DeleteMarkerReplication && {
      status: rule.DeleteMarkerReplication.Status,
    },
    destination: Destination && {
      account: Destination.Account,
      bucket: Destination.Bucket,
      storage_class: Destination.StorageClass,
      access_control_translation: Destination.AccessControlTranslation && {
        owner: Destination.AccessControlTranslation.Owner,
      },
      encryption_configuration: Destination.EncryptionConfiguration && {
        replica_kms_key_id: Destination.EncryptionConfiguration.ReplicaKmsKeyID,
      },
      metrics: Destination.Metrics && {
        status: Destination.Metrics.Status,
        event_threshold: Destination.Metrics.EventThreshold && {
          minutes: Destination.Metrics.EventThreshold.Minutes,
        },
      },
      replication_time: Destination.ReplicationTime && {
        status: Destination.ReplicationTime.Status,
        time: { minutes: Destination.ReplicationTime.Time?.Minutes },
      },
    },
    existing_object_replication: rule.ExistingObjectReplication && {
      status: rule.ExistingObjectReplication.Status,
    },
    filter: Filter && {
      prefix: Filter.Prefix,
      tag: Filter.Tag && { key: Filter.Tag.Key, value: Filter.Tag.Value },
      and: Filter.And && {
        prefix: Filter.And.Prefix,
        tags: Object.fromEntries((Filter.And.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      },
    },
    source_selection_criteria: criteria && {
      replica_modifications: criteria.ReplicaModifications && {
        status: criteria.ReplicaModifications.Status,
      },
      sse_kms_encrypted_objects: criteria.SseKmsEncryptedObjects && {
        status: criteria.SseKmsEncryptedObjects.Status,
      },
    },
  }
}

type Notification = GetBucketNotificationConfigurationCommandOutput

/** Where to, on which events, for which keys. */
export function notificationOf(answer: Notification | null): object | null {
  const lambdas = answer?.LambdaFunctionConfigurations ?? []
  const queues = answer?.QueueConfigurations ?? []
  const topics = answer?.TopicConfigurations ?? []
  const eventbridge = answer?.EventBridgeConfiguration !== undefined
  if (!eventbridge && lambdas.length + queues.length + topics.length === 0) return null
  return {
    eventbridge,
    lambda_function: lambdas.map(each => ({
      lambda_function_arn: each.LambdaFunctionArn,
      ...targetOf(each),
    })),
    queue: queues.map(each => ({ queue_arn: each.QueueArn, ...targetOf(each) })),
    topic: topics.map(each => ({ topic_arn: each.TopicArn, ...targetOf(each) })),
  }
}

interface Target {
  readonly Events?: readonly string[] | undefined
  readonly Filter?:
    | {
        readonly Key?:
          | {
              readonly FilterRules?:
                | readonly {
                    readonly Name?: string | undefined
                    readonly Value?: string | undefined
                  }[]
                | undefined
            }
          | undefined
      }
    | undefined
}

function targetOf({ Events, Filter }: Target): object {
  const rules = Filter?.Key?.FilterRules ?? []
  const filterOf = (name: string) => rules.find(rule => rule.Name?.toLowerCase() === name)?.Value
  return { events: Events, filter_prefix: filterOf('prefix'), filter_suffix: filterOf('suffix') }
}
