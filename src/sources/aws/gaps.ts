import type { Failure } from '../../clouds/aws/failure.ts'
import type { Gap } from '../../errors.ts'
import { Absent } from '../../resource.ts'

/** What could not be read, told once however many resources it concerns. */
export interface Gaps {
  /** The value that stands where the answer would. */
  note(failure: Failure, where: Where): Absent
  add(gap: Gap): void
  list(): readonly Gap[]
}

interface Where {
  readonly account: string
  readonly region: string
  readonly permissions: readonly string[]
  /** What of: a resource's id, or a type. */
  readonly of: string
}

export function newGaps(): Gaps {
  const groups = new Map<
    string,
    { gap: Gap; regions: Set<string>; of: Set<string>; message: string }
  >()
  const others: Gap[] = []
  return {
    add: gap => others.push(gap),
    note(failure, { account, region, permissions, of }) {
      const subject = namedIn(failure, permissions).join(', ')
      const kind = kindOf(failure)
      const key = JSON.stringify([
        kind,
        account,
        subject,
        kind === 'permissions' ? '' : failure.code,
      ])
      const group = groups.get(key) ?? {
        gap: { kind, subject, reason: account, hides: [] },
        regions: new Set(),
        of: new Set(),
        message: `${failure.code}: ${failure.message}`,
      }
      groups.set(key, group)
      group.regions.add(region)
      group.of.add(of)
      return absent(failure, subject)
    },
    list: () => [
      ...others,
      ...[...groups.values()]
        .map(({ gap, regions, of, message }) => ({
          ...gap,
          reason: `${lead(gap.kind)} in account ${gap.reason}, ${[...regions].sort().join(' ')}, for ${some([...of])}: ${message}`,
        }))
        .sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    ],
  }
}

/** Of several permissions the one that AWS names; all where it names none. */
export function namedIn({ message }: Failure, permissions: readonly string[]): readonly string[] {
  const named = permissions.filter(permission => message.includes(permission))
  return named.length > 0 ? named : permissions
}

function lead(kind: Gap['kind']): string {
  return kind === 'permissions' ? 'no permission' : 'no answer'
}

function some(ids: readonly string[]): string {
  const [first = '', ...rest] = [...ids].sort()
  return rest.length === 0 ? first : `${first} and ${rest.length} more`
}

function kindOf({ kind }: Failure): Gap['kind'] {
  if (kind === 'denied') return 'permissions'
  return kind === 'refused' || kind === 'unavailable' ? 'regions' : 'calls'
}

function absent({ kind, code, message }: Failure, subject: string): Absent {
  if (kind === 'denied') return new Absent('denied', subject)
  return new Absent('unresolved', `${subject} was not answered: ${code}: ${message}`)
}
