import { resolve } from 'node:path'
import type { Given } from '../../lang/hcl/module/inputs.ts'
import { moduleLibrary, openRoot, type Root } from '../../lang/hcl/module/open-root.ts'
import type { ResourceInstance } from '../../lang/hcl/module/resource-node.ts'
import { loadVocabulary } from '../../vocabulary/load.ts'
import type { Loaded } from '../source.ts'
import { commentsIn } from './comments.ts'
import { dataEvaluators } from './data-evaluators.ts'
import { type Discovery, discover, existing, skipper } from './discover.ts'
import { disk, realPath } from './disk.ts'
import { managedInstances } from './instances.ts'
import { type Notes, notebook } from './notes.ts'
import { type OtherFiles, readOthers } from './other-formats.ts'
import { providerReader } from './provider-facts.ts'
import { toResource } from './resource.ts'
import { rootsAmong } from './roots.ts'
import { commonFolder, gitTop, relativePath } from './top.ts'

export interface TerraformOptions {
  /** File names are told relative to it. */
  readonly cwd: string
  /** `TF_VAR_name` gives a variable its value. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly vars?: Readonly<Record<string, string>>
  /** Applied in this order, before `vars`. */
  readonly varFiles?: readonly string[]
  /** Globs of files and folders that are left out. */
  readonly skipPaths?: readonly string[]
  readonly workspace?: string
  readonly signal?: AbortSignal
}

/**
 * Reads the Terraform under the paths: every root module, with all that it calls. What cannot be read is a
 * gap; throws UserError for a path that is not there.
 */
export async function loadTerraform(
  paths: readonly string[],
  options: TerraformOptions,
): Promise<Loaded> {
  const notes = notebook()
  const trees: Tree[] = []
  const real = { ...options, cwd: realPath(options.cwd) ?? options.cwd }
  for (const [top, within] of byTop(paths, real.cwd))
    trees.push(await loadTree(top, within, real, notes))
  return {
    resources: trees.flatMap(tree => tree.resources),
    comments: trees.flatMap(tree => tree.comments),
    files: trees.reduce((sum, tree) => sum + tree.files, 0),
    gaps: notes.gaps,
    warnings: notes.warnings(),
  }
}

type Tree = Pick<Loaded, 'resources' | 'comments' | 'files'>

/** Paths of one tree; what a module may read ends at the tree's top. */
async function loadTree(
  top: string,
  paths: readonly string[],
  options: TerraformOptions,
  notes: Notes,
): Promise<Tree> {
  const { cwd, signal } = options
  const named = new Set((options.varFiles ?? []).map(file => existing(file, cwd)))
  const files = disk({ cwd, top, named, onGap: notes.gap })
  const library = moduleLibrary(files)
  const isSkipped = skipper(options.skipPaths ?? [], cwd)
  const look = { cwd, top, isSkipped, onGap: notes.gap, onWarning: notes.warning }
  const found = paths.map(path => discover(path, look))
  const others: OtherFiles[] = []
  for (const each of found) others.push(await readOthers(each, cwd, top, notes))

  const folders = [...new Set(found.flatMap(each => each.folders))].sort()
  const isAsked = askedFor(found, cwd)
  const judged: { readonly instance: ResourceInstance; readonly root: Root }[] = []
  const roots: Root[] = []
  for (const folder of rootsAmong(folders, library)) {
    if (signal?.aborted) break
    const root = openRoot(folder, library, rootOptions(options))
    if (root === null) continue
    roots.push(root)
    for (const instance of managedInstances(root)) {
      const { file } = instance.node.declaration
      if (isAsked(instance, folder) && !isSkipped(resolve(cwd, file.name)))
        judged.push({ instance, root })
    }
    await turn()
  }

  const tables = await loadVocabulary(new Set(judged.map(({ instance }) => instance.node.type)))
  const making = { tables, providers: providerReader() }
  const resources = judged.map(({ instance, root }) =>
    toResource(instance, root, relativePath(top, root.module.config.folder), making),
  )
  for (const config of library.configs()) config.problems.forEach(notes.problem)
  for (const root of roots) root.problems().forEach(notes.problem)
  const parsed = files.parsed()
  return {
    resources: [...resources, ...others.flatMap(each => each.resources)],
    comments: commentsIn(parsed),
    files: others.reduce((sum, each) => sum + each.files, parsed.length),
  }
}

/** Lets signals and timers in. */
function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

function rootOptions({ env, vars = {}, varFiles = [], workspace, cwd }: TerraformOptions) {
  const given: Given[] = [
    ...varFiles.map(file => ({ file: existing(file, cwd) })),
    ...Object.entries(vars).map(([name, text]) => ({ name, text })),
  ]
  return {
    env,
    given,
    data: dataEvaluators,
    shortCircuit: true,
    ...(workspace === undefined ? {} : { workspace }),
  }
}

/** The paths of each git tree; those outside of one share the deepest folder that holds them all. */
function byTop(paths: readonly string[], cwd: string): ReadonlyMap<string, readonly string[]> {
  const tops = new Map<string, string[]>()
  const free = paths.filter(path => gitTop(existing(path, cwd)) === null)
  const common = free.length === 0 ? '' : commonFolder(free.map(path => existing(path, cwd)))
  for (const path of paths) {
    const top = gitTop(existing(path, cwd)) ?? common
    const list = tops.get(top)
    if (list === undefined) tops.set(top, [path])
    else list.push(path)
  }
  return tops
}

/** Where a single file was named, only what it declares or calls is asked for. */
function askedFor(
  found: readonly Discovery[],
  cwd: string,
): (instance: ResourceInstance, folder: string) => boolean {
  const whole = new Set(found.filter(each => each.only === null).flatMap(each => each.folders))
  const only = new Set(found.flatMap(each => each.only ?? []))
  return (instance, folder) => {
    if (whole.has(folder)) return true
    const names = [instance.node.declaration.file.name]
    for (let { caller } = instance.module; caller !== null; caller = caller.module.caller)
      names.push(caller.node.declaration.file.name)
    return names.some(name => only.has(resolve(cwd, name)))
  }
}
