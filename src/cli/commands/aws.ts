import { UserError } from '../../errors.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { awsTarget, quietSdk } from '../aws-target.ts'
import { awsFlags } from '../flags.ts'
import { runScan } from '../run-scan.ts'
import { settings } from '../settings.ts'
import { growHeapSlowly } from '../v8.ts'

export { awsFlags as flags }

/** `batten aws` */
export default async function aws(args: readonly string[]): Promise<number> {
  quietSdk()
  growHeapSlowly()
  try {
    const { paths, flags } = parseArguments(
      { name: 'aws', about: 'Scan running AWS accounts.', paths: '' },
      awsFlags,
      args,
    )
    const [stray] = paths
    if (stray !== undefined) throw new UserError(`batten aws scans accounts, not '${stray}'`)
    const merged = await settings(awsFlags, flags, process.env, process.cwd())
    return await runScan([], merged, awsTarget(merged))
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}
