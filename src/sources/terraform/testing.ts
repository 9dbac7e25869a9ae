import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Resource } from '../../resource.ts'
import type { Loaded } from '../source.ts'
import { loadTerraform, type TerraformOptions } from './index.ts'

/** Writes a tree of files into a new folder, which is gone after the test. */
export function treeOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'batten-terraform-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Loads a tree of files, seen from its top. */
export function loadTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<TerraformOptions> & { readonly paths?: readonly string[] } = {},
): Promise<Loaded> {
  const { paths = ['.'], ...rest } = options
  return loadTerraform(paths, { cwd: treeOf(files), env: {}, ...rest })
}

export function byId(loaded: Loaded): ReadonlyMap<string, Resource> {
  return new Map(loaded.resources.map(resource => [resource.id, resource]))
}

export function resourceIn(loaded: Loaded, id: string): Resource {
  const found = byId(loaded).get(id)
  if (found === undefined)
    throw new Error(`no ${id} among ${[...byId(loaded).keys()].join(', ') || 'nothing'}`)
  return found
}

/** The gaps as a person reads them. */
export function gapLines(loaded: Loaded): readonly string[] {
  return loaded.gaps.map(gap => `${gap.kind}: ${gap.reason}`)
}
