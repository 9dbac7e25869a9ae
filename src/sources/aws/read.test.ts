import { expect, test } from 'vitest'
import { Implausible } from '../../clouds/aws/failure.ts'
import type { Operation } from '../../clouds/aws/session.ts'
import { all, reader } from './read.ts'
import type { Place } from './row.ts'

class ListCommand {
  readonly schema = [9, 'ns', 'List']
  resolveMiddleware(): never {
    throw new Error('never sent')
  }
}
const List = ListCommand as Operation<{ Token?: string }, { Items?: string[]; Token?: string }>

function place(answer: (page: number) => object): Place {
  let page = 0
  const at = {
    ...{ account: '123456789012', partition: 'aws', region: 'us-east-1' },
    call: async () => answer(page++) as never,
    in: () => at,
  }
  return at
}
const x = reader(
  { name: 'x', client: () => expect.unreachable() },
  { ask: 'Token', answer: 'Token' },
)
const items = (answer: (page: number) => object) =>
  all(x.pages(List, 'Items', () => ({}))).run(place(answer), undefined)

test('a list that does not end is no list', async () => {
  const endless = items(page => ({ Items: [], Token: `t${page}` }))
  await expect(endless).rejects.toThrow(new Implausible('List has answered 20000 pages'))
})

test.each([
  ['no list', {}],
  ['null', { Items: null }],
  ['a text', { Items: 'abc' }],
  ['an object', { Items: { 0: 'a', length: 1 } }],
])('%s in the place of a list is no empty list', async (_, answer) => {
  await expect(items(() => answer)).rejects.toThrow(Implausible)
})

test.each([[7], [{}], [['t']], [true]])(
  'a token that is no text is not the end: %j',
  async Token => {
    await expect(items(() => ({ Items: ['a'], Token }))).rejects.toThrow(Implausible)
  },
)

test.each([[undefined], [null], ['']])('the list ends at %j', async Token => {
  expect(await items(() => ({ Items: ['a'], Token }))).toEqual(['a'])
})
