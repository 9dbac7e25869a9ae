import type { Fetch } from '../engine/collect.ts'
import { fold } from '../engine/fold.ts'
import type { Related } from '../engine/judge.ts'
import type { Knowledge } from '../engine/knowledge.ts'
import { relate } from '../engine/relate.ts'
import type { CheckCard } from '../engine/select.ts'
import type { Absent, Resource } from '../resource.ts'
import type { AwsTarget } from '../sources/aws/account.ts'
import type { Loaded } from '../sources/source.ts'
import type { TerraformOptions } from '../sources/terraform/index.ts'
import { loadVocabulary } from '../vocabulary/load.ts'
import { loadCode } from './load.ts'

/** What a scan judges, wherever it comes from. */
export interface Input {
  /** Folded. */
  readonly resources: readonly Resource[]
  readonly related: Related
  readonly knows?: Knowledge
  /** Live: asks for what the checks turn out to read. */
  readonly fetch?: Fetch
  /** Live: why resources of a type may be there that are not among them. */
  readonly unlisted?: (type: string, account: string | null) => readonly Absent[]
  readonly targets: readonly string[]
  /** The resources with their tags, where those are known only when they are asked for. */
  tagged(): Promise<readonly Resource[]>
  /** Lets go of the connections. */
  close(): void
  /** Everything that was read; what of it could not be is known in full only when the judging is over. */
  loaded(): Loaded
}

export interface Sources {
  readonly paths: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly terraform: Pick<TerraformOptions, 'vars' | 'varFiles' | 'skipPaths'>
  /** A running account instead of code. */
  readonly aws?: AwsTarget
  readonly progress: (phase: string, done: number, total: number) => void
  readonly signal: AbortSignal
}

/** Reads what the checks are about: code whole, a running account as far as they need it. */
export async function readInput(request: Sources, checks: readonly CheckCard[]): Promise<Input> {
  const { aws, paths } = request
  if (aws !== undefined) {
    const { readAws } = await import('./live.ts')
    return readAws({ ...request, aws, checks })
  }
  request.progress('reading', 0, 0)
  const { cwd, env, signal } = request
  const loaded = await loadCode(paths, { ...request.terraform, cwd, env, signal })
  const vocabulary = await loadVocabulary(new Set(loaded.resources.map(resource => resource.type)))
  const resources = fold(vocabulary, loaded.resources)
  return {
    resources,
    related: relate(vocabulary, resources),
    targets: paths,
    tagged: async () => resources,
    close: () => {},
    loaded: () => loaded,
  }
}
