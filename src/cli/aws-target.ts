import { UserError } from '../errors.ts'
import type { AwsTarget } from '../sources/aws/account.ts'
import type { FlagValues } from './flags.ts'

/** The SDK would otherwise print that it will need a newer Node some day; to be called before it is loaded. */
export function quietSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
}

/** Whose account, by the flags. Throws UserError for a role that is no ARN. */
export function awsTarget(flags: FlagValues): AwsTarget {
  const { profile, role, region, 'external-id': externalId } = flags
  for (const arn of Array.isArray(role) ? role : []) {
    if (!/^arn:[\w-]+:iam::\d{12}:role\/./.test(arn))
      throw new UserError(`--role: '${arn}' is not the ARN of a role`)
  }
  return {
    profile: typeof profile === 'string' ? profile : undefined,
    externalId: typeof externalId === 'string' ? externalId : undefined,
    roles: Array.isArray(role) ? role : [],
    regions: Array.isArray(region) ? region : [],
  }
}
