import type { Discovery } from './discover.ts'
import { readBounded } from './disk.ts'
import type { Notes } from './notes.ts'
import { type Format, formatOf } from './recognise.ts'
import { relativePath } from './top.ts'

const words: Readonly<Record<Format, string>> = {
  cloudformation: 'CloudFormation is not read yet',
  plan: 'Terraform plan files are not read yet',
  state: 'Terraform state files are not read yet',
}

const mostBytes = 64 * 1024 * 1024

/** Notes what else there is to scan under a path, or that there is nothing at all. */
export function noteOther(found: Discovery, cwd: string, top: string, notes: Notes): void {
  let recognised = 0
  for (const path of found.others) {
    const bytes = readBounded(path, top, mostBytes)
    if (typeof bytes === 'string') continue
    const format = formatOf(path, new TextDecoder().decode(bytes))
    if (format === null) continue
    recognised++
    const name = relativePath(cwd, path)
    notes.gap({ kind: 'files', subject: name, reason: `${name}: ${words[format]}`, file: name })
  }
  if (found.folders.length > 0 || recognised > 0) return
  notes.gap({ kind: 'files', subject: found.path, reason: 'nothing to scan' })
}
