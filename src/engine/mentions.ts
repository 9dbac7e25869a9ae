import { Absent, type Plain, type Resource } from '../resource.ts'
import { namesOf } from '../vocabulary/knowledge.ts'
import type { Tables } from '../vocabulary/load.ts'
import { child, isFields, isList } from '../vocabulary/plain.ts'

/** A text (or an unknown one) in an attribute, which may name another resource. */
export interface Mention {
  /** What says of which kind it is: `subnet_id`; of `launch_template.id` that is `launch_template`. */
  readonly attribute: string
  /** The top-level attribute. */
  readonly top: string
  readonly value: string | Absent
}

/** Every text in the attributes but those of policy documents, whose references `refs` has. */
export function mentionsOf(tables: Tables, { type, attributes }: Resource): readonly Mention[] {
  const plan = tables.types.get(type)?.plan('code')
  const found: Mention[] = []
  for (const [top, whole] of Object.entries(attributes)) {
    const shape = plan?.byName.get(top)?.shape
    if (notNames.has(top) || (shape?.kind === 'value' && (shape.of === 'p' || shape.wrap === '{')))
      continue
    const open: [attribute: string, value: Plain][] = [[top, whole]]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [attribute, value] = next
      if (typeof value === 'string' || value instanceof Absent) {
        if (value !== '') found.push({ attribute, top, value })
      } else if (isList(value)) for (const each of value) open.push([attribute, each])
      else if (isFields(value) && !Object.hasOwn(value, 'Statement'))
        for (const name of Object.keys(value))
          open.push([ownNames.has(name) ? attribute : name, value[name]])
    }
  }
  // What is known first: an unknown beside it says nothing more.
  return found.sort((a, b) => Number(a.value instanceof Absent) - Number(b.value instanceof Absent))
}

/** What others may call the resource. */
export function identitiesOf(tables: Tables, resource: Resource): readonly string[] {
  const table = tables.types.get(resource.type)
  const names = table === undefined ? ['name'] : namesOf(table)
  const texts = ['id', 'arn', ...names.filter(name => !name.startsWith('tags.'))].map(path => {
    let value: Plain = resource.attributes
    for (const step of path.split('.')) value = child(value, step)
    return value
  })
  return [...new Set([resource.id, ...texts])].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  )
}

/** An ARN, or an id of the form `sg-0a1b2c3d4e5f`: nothing else is called so, wherever it stands. */
export function isUnique(text: string): boolean {
  return /^arn:|^[a-z]{1,12}-[0-9a-f]{8,17}$/.test(text)
}

/** Whether the attribute's name says that it names a resource of the type: `s3_bucket_name`, `vpc_security_group_ids`. */
export function means(attribute: string, type: string): boolean {
  const noun = attribute.replace(/_(ids?|arns?|names?|identifiers?)$/, '').replace(/s$/, '')
  return nounsOf(type).some(
    each => noun === each || (each.includes('_') && noun.endsWith(`_${each}`)) || isEnd(noun, each),
  )
}

/** The resource's own, which name itself. */
const notNames = new Set(['id', 'arn', 'tags', 'tags_all', 'region', 'owner_id'])
const ownNames = new Set(['id', 'arn', 'name'])
const services = new Set(['s3', 'iam', 'kms', 'db', 'rds', 'ec2', 'ebs', 'cloudwatch', 'backup'])
/** Words that many kinds of things share. */
const vague = new Set(['key', 'instance', 'policy'])
const clear = new Set(['bucket', 'role', 'subnet', 'vpc', 'volume', 'snapshot'])

function nounsOf(type: string): readonly string[] {
  const whole = type.replace(/^[a-z]+_/, '')
  const [service = '', ...rest] = whole.split('_')
  const short = rest.join('_')
  return services.has(service) && short !== '' && !vague.has(short) ? [whole, short] : [whole]
}

/** `monitoring_role` is a role; `subnet_group` is no group of users. */
function isEnd(noun: string, word: string): boolean {
  return clear.has(word) && noun.endsWith(`_${word}`)
}
