import { ec2 } from './services/ec2/service.ts'
import { iam } from './services/iam/service.ts'
import { s3 } from './services/s3/service.ts'
import { s3control } from './services/s3control/service.ts'
import { sts } from './services/sts/service.ts'
import type { Service } from './wire/service.ts'

const services: readonly Service[] = [sts, s3, s3control, ec2, iam]

/** S3 and S3 Control sign alike; the path tells them apart. */
export function byScope(signing: string, path: string): Service | undefined {
  const isControl = signing === 's3' && path.startsWith('/v20180820/')
  return services.find(
    one =>
      one.signing === signing && (signing !== 's3' || (one.name === 's3control') === isControl),
  )
}
