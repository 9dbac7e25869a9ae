import { check } from '../../check.ts'
import { both, either, every } from '../../check-kit/decide.ts'

export default [
  check('aws_db_event_subscription', {
    id: 'rds_instance_critical_event_subscription',
    title: 'Subscriptions to RDS instances report what is critical',
    severity: 'medium',
    why: 'Nobody hears of a failing instance, or of one that was reconfigured.',
    fix: 'Include `maintenance`, `configuration change` and `failure` in `event_categories`.',
    when: subscription => isAbout(subscription, 'db-instance'),
    pass: subscription => reports(subscription, ['maintenance', 'configuration change', 'failure']),
    bad: [
      'source_type = "db-instance"\nevent_categories = ["failure"]',
      'source_type = "db-instance"\nenabled = false',
    ],
    good: [
      'source_type = "db-instance"',
      'source_type = "db-instance"\nevent_categories = ["maintenance", "configuration change", "failure"]',
      'source_type = "db-snapshot"\nevent_categories = ["creation"]',
    ],
    fault: 'does not report every critical event',
  }),

  check('aws_db_event_subscription', {
    id: 'rds_cluster_critical_event_subscription',
    title: 'Subscriptions to RDS clusters report what is critical',
    severity: 'medium',
    why: 'Nobody hears of a failing cluster.',
    fix: 'Include `maintenance` and `failure` in `event_categories`.',
    when: subscription => isAbout(subscription, 'db-cluster'),
    pass: subscription => reports(subscription, ['maintenance', 'failure']),
    bad: [
      'source_type = "db-cluster"\nevent_categories = ["failover"]',
      'source_type = "db-cluster"\nenabled = false',
    ],
    good: [
      'source_type = "db-cluster"',
      'source_type = "db-cluster"\nevent_categories = ["maintenance", "failure"]',
    ],
    fault: 'does not report every critical event',
  }),

  check('aws_db_event_subscription', {
    id: 'rds_instance_event_subscription_parameter_groups',
    title: 'Subscriptions to RDS parameter groups report changes',
    severity: 'low',
    why: 'Nobody hears of it when TLS or logging is switched off.',
    fix: 'Include `configuration change` in `event_categories`.',
    when: subscription => isAbout(subscription, 'db-parameter-group'),
    pass: subscription => reports(subscription, ['configuration change']),
    bad: ['source_type = "db-parameter-group"\nenabled = false'],
    good: [
      'source_type = "db-parameter-group"',
      'source_type = "db-parameter-group"\nevent_categories = ["configuration change"]',
    ],
    fault: 'does not report changes',
  }),

  check('aws_db_event_subscription', {
    id: 'rds_instance_event_subscription_security_groups',
    title: 'Subscriptions to RDS security groups report changes and failures',
    severity: 'medium',
    why: 'Nobody hears of it when a database is opened to another network.',
    fix: 'Include `configuration change` and `failure` in `event_categories`.',
    when: subscription => isAbout(subscription, 'db-security-group'),
    pass: subscription => reports(subscription, ['configuration change', 'failure']),
    bad: [
      'source_type = "db-security-group"\nevent_categories = ["failure"]',
      'source_type = "db-security-group"\nenabled = false',
    ],
    good: [
      'source_type = "db-security-group"',
      'source_type = "db-security-group"\nevent_categories = ["configuration change", "failure"]',
    ],
    fault: 'does not report changes and failures',
  }),
]

interface Subscription {
  readonly enabled: boolean
  readonly source_type: string | undefined
  readonly event_categories: readonly string[]
}

/** Without a source type a subscription is about everything. */
function isAbout(subscription: Subscription, source: string): boolean {
  return (subscription.source_type ?? source) === source
}

/** Without categories a subscription reports all of them. */
function reports(subscription: Subscription, categories: readonly string[]): boolean {
  return both(
    () => subscription.enabled,
    () =>
      either(
        () => !subscription.event_categories.some(() => true),
        () => every(categories, category => subscription.event_categories.includes(category)),
      ),
  )
}
