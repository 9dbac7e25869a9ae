import { isLocalSource } from '../../lang/hcl/module/call-node.ts'
import type { ModuleConfig } from '../../lang/hcl/module/config.ts'
import { literalText } from '../../lang/hcl/module/declaration.ts'
import type { ModuleLibrary } from '../../lang/hcl/module/open-root.ts'

/**
 * The folders that are judged by themselves: those that no other folder here calls. Where folders only call
 * one another, the first of each circle is taken.
 */
export function rootsAmong(folders: readonly string[], library: ModuleLibrary): readonly string[] {
  const calls = new Map<string, readonly string[]>()
  const called = new Set<string>()
  const waiting = [...folders]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (calls.has(folder)) continue
    const targets = targetsOf(folder, library)
    calls.set(folder, targets)
    for (const target of targets) {
      if (target !== folder) called.add(target)
      waiting.push(target)
    }
  }
  const roots = folders.filter(folder => !called.has(folder))
  const reached = new Set<string>()
  for (const root of roots) reach(root, calls, reached)
  for (const folder of folders) {
    if (reached.has(folder)) continue
    roots.push(folder)
    reach(folder, calls, reached)
  }
  return roots.sort()
}

function reach(
  from: string,
  calls: ReadonlyMap<string, readonly string[]>,
  reached: Set<string>,
): void {
  const waiting = [from]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (reached.has(folder)) continue
    reached.add(folder)
    waiting.push(...(calls.get(folder) ?? []))
  }
}

function targetsOf(folder: string, library: ModuleLibrary): readonly string[] {
  const config = library.config(folder)
  return config === null
    ? []
    : localSources(config).flatMap(source => library.files.folder(folder, source) ?? [])
}

function localSources({ calls }: ModuleConfig): readonly string[] {
  return [...calls.values()].flatMap(({ body }) => {
    const written = body.attributes.get('source')
    const source = written === undefined ? undefined : literalText(written.expr)
    return source !== undefined && isLocalSource(source) ? [source] : []
  })
}
