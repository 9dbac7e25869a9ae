import { readConfig } from '../../config.ts'
import { UserError } from '../../errors.ts'
import { HelpShown, parseArguments } from '../arguments.ts'
import { scanFlags } from '../flags.ts'
import { refuseOutside } from '../found-config.ts'
import { runScan } from '../run-scan.ts'
import { settings } from '../settings.ts'

export { scanFlags as flags }

/** `batten scan`: everything that batten.yaml names under `scan: { iac: [PATH…] }`. */
export default async function scan(args: readonly string[]): Promise<number> {
  try {
    const { flags } = parseArguments(
      { name: 'scan', about: 'Scan everything that batten.yaml names.', paths: '' },
      scanFlags,
      args,
    )
    const named = typeof flags.config === 'string' ? flags.config : undefined
    const config = await readConfig(named, process.cwd())
    if (!config)
      throw new UserError('no batten.yaml here or above; write one, or use batten iac PATH')
    const merged = await settings(scanFlags, flags, process.env, process.cwd())
    const paths = targets(config.values.get('scan'), config.file)
    if (named === undefined)
      for (const path of paths) refuseOutside(path, { key: 'scan', config, from: process.cwd() })
    return await runScan(paths, merged)
  } catch (error) {
    if (error instanceof HelpShown) return 0
    throw error
  }
}

function targets(value: unknown, file: string): readonly string[] {
  const paths =
    typeof value === 'object' && value !== null && 'iac' in value ? value.iac : undefined
  if (
    !Array.isArray(paths) ||
    paths.length === 0 ||
    !paths.every(path => typeof path === 'string')
  ) {
    throw new UserError(`${file}: 'scan' names nothing; write scan: { iac: [PATH…] }`)
  }
  return paths
}
