import { type Context, check } from '../../check.ts'
import { both, either, surely, textOf } from '../../check-kit/decide.ts'
import { isOf, isSame, undecided } from '../../check-kit/text.ts'
import { Absent } from '../../resource.ts'

export default [
  check('aws_s3_bucket', {
    id: 's3_bucket_cross_region_replication',
    title: 'S3 buckets replicate their objects to another region',
    severity: 'low',
    why: 'A fault of the region, or a deletion in the account, takes the only copy.',
    fix: 'Add an `aws_s3_bucket_replication_configuration` with an enabled rule and a bucket in another region.',
    aliases: ['CKV_AWS_144'],
    pass: (bucket, context) =>
      bucket.replication_configuration?.rules.some(rule =>
        both(
          () => rule.status === 'Enabled',
          () => !isHere(rule.destination, context),
        ),
      ) ?? false,
    bad: ['', replication('Disabled'), copiedTo('eu-west-1')],
    good: [replication('Enabled'), copiedTo('eu-north-1')],
    fault: 'has no enabled replication rule to a bucket in another region',
  }),
]

/** Code often names a bucket that it does not declare: only one that is known to be here is no good. */
function isHere(destination: Destination, { related, region, placeOf, account }: Context): boolean {
  const arn = textOf(() => destination.bucket)
  const others = related('aws_s3_bucket')
  const isMeant = (other: (typeof others)[number]) =>
    either(
      () => isOf(arn, placeOf(other).id),
      () => isSame(arn, `arn:aws:s3:::${other.bucket}`),
    )
  const isFound = () =>
    others.some(other =>
      both(
        () => region !== null && placeOf(other).region === region,
        () => isMeant(other),
      ),
    )
  if (account !== null)
    return isFound() || (others.some(isMeant) ? false : undecided(elsewhere(destination.bucket)))
  if (surely(isFound)) return true
  // A name that nobody knows may be any bucket's.
  return typeof arn === 'string' || surely(() => others.some(isMeant)) ? false : undecided(arn)
}

/** A bucket of another account says nothing of where it is. */
function elsewhere(arn: string): Absent {
  return new Absent('unresolved', `the region of ${arn} is not in the scan`)
}

interface Destination {
  readonly bucket: string
}

function replication(status: string): string {
  return replicating('a', '', '"arn:aws:s3:::copy"', status)
}

function copiedTo(region: string): string {
  return `provider "aws" {
    region = "eu-west-1"
  }
  ${replicating('a', '', 'aws_s3_bucket.b.arn')}
  ${replicating('b', `region = "${region}"`, '"arn:aws:s3:::a"')}`
}

function replicating(name: string, body: string, destination: string, status = 'Enabled'): string {
  return `resource "aws_s3_bucket" "${name}" {
    bucket = "${name}"
    ${body}
  }
  resource "aws_s3_bucket_replication_configuration" "${name}" {
    bucket = aws_s3_bucket.${name}.id
    role   = "arn:aws:iam::111122223333:role/replicate"
    rule {
      status = "${status}"
      destination {
        bucket = ${destination}
      }
    }
  }`
}
