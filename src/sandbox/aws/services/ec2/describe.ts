import { type Call, page } from '../../call.ts'
import { asArray, asNumber, asStrings, asText, member } from '../../plain.ts'
import { type Operation, operation } from '../../wire/service.ts'
import { select } from './filter.ts'
import { type Ec2Lists, idKeys } from './state.ts'

/** A Describe operation that pages one list of the region; `usual` is what every item has unless it says otherwise itself. */
export function describe<Key extends keyof Ec2Lists>(
  schema: Operation['schema'],
  key: Key,
  usual?: (item: Ec2Lists[Key][number], call: Call) => object,
): Operation {
  return describeItems(schema, key, idKeys[key], call => {
    const items: readonly Ec2Lists[Key][number][] = call.state.ec2(call.region)[key]
    return usual ? items.map(item => ({ ...usual(item, call), ...item })) : items
  })
}

/** Narrowed by ids and filters, and paged. */
export function describeItems(
  schema: Operation['schema'],
  output: string,
  idKey: string,
  items: (call: Call, input: object) => readonly object[],
): Operation {
  return operation(schema, (input: object, call) => {
    const filters = [...asArray(member(input, 'Filters')), ...asArray(member(input, 'Filter'))]
    const wanted = select(items(call, input), idKey, asStrings(member(input, `${idKey}s`)), filters)
    const token = asText(member(input, 'NextToken'))
    const found = page(call, wanted, token, asNumber(member(input, 'MaxResults')))
    return { [output]: found.items, NextToken: found.next }
  })
}
