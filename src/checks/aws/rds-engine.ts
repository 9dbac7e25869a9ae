import { check, live, type Tunable } from '../../check.ts'
import { defaultPort, isPastStandardSupport, isWithdrawn } from '../../check-kit/database-engine.ts'
import { both, isSet } from '../../check-kit/decide.ts'

const defaultAdmins = { default_admins: ['admin', 'postgres'] }

export default [
  check('aws_db_instance', {
    id: 'rds_instance_deprecated_engine_version',
    title: 'RDS instances run an engine version that AWS still offers',
    severity: 'high',
    why: 'Security faults of a withdrawn version are not mended any more.',
    fix: 'Raise `engine_version` to a version that is offered, with `allow_major_version_upgrade = true`.',
    pass: db => !isWithdrawn(db.engine, db.engine_version ?? ''),
    bad: [
      'engine = "mysql"\nengine_version = "5.6"',
      'engine = "postgres"\nengine_version = "9.6.24"',
    ],
    good: [
      'engine = "mysql"',
      'engine = "postgres"\nengine_version = "16.3"',
      'engine = "mysql"\nengine_version = "8.4"',
    ],
    // Minor versions come and go by the month; a running account is asked which are offered.
    live: live('aws_db_instance', {
      pass: db =>
        both(
          () => !isWithdrawn(db.engine, db.engine_version ?? ''),
          () => db.engine_version_offered,
        ),
      bad: [
        { engine: 'postgres', engine_version: '13.9', engine_version_offered: false },
        { engine: 'mysql', engine_version: '5.6.51', engine_version_offered: false },
      ],
      good: [{ engine: 'postgres', engine_version: '16.3', engine_version_offered: true }],
      fault: db => `runs ${db.engine} ${db.engine_version}, which AWS does not offer any more`,
    }),
  }),

  check(['aws_db_instance', 'aws_rds_cluster'], {
    id: 'rds_instance_extended_support',
    title: 'RDS databases run without extended support',
    severity: 'medium',
    why: 'The version is past its end of life; AWS mends only the worst faults and charges for it by the core and hour.',
    fix: 'Raise `engine_version` to a major version within standard support.',
    pass: (db, { now }) =>
      !both(
        () => db.engine_lifecycle_support !== 'open-source-rds-extended-support-disabled',
        () => isPastStandardSupport(db.engine, db.engine_version ?? '', now),
      ),
    bad: [
      'engine = "mysql"\nengine_version = "5.7.44"\nengine_lifecycle_support = "open-source-rds-extended-support"',
    ],
    good: [
      'engine_version = "5.7"\nengine = "mysql"\nengine_lifecycle_support = "open-source-rds-extended-support-disabled"',
      'engine = "sqlserver-ex"\nengine_version = "15.00"',
    ],
    fault: 'runs a version past its standard support',
  }),

  check('aws_db_instance', {
    id: 'rds_instance_default_admin',
    title: 'RDS instances have an administrator of another name than the usual ones',
    severity: 'medium',
    why: 'An attacker who knows the name has only the password to guess.',
    fix: 'Set `username` to another name; that takes a new instance.',
    options: defaultAdmins,
    when: db => !isSet(() => db.replicate_source_db),
    pass: (db, { options }) => !list(options.default_admins).includes(db.username),
    bad: ['username = "admin"', 'username = "postgres"'],
    good: ['username = "shop_owner"'],
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_default_admin',
    title: 'RDS clusters have an administrator of another name than the usual ones',
    severity: 'medium',
    why: 'An attacker who knows the name has only the password to guess.',
    fix: 'Set `master_username` to another name; that takes a new cluster.',
    options: defaultAdmins,
    when: cluster => cluster.replication_source_identifier === undefined,
    pass: (cluster, { options }) => !list(options.default_admins).includes(cluster.master_username),
    bad: ['master_username = "admin"', 'master_username = "postgres"'],
    good: ['master_username = "shop_owner"'],
  }),

  check('aws_db_instance', {
    id: 'rds_instance_non_default_port',
    title: 'RDS instances listen on another port than the engine’s usual one',
    severity: 'low',
    why: 'Scanners of the network try the usual ports first.',
    fix: 'Set `port` to another number.',
    pass: db => db.port !== defaultPort(db.engine),
    bad: [
      'engine = "postgres"\nport = 5432',
      'engine = "mysql"',
      'engine = "sqlserver-ex"\nport = 1433',
    ],
    good: ['engine = "postgres"\nport = 5433', 'engine = "mysql"\nport = 5432'],
    set: { port: 13306 },
  }),

  check('aws_rds_cluster', {
    id: 'rds_cluster_non_default_port',
    title: 'RDS clusters listen on another port than the engine’s usual one',
    severity: 'low',
    why: 'Scanners of the network try the usual ports first.',
    fix: 'Set `port` to another number.',
    pass: cluster => cluster.port !== defaultPort(cluster.engine),
    bad: ['engine = "aurora-postgresql"\nport = 5432', 'engine = "aurora-mysql"'],
    good: ['engine = "aurora-mysql"\nport = 13306'],
    set: { port: 13306 },
  }),

  check(['aws_db_parameter_group', 'aws_rds_cluster_parameter_group'], {
    id: 'rds_instance_transport_encrypted',
    title: 'RDS parameter groups require TLS',
    severity: 'high',
    why: 'Clients that connect without TLS send passwords and data in clear.',
    fix: 'Set `rds.force_ssl` (PostgreSQL, SQL Server) or `require_secure_transport` (MySQL, MariaDB) to 1.',
    // Aurora takes it from the cluster's group alone.
    when: (group, { type }) =>
      switchOf(group.family) !== undefined &&
      !(type === 'aws_db_parameter_group' && group.family.startsWith('aurora')),
    pass: group => {
      const tls = switchOf(group.family)
      const written = group.parameter.find(parameter => parameter.name.toLowerCase() === tls?.name)
      return written === undefined ? tls?.isOn === true : /^(?:1|on|true)$/i.test(written.value)
    },
    bad: [
      'family = "postgres13"',
      parameter('mysql8.0', 'require_secure_transport', '0'),
      parameter('postgres16', 'rds.force_ssl', '0'),
      'resource "aws_rds_cluster_parameter_group" "a" {\nfamily = "aurora-mysql8.0"\n}',
    ],
    good: [
      'resource "aws_db_parameter_group" "a" {\nfamily = "aurora-mysql8.0"\n}',
      'family = "postgres16"',
      parameter('postgres13', 'rds.force_ssl', '1'),
      parameter('mysql8.0', 'require_secure_transport', 'ON'),
      parameter('sqlserver-ex-15.0', 'rds.force_ssl', '1'),
      'family = "oracle-ee-19"',
    ],
    fault: 'lets clients connect without TLS',
  }),
]

