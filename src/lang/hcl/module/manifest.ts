import type { ModuleFiles } from './files.ts'

/** Where `terraform init` put the modules that come from elsewhere: dotted path of calls → folder. */
export function readManifest(root: string, files: ModuleFiles): (path: string) => string | null {
  let folders: ReadonlyMap<string, string> | undefined
  return path => {
    folders ??= entries(files.text(files.file(root, '.terraform/modules/modules.json')))
    const folder = folders.get(path)
    return folder === undefined ? null : files.folder(root, folder)
  }
}

function entries(text: string | null): ReadonlyMap<string, string> {
  const folders = new Map<string, string>()
  for (const entry of modulesOf(text)) {
    if (typeof entry !== 'object' || entry === null) continue
    const { Key: key, Dir: folder } = entry as Record<string, unknown>
    if (typeof key === 'string' && typeof folder === 'string') folders.set(key, folder)
  }
  return folders
}

function modulesOf(text: string | null): readonly unknown[] {
  if (text === null) return []
  try {
    const manifest: unknown = JSON.parse(text)
    if (typeof manifest !== 'object' || manifest === null) return []
    const { Modules: modules } = manifest as Record<string, unknown>
    return Array.isArray(modules) ? modules : []
  } catch {
    // Terraform would write it anew; modules that it names are then not on disk.
    return []
  }
}
