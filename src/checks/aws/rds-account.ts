import { check } from '../../check.ts'

export default [
  check(['aws_db_snapshot', 'aws_db_cluster_snapshot'], {
    id: 'rds_snapshots_encrypted',
    title: 'RDS snapshots are encrypted',
    severity: 'high',
    why: 'Whoever gets a copy of the snapshot reads the whole database.',
    fix: 'Restore from an encrypted copy of the snapshot, and delete the plain one.',
    on: 'live',
    pass: snapshot => snapshot.encrypted,
    bad: [{ encrypted: false }],
    good: [{ encrypted: true }],
  }),

  check('aws_db_instance', {
    id: 'rds_instance_inside_vpc',
    title: 'RDS instances are in a VPC',
    severity: 'high',
    why: 'Outside of a VPC no subnet, route or network ACL keeps anyone away from the database.',
    fix: 'Restore the instance from a snapshot into a subnet group.',
    on: 'live',
    pass: db => db.db_subnet_group_name !== undefined,
    bad: [{ db_subnet_group_name: null }],
    good: [{ db_subnet_group_name: 'private' }],
    fault: 'is in no VPC',
  }),
]
