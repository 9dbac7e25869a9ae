import { UserError } from '../../errors.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { awsFlags, type FlagValues } from '../flags.ts'
import { runScan } from '../run-scan.ts'
import { settings } from '../settings.ts'

/** `batten aws` */
export default async function aws(args: readonly string[]): Promise<number> {
  // The SDK would otherwise print that it will need a newer Node some day.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  try {
    const { paths, flags } = parseArguments(
      { name: 'aws', about: 'Scan running AWS accounts.', paths: '' },
      awsFlags,
      args,
    )
    const [stray] = paths
    if (stray !== undefined) throw new UserError(`batten aws scans accounts, not '${stray}'`)
    const merged = await settings(awsFlags, flags, process.env, process.cwd())
    return await runScan([], merged, targetOf(merged))
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}

function targetOf(flags: FlagValues) {
  const { profile, role, region, 'external-id': externalId } = flags
  return {
    profile: typeof profile === 'string' ? profile : undefined,
    externalId: typeof externalId === 'string' ? externalId : undefined,
    roles: Array.isArray(role) ? role : [],
    regions: Array.isArray(region) ? region : [],
  }
}
