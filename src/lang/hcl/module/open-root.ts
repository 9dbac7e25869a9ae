import { type ModuleConfig, readModule } from './config.ts'
import type { DataEvaluator } from './data-source.ts'
import type { ModuleFiles } from './files.ts'
import { type InputOptions, type Inputs, readInputs } from './inputs.ts'
import { readManifest } from './manifest.ts'
import { type ModuleInstance, rootModule } from './module-instance.ts'
import type { Problem } from './problem.ts'
import { type Run, startRun } from './run.ts'

export interface RootOptions extends InputOptions {
  readonly workspace?: string
  /** Data sources that can be computed, by type. */
  readonly data?: ReadonlyMap<string, DataEvaluator>
  /** As Terraform 1.12 and later: `&&` and `||` leave out their right side once the left decides. */
  readonly shortCircuit?: boolean
}

/** A root module, ready to be asked: nothing is evaluated before it is. */
export interface Root {
  readonly module: ModuleInstance
  readonly inputs: Inputs
  readonly run: Run
  /** What has come to light so far; more does with each value that is asked for. */
  problems(): readonly Problem[]
}

/** Reads each folder once, however many roots and calls lead to it. */
export interface ModuleLibrary {
  readonly files: ModuleFiles
  config(folder: string): ModuleConfig | null
  /** Those that were read so far. */
  configs(): readonly ModuleConfig[]
}

export function moduleLibrary(files: ModuleFiles): ModuleLibrary {
  const configs = new Map<string, ModuleConfig | null>()
  return {
    files,
    config(folder) {
      const known = configs.get(folder)
      if (known !== undefined) return known
      const config = readModule(folder, files)
      configs.set(folder, config)
      return config
    },
    configs: () => [...configs.values()].filter(config => config !== null),
  }
}

/** Null where there is no such folder. */
export function openRoot(
  folder: string,
  library: ModuleLibrary,
  options: RootOptions,
): Root | null {
  const config = library.config(folder)
  if (config === null) return null
  const { workspace, data, shortCircuit = false } = options
  const run = startRun({
    files: library.files,
    root: folder,
    config: library.config,
    installed: readManifest(folder, library.files),
    shortCircuit,
    ...(workspace === undefined ? {} : { workspace }),
    ...(data === undefined ? {} : { data }),
  })
  const inputs = readInputs(config, options, run)
  const module = rootModule(config, inputs, run)
  return { module, inputs, run, problems: () => run.log.all }
}
