/** A compliance framework as its generated file holds it: lists of requirements are texts with spaces between. */
export interface FrameworkFile {
  /** All of them, in order. */
  readonly requirements: string
  /** Check → the requirements that it answers. */
  readonly checks: Readonly<Record<string, string>>
  /** The same of checks that do not exist here yet, by the name that they will have. */
  readonly missing: Readonly<Record<string, string>>
  /** Requirement → why no scan can answer it; empty: nobody has said. */
  readonly manual: Readonly<Record<string, string>>
  readonly titles: Readonly<Record<string, string>>
}

/** What is known of a framework without loading it. */
export interface FrameworkCard {
  readonly id: string
  readonly name: string
  readonly provider: 'aws' | 'azure' | 'gcp'
  /** How many. */
  readonly requirements: number
  readonly load: () => Promise<{ readonly default: FrameworkFile }>
}

export interface Requirement {
  readonly id: string
  readonly title: string | null
  readonly checks: readonly string[]
  readonly missing: readonly string[]
  readonly manual: string | null
}

export async function frameworkCards(): Promise<readonly FrameworkCard[]> {
  const { frameworks } = await import('./index.generated.ts')
  return frameworks
}

/** Each requirement with what judges it. */
export function requirementsOf(file: FrameworkFile): readonly Requirement[] {
  const checks = byRequirement(file.checks)
  const missing = byRequirement(file.missing)
  const manual = new Map(Object.entries(file.manual))
  const titles = new Map(Object.entries(file.titles))
  return file.requirements.split(' ').map(id => ({
    id,
    title: titles.get(id) ?? null,
    checks: checks.get(id) ?? [],
    missing: missing.get(id) ?? [],
    manual: manual.has(id) ? manual.get(id) || byHand : null,
  }))
}

/** Check → framework → requirements, as findings show it. */
export type Compliance = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>

export function complianceOf(files: ReadonlyMap<string, FrameworkFile>): Compliance {
  const compliance = new Map<string, Record<string, readonly string[]>>()
  for (const [framework, { checks }] of files) {
    for (const [check, requirements] of Object.entries(checks)) {
      const known = compliance.get(check) ?? {}
      known[framework] = requirements.split(' ')
      compliance.set(check, known)
    }
  }
  return compliance
}

/** The same of all frameworks together. */
export async function complianceOfAll(): Promise<Compliance> {
  const { default: byCheck } = await import('./by-check.generated.ts')
  return new Map(
    Object.entries(byCheck).map(([check, text]) => [
      check,
      Object.fromEntries(
        text.split(';').map(each => {
          const [framework = '', requirements = ''] = each.split('=')
          return [framework, requirements.split(' ')]
        }),
      ),
    ]),
  )
}

const byHand = 'No check answers it: look at it by hand'

function byRequirement(checks: FrameworkFile['checks']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [check, requirements] of Object.entries(checks)) {
    for (const requirement of requirements.split(' ')) {
      const list = found.get(requirement) ?? []
      list.push(check)
      found.set(requirement, list)
    }
  }
  return found
}
