import { basename } from 'node:path'
import type { Loaded } from '../sources/source.ts'
import { loadTerraform, type TerraformOptions } from '../sources/terraform/index.ts'

/** Reads the code; several files of values are a matrix: the code is read once with each, and each is judged. */
export async function loadCode(
  paths: readonly string[],
  options: TerraformOptions,
): Promise<Loaded> {
  const varFiles = options.varFiles ?? []
  if (varFiles.length < 2) return loadTerraform(paths, options)
  const cells: Loaded[] = []
  for (const file of varFiles) {
    cells.push(named(await loadTerraform(paths, { ...options, varFiles: [file] }), file))
  }
  return {
    resources: cells.flatMap(cell => cell.resources),
    gaps: unlike(cells.flatMap(cell => cell.gaps)),
    warnings: unlike(cells.flatMap(cell => cell.warnings)),
    comments: cells[0]?.comments ?? [],
    files: cells[0]?.files ?? 0,
  }
}

/** The root carries the file's name, so that nothing links across the cells and each has fingerprints of its own. */
function named(loaded: Loaded, file: string): Loaded {
  return {
    ...loaded,
    resources: loaded.resources.map(resource => ({
      ...resource,
      origin: { ...resource.origin, root: `${resource.origin.root ?? '.'} with ${basename(file)}` },
    })),
  }
}

function unlike<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()]
}
