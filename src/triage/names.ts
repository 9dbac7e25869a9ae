import { trivyNames } from './trivy-names.ts'

export interface CheckNames {
  /** Ids of the checks that a name stands for, in any letter case; empty when nothing has that name. */
  ids(name: string): readonly string[]
  /** Every name of a check in small letters: its id, its aliases and their long forms. */
  names(id: string): readonly string[]
  /** The ids of all checks. */
  readonly all: readonly string[]
}

export interface NamedCheck {
  readonly id: string
  readonly aliases?: readonly string[] | undefined
}

/**
 * Looks checks up by any name that somebody may have written: `CKV_AWS_16`, `AVD-AWS-0080`,
 * `aws-rds-encrypt-instance-storage-data`.
 */
export function checkNames(checks: Iterable<NamedCheck>): CheckNames {
  const byName = new Map<string, string[]>()
  const byId = new Map<string, string[]>()
  const long = longNames()
  for (const { id, aliases = [] } of checks) {
    const names = [...new Set([id, ...aliases].flatMap(name => forms(name, long)))]
    byId.set(id, names)
    for (const name of names) {
      const ids = byName.get(name)
      if (ids) ids.push(id)
      else byName.set(name, [id])
    }
  }
  return {
    ids: name => byName.get(name.toLowerCase()) ?? [],
    names: id => byId.get(id) ?? [id.toLowerCase()],
    all: [...byId.keys()],
  }
}

function forms(name: string, long: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const small = name.toLowerCase()
  const trivy = small.replace(/^avd-/, '')
  const more = long.get(trivy)
  return more ? [small, trivy, `avd-${trivy}`, ...more] : [small]
}

function longNames(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    trivyNames
      .trim()
      .split('\n')
      .map(line => {
        const [id = '', ...names] = line.toLowerCase().split(' ')
        const short = names
          .filter(name => /^(?:aws|azure|google)-/.test(name))
          .map(name => name.split('-').slice(2).join('-'))
        return [id, [...names, ...short]] as const
      }),
  )
}