interface TlsSwitch {
  readonly name: 'rds.force_ssl' | 'require_secure_transport'
  /** Whether a group that says nothing has it on. */
  readonly isOn: boolean
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html and its like for the other engines. */
function switchOf(family: string): TlsSwitch | undefined {
  const [, engine = '', major = '0'] = /^([a-z-]+?)-?(\d+(?:\.\d+)?)?$/.exec(family) ?? []
  const version = Number(major)
  if (engine === 'postgres') return { name: 'rds.force_ssl', isOn: version >= 15 }
  if (engine === 'aurora-postgresql') return { name: 'rds.force_ssl', isOn: version >= 17 }
  if (engine.startsWith('sqlserver')) return { name: 'rds.force_ssl', isOn: false }
  if (engine === 'mysql') return { name: 'require_secure_transport', isOn: version >= 8.4 }
  if (engine === 'mariadb') return { name: 'require_secure_transport', isOn: version >= 11.8 }
  if (engine === 'aurora-mysql') return { name: 'require_secure_transport', isOn: false }
  return undefined
}

function list(option: Tunable | undefined): readonly string[] {
  return Array.isArray(option) ? option.map(String) : []
}

function parameter(family: string, name: string, value: string): string {
  return `family = "${family}"
  parameter {
    name  = "${name}"
    value = "${value}"
  }`
}
