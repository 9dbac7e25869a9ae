import type { ServiceVocabulary } from '../statement.ts'

export const cloudtrail: ServiceVocabulary = {
  types: {
    aws_cloudtrail: {
      absent: {
        enable_logging: true,
        include_global_service_events: true,
        'event_selector.include_management_events': true,
        'event_selector.read_write_type': 'All',
      },
    },
    aws_cloudtrail_event_data_store: {
      absent: {
        'advanced_event_selector.name': null,
        'advanced_event_selector.field_selector.ends_with': [],
        'advanced_event_selector.field_selector.equals': [],
        'advanced_event_selector.field_selector.not_ends_with': [],
        'advanced_event_selector.field_selector.not_equals': [],
        'advanced_event_selector.field_selector.not_starts_with': [],
        'advanced_event_selector.field_selector.starts_with': [],
        billing_mode: 'EXTENDABLE_RETENTION_PRICING',
        multi_region_enabled: true,
        retention_period: 2555,
        termination_protection_enabled: true,
      },
    },
    aws_cloudwatch_log_group: {
      absent: {
        deletion_protection_enabled: false,
        log_group_class: 'STANDARD',
        name_prefix: null,
        retention_in_days: 0,
      },
    },
  },
}
