import { type Context, check, live } from '../../check.ts'
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
    live: live('aws_region', {
      when: (_, { all }) => all('aws_db_instance').some(() => true),
      pass: (_, context) =>
        isReported(context, 'db-instance', ['maintenance', 'configuration change', 'failure']),
      bad: [
        region('aws_db_instance'),
        region('aws_db_instance', { source_type: 'db-instance', enabled: false }),
        region('aws_db_instance', { source_type: 'db-instance', event_categories: ['creation'] }),
        region('aws_db_instance', { source_type: 'db-snapshot' }),
      ],
      good: [
        region(
          'aws_db_instance',
          { source_type: 'db-instance', event_categories: ['creation'] },
          {
            source_type: 'db-instance',
            event_categories: ['maintenance', 'configuration change', 'failure'],
          },
        ),
        region('aws_db_instance', { source_type: 'db-instance' }),
      ],
      fault: 'has no subscription to critical events of RDS instances',
    }),
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
    live: live('aws_region', {
      when: (_, { all }) => all('aws_rds_cluster').some(() => true),
      pass: (_, context) => isReported(context, 'db-cluster', ['maintenance', 'failure']),
      bad: [
        region('aws_rds_cluster'),
        region('aws_rds_cluster', { source_type: 'db-cluster', enabled: false }),
        region('aws_rds_cluster', { source_type: 'db-cluster', event_categories: ['creation'] }),
        region('aws_rds_cluster', { source_type: 'db-snapshot' }),
      ],
      good: [
        region(
          'aws_rds_cluster',
          { source_type: 'db-cluster', event_categories: ['creation'] },
          { source_type: 'db-cluster', event_categories: ['maintenance', 'failure'] },
        ),
        region('aws_rds_cluster', { source_type: 'db-cluster' }),
      ],
      fault: 'has no subscription to critical events of RDS clusters',
    }),
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
    live: live('aws_region', {
      when: (_, { all }) => all('aws_db_instance').some(() => true),
      pass: (_, context) => isReported(context, 'db-parameter-group', ['configuration change']),
      bad: [
        region('aws_db_instance'),
        region('aws_db_instance', { source_type: 'db-parameter-group', enabled: false }),
        region('aws_db_instance', {
          source_type: 'db-parameter-group',
          event_categories: ['creation'],
        }),
        region('aws_db_instance', { source_type: 'db-snapshot' }),
      ],
      good: [
        region(
          'aws_db_instance',
          { source_type: 'db-parameter-group', event_categories: ['creation'] },
          { source_type: 'db-parameter-group', event_categories: ['configuration change'] },
        ),
        region('aws_db_instance', { source_type: 'db-parameter-group' }),
      ],
      fault: 'has no subscription to changes to RDS parameter groups',
    }),
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
    live: live('aws_region', {
      when: (_, { all }) => all('aws_db_instance').some(() => true),
      pass: (_, context) =>
        isReported(context, 'db-security-group', ['configuration change', 'failure']),
      bad: [
        region('aws_db_instance'),
        region('aws_db_instance', { source_type: 'db-security-group', enabled: false }),
        region('aws_db_instance', {
          source_type: 'db-security-group',
          event_categories: ['creation'],
        }),
        region('aws_db_instance', { source_type: 'db-snapshot' }),
      ],
      good: [
        region(
          'aws_db_instance',
          { source_type: 'db-security-group', event_categories: ['creation'] },
          {
            source_type: 'db-security-group',
            event_categories: ['configuration change', 'failure'],
          },
        ),
        region('aws_db_instance', { source_type: 'db-security-group' }),
      ],
      fault: 'has no subscription to changes to RDS security groups',
    }),
  }),
]

/** Whether one subscription of the region reports all that. */
function isReported(
  { all }: Pick<Context, 'all'>,
  source: string,
  categories: readonly string[],
): boolean {
  return all('aws_db_event_subscription').some(subscription =>
    both(
      () => isAbout(subscription, source),
      () => reports(subscription, categories),
    ),
  )
}

function region(database: string, ...subscriptions: readonly Readonly<Record<string, unknown>>[]) {
  return {
    aws_region: { name: 'eu-west-1' },
    [database]: { id: 'a' },
    aws_db_event_subscription: subscriptions.map(subscription => ({
      name: 'a',
      enabled: true,
      event_categories: null,
      // finished: an example
      ...subscription,
    })),
  }
}

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
