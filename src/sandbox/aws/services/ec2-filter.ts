import type { Filter, Tag } from '@aws-sdk/client-ec2'
import { ApiError } from '../wire/errors.ts'

/** The items with one of the ids, if ids are given, that also pass every filter; an id that is not there is an error, as in EC2. */
export function select<Item extends object>(
  items: readonly Item[],
  idKey: keyof Item & string,
  ids: readonly string[] | undefined,
  filters: readonly Filter[] | undefined,
): readonly Item[] {
  if (ids?.length) {
    const missing = ids.filter(id => !items.some(item => item[idKey] === id))
    if (missing.length > 0) {
      const noun = idKey.replace(/Id$/, '')
      const code = `Invalid${noun}${idKey === 'GroupId' ? '' : 'ID'}.NotFound`
      throw new ApiError(code, 400, `The ID '${missing.join(', ')}' does not exist`)
    }
  }
  return items.filter(
    item =>
      (!ids?.length || ids.includes(String(item[idKey]))) &&
      (filters ?? []).every(filter => passes(item, filter)),
  )
}

function passes(item: object, { Name = '', Values = [] }: Filter): boolean {
  const given = valuesOf(item, Name)
  return Values.some(wanted => given.some(value => like(wanted, value)))
}

/** `vpc-id` is `VpcId`, `attachment.instance-id` is `InstanceId` of any of the `Attachments`. */
function valuesOf(item: object, name: string): readonly string[] {
  const tags: readonly Tag[] = 'Tags' in item && Array.isArray(item.Tags) ? item.Tags : []
  if (name === 'tag-key') return tags.map(tag => tag.Key ?? '')
  if (name.startsWith('tag:')) {
    return tags.filter(tag => tag.Key === name.slice(4)).map(tag => tag.Value ?? '')
  }
  let found: readonly unknown[] = [item]
  for (const step of name.split('.')) {
    const key = pascal(step)
    found = found.flatMap(one => {
      const members = new Map<string, unknown>(Object.entries(one ?? {}))
      const value = [key, `${key}s`, `Is${key}`].map(k => members.get(k)).find(v => v !== undefined)
      return Array.isArray(value) ? value : value === undefined ? [] : [value]
    })
  }
  return found.filter(one => typeof one !== 'object').map(String)
}

function pascal(words: string): string {
  return words
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

function like(pattern: string, value: string): boolean {
  const text = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${text.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(value)
}
