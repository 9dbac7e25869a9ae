import { HelpShown, parseArguments } from '../arguments.ts'
import { scanFlags } from '../flags.ts'
import { runScan } from '../run-scan.ts'
import { settings } from '../settings.ts'

export { scanFlags as flags }

/** `batten iac [PATH…]` */
export default async function iac(args: readonly string[]): Promise<number> {
  try {
    const { paths, flags } = parseArguments(
      { name: 'iac', about: 'Scan Terraform code.', paths: '[PATH…]' },
      scanFlags,
      args,
    )
    const merged = await settings(scanFlags, flags, process.env, process.cwd())
    return await runScan(paths.length > 0 ? paths : ['.'], merged)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}
