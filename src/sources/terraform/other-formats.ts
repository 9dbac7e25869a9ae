import type { Resource } from '../../resource.ts'
import type { Discovery } from './discover.ts'
import { readBounded } from './disk.ts'
import type { Notes } from './notes.ts'
import { readPlan } from './plan.ts'
import { type Format, formatOf } from './recognise.ts'
import { relativePath } from './top.ts'

export interface OtherFiles {
  /** Resources of plans. */
  readonly resources: readonly Resource[]
  readonly files: number
}

const unread: Readonly<Record<Exclude<Format, 'plan'>, string>> = {
  cloudformation: 'CloudFormation is not read yet',
  state: 'Terraform state is not read; scan the configuration or a plan',
  'binary plan': 'this is a binary plan; scan the output of "terraform show -json" of it',
}

/** A plan is a file of a few MB; what is larger does not fit in memory as values. */
const mostBytes = 100_000_000

/** Reads plans, and notes what else there is to scan under a path, or that there is nothing at all. */
export async function readOthers(
  found: Discovery,
  cwd: string,
  top: string,
  notes: Notes,
): Promise<OtherFiles> {
  const resources: Resource[] = []
  let plans = 0
  let gaps = 0
  for (const path of found.others) {
    const name = relativePath(cwd, path)
    const gap = (why: string) => {
      gaps++
      notes.gap({ kind: 'files', subject: name, reason: `${name}: ${why}`, file: name })
    }
    const bytes = readBounded(path, top, mostBytes)
    if (typeof bytes === 'string') {
      gap(bytes)
      continue
    }
    const text = new TextDecoder().decode(bytes)
    const format = formatOf(path, text)
    if (format === 'plan') {
      const read = await readPlan({ name, text, root: relativePath(top, path) })
      if (typeof read === 'string') gap(read)
      else {
        plans++
        for (const resource of read) resources.push(resource)
      }
    } else if (format === 'state' && !found.isFile) {
      // It lies about beside the configuration that it belongs to.
      notes.warning({ message: unread.state, file: name })
    } else if (format !== null) gap(unread[format])
  }
  if (found.folders.length === 0 && plans === 0 && gaps === 0)
    notes.gap({ kind: 'files', subject: found.path, reason: 'nothing to scan' })
  return { resources, files: plans }
}
