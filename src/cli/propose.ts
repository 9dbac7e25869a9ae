import { readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { Finding } from '../finding.ts'
import { patchOf } from '../mend/patch.ts'
import type { Brief } from '../remediation/brief.ts'
import type { Settings } from '../remediation/settings.ts'
import { readBounded } from '../sources/terraform/disk.ts'
import { gitTop } from '../sources/terraform/top.ts'
import { scanFor } from './run-scan.ts'

/** The change of the code that would mend what a live finding is about, or why none is proposed; null: the code holds no such thing. */
export type Propose = (finding: Brief) => Proposal | null
export type Proposal = { readonly patch: string } | { readonly why: string }

/** Scans the code for what fails in the account as well, and finds which block declares which resource. */
export async function proposer(
  folders: readonly string[],
  live: readonly Brief[],
  { owners }: Settings,
): Promise<Propose> {
  if (folders.length === 0 || live.length === 0) return () => null
  const found = await inCode(folders, new Set(live.map(finding => finding.CheckID)))
  return finding => {
    const same = found.filter(each => each.CheckID === finding.CheckID)
    const address = owners.get(finding.ResourceId)?.split(' in ')[0]
    // A state knows for certain; else only a name that one block has.
    const declared = same.filter(({ Address, ResourceType, ResourceName }) =>
      address === undefined
        ? ResourceType === finding.ResourceType && ResourceName === finding.ResourceName
        : Address?.replaceAll(/\[[^\]]*\]/g, '') === address,
    )
    const [first, second] = declared
    if (!first) return null
    return second
      ? { why: `${first.Address} and ${second.Address} may both declare it` }
      : proposed(first)
  }
}

async function inCode(folders: readonly string[], checks: ReadonlySet<string>) {
  try {
    const report = await scanFor(folders, { checks: [...checks], quiet: true, status: ['FAIL'] })
    return [...report.findings({ passed: false })].filter(each => !each.Muted)
  } catch (error) {
    // Checks that only a running account can answer have nothing to say of code.
    if (error instanceof UserError && /no check/i.test(error.message)) return []
    throw error
  }
}

function proposed(finding: Finding): Proposal {
  const { File, Address, ResourceType, Remediation } = finding
  const remedy = Remediation.Code.Terraform
  const [, type, name] = /(?:^|\.)([a-z]\w*)\.([\w-]+)(?:\[[^\]]*\])?$/.exec(Address ?? '') ?? []
  if (remedy === null) return { why: `${finding.CheckID} does not say which value is good` }
  if (File === null || type !== ResourceType || name === undefined) {
    return { why: `${Address} is not a block of Terraform` }
  }
  return patchOf(moduleOf(File), { type, name, remedy })
}

/** All files of the folder that the block is in: the pieces of a resource may stand in several. */
function moduleOf(file: string) {
  const folder = dirname(resolve(file))
  const top = gitTop(folder) ?? folder
  const names = readdirSync(folder).filter(name => name.endsWith('.tf'))
  return names.sort().flatMap(name => {
    // Pipes, devices and links out of the tree were gaps of the scan.
    const bytes = readBounded(join(folder, name), top)
    if (typeof bytes === 'string') return []
    const path = relative(process.cwd(), join(folder, name)).replaceAll('\\', '/')
    return [{ file: path, text: new TextDecoder().decode(bytes) }]
  })
}
