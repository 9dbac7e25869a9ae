import { asArray, asText, member } from '../../plain.ts'
import { ApiError } from '../../wire/errors.ts'

/** The items with one of the ids, if ids are given, that also pass every filter; an id that is not there is an error, as in EC2. */
export function select<Item extends object>(
  items: readonly Item[],
  idKey: string,
  ids: readonly string[],
  filters: readonly unknown[],
): readonly Item[] {
  const missing = ids.filter(id => !items.some(item => member(item, idKey) === id))
  if (missing.length > 0) throw notFound(idKey, missing)
  return items.filter(
    item =>
      (ids.length === 0 || ids.includes(asText(member(item, idKey)) ?? '')) &&
      filters.every(filter => passes(item, filter)),
  )
}

export function notFound(idKey: string, ids: readonly (string | undefined)[]): ApiError {
  const code = odd.get(idKey) ?? `Invalid${idKey.replace(/Id$/, 'ID')}.NotFound`
  return new ApiError(code, 400, `The ID '${ids.join(', ')}' does not exist`)
}

/** EC2's errors were not all named by one hand. */
const odd = new Map([
  ['ClientVpnEndpointId', 'InvalidClientVpnEndpointId.NotFound'],
  ['FlowLogId', 'InvalidFlowLogId.NotFound'],
  ['GroupId', 'InvalidGroup.NotFound'],
  ['ImageId', 'InvalidAMIID.NotFound'],
  ['LaunchTemplateId', 'InvalidLaunchTemplateId.NotFound'],
  ['NatGatewayId', 'NatGatewayNotFound'],
  ['SecurityGroupRuleId', 'InvalidSecurityGroupRuleId.NotFound'],
  ['SnapshotId', 'InvalidSnapshot.NotFound'],
  ['VolumeId', 'InvalidVolume.NotFound'],
  ['VpcEndpointId', 'InvalidVpcEndpointId.NotFound'],
])

function passes(item: object, filter: unknown): boolean {
  const given = valuesOf(item, asText(member(filter, 'Name')) ?? '')
  return asArray(member(filter, 'Values')).some(wanted =>
    given.some(value => like(String(wanted), value)),
  )
}

/** `vpc-id` is `VpcId`, `attachment.instance-id` is `InstanceId` of any of the `Attachments`. */
function valuesOf(item: object, name: string): readonly string[] {
  const tags = asArray(member(item, 'Tags'))
  const keyed = (key: string) => tags.filter(tag => member(tag, 'Key') === key)
  if (name === 'tag-key') return tags.map(tag => String(member(tag, 'Key')))
  if (name.startsWith('tag:')) return keyed(name.slice(4)).map(tag => String(member(tag, 'Value')))
  let found: readonly unknown[] = [item]
  for (const step of name.split('.')) {
    const key = pascal(step)
    found = found.flatMap(one =>
      asArray([key, `${key}s`, `Is${key}`].map(k => member(one, k)).find(v => v !== undefined)),
    )
  }
  return found.filter(one => typeof one !== 'object').map(String)
}

function pascal(words: string): string {
  return words
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** Linear in the text, however many stars. */
function like(pattern: string, text: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  const same = (part: string, at: number) =>
    [...part].every((char, i) => char === '?' || char === text[at + i])
  if (parts.length === 0) return first.length === text.length && same(first, 0)
  const last = parts.pop() ?? ''
  if (text.length < first.length + last.length) return false
  if (!same(first, 0) || !same(last, text.length - last.length)) return false
  let at = first.length
  for (const part of parts) {
    while (at + part.length <= text.length - last.length && !same(part, at)) at++
    if (at + part.length > text.length - last.length) return false
    at += part.length
  }
  return true
}
