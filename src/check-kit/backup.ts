// finished: texts of ARNs, where a loop runs; selections are read through the view's arrays
import type { Context, Viewed } from '../check.ts'
import { Absent } from '../resource.ts'
import { both, either, textOf } from './decide.ts'
import { covers } from './policy/wildcard.ts'
import { filled, type Text } from './text.ts'

/** What a selection of a backup plan may go by. */
export interface Stored {
  /** The service and the kind as they stand in its ARN: `rds` and `db:`, `ec2` and `volume/`. */
  readonly service: string
  readonly kind: string
  /** The end of its ARN. */
  readonly name: () => string | undefined
  readonly tags: () => { readonly [name: string]: string | undefined }
}

/**
 * Whether some backup plan in the scan takes the resource in: by its ARN, a pattern of it, or its tags.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
 */
export function isBackedUp(stored: Stored, context: Context): boolean {
  return context.all('aws_backup_selection').some(selection => selects(selection, stored, context))
}

type Selection = Viewed<'aws_backup_selection'>

/** ARNs and tags add to one another, conditions narrow both, and one that names nothing takes everything. */
function selects(selection: Selection, stored: Stored, context: Context): boolean {
  const { resources, not_resources, selection_tag, condition } = selection
  return both(
    () =>
      either(
        () => resources.some(pattern => isMeant(pattern, stored, context)),
        () => selection_tag.some(tag => tagOf(stored, tag.key) === tag.value),
        () => !resources.some(() => true) && !selection_tag.some(() => true),
      ),
    () => condition.every(each => meets(each, stored)),
    () => !not_resources.some(pattern => isMeant(pattern, stored, context)),
  )
}

function meets(condition: Selection['condition'][number], stored: Stored): boolean {
  const { string_equals, string_like, string_not_equals, string_not_like } = condition
  const isLike = (pattern: string, tag: string | undefined) =>
    tag !== undefined && covers(pattern, tag)
  return both(
    () => string_equals.every(({ key, value }) => tagOf(stored, key) === value),
    () => string_like.every(({ key, value }) => isLike(value, tagOf(stored, key))),
    () => string_not_equals.every(({ key, value }) => tagOf(stored, key) !== value),
    () => string_not_like.every(({ key, value }) => !isLike(value, tagOf(stored, key))),
  )
}

function tagOf({ tags }: Stored, key: string): string | undefined {
  const value = tags()[key.replace(/^aws:ResourceTag\//, '')]
  return typeof value === 'string' ? value : undefined
}

/** Whether the ARN or the pattern of ARNs is about the resource. */
function isMeant(pattern: Text, stored: Stored, context: Context): boolean {
  if (typeof pattern !== 'string' && isArnOfOne(pattern)) return pattern.from[0] === context.id
  const text = filled(pattern, hole)
  if (text === null) return covers(pattern, '')
  const fields = text.split(':')
  const { service, kind } = stored
  const value = ['arn', null, service, context.region, context.account, kind].map(
    (own, place) => own ?? sayable(fields[place]),
  )
  // A selection is of its own partition, region and account, so a hole there hides nothing.
  for (const place of [1, 3, 4]) if (fields[place] === hole) fields[place] = value[place] ?? ''
  return covers(withHoles(fields.join(':'), pattern), joined(value.join(':'), textOf(stored.name)))
}

/** The ARN of one resource of the scan, which is no other's. */
function isArnOfOne({ reason, parts, from }: Absent): boolean {
  return (
    from.length === 1 && parts?.join() === 'arn:,' && reason.endsWith('.arn is known after apply')
  )
}

function sayable(field = ''): string {
  return field === hole ? 'own' : field
}

const hole = '\u0000'

function withHoles(text: string, pattern: Text): Text {
  if (typeof pattern === 'string' || !text.includes(hole)) return text
  return open(text, pattern)
}

function joined(before: string, name: Text): Text {
  return typeof name === 'string'
    ? `${before}${name}`
    : open(`${before}${filled(name, hole) ?? hole}`, name)
}

function open(text: string, { kind, reason, from }: Absent): Absent {
  const parts = text.split(hole).flatMap((part, at) => (at === 0 ? [part] : [null, part]))
  return new Absent(kind, reason, { from, parts: parts.filter(part => part !== '') })
}
