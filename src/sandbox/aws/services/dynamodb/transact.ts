import type { TransactWriteItemsInput } from '@aws-sdk/client-dynamodb'
import type { Call } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { holds, invalid, update } from './expression.ts'
import { keyOf, tableOf, valuesOf } from './service.ts'
import type { Item, Table } from './state.ts'

/** All steps or none. */
export function transact(input: TransactWriteItemsInput, call: Call): object {
  const steps = (input.TransactItems ?? []).map(step => {
    const { Put, Update, Delete, ConditionCheck } = step
    const one = Put ?? Update ?? Delete ?? ConditionCheck
    if (!one) throw invalid('a step of the transaction is empty')
    const table = tableOf(call, one.TableName)
    const key = keyOf(table, (Put ? Put.Item : (Update ?? Delete ?? ConditionCheck)?.Key) ?? {})
    const before = table.items.get(key)
    const isMet = holds(one.ConditionExpression, before, valuesOf(one))
    return { table, key, isMet, apply: () => write(table, key, before, step) }
  })
  if (new Set(steps.map(({ table, key }) => `${table.TableName} ${key}`)).size < steps.length) {
    throw invalid('Transaction request cannot include multiple operations on one item')
  }
  if (steps.every(step => step.isMet)) {
    for (const step of steps) step.apply()
    return {}
  }
  const reasons = steps.map(step => (step.isMet ? 'None' : 'ConditionalCheckFailed'))
  throw new ApiError(
    'TransactionCanceledException',
    400,
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.join(', ')}]`,
    {},
    { CancellationReasons: reasons.map(Code => ({ Code })) },
  )
}

type Step = NonNullable<TransactWriteItemsInput['TransactItems']>[number]

function write(table: Table, key: string, before: Item | undefined, step: Step): void {
  const { Put, Update, Delete } = step
  if (Put?.Item) table.items.set(key, Put.Item)
  else if (Delete) table.items.delete(key)
  else if (Update) {
    const { UpdateExpression = '', Key } = Update
    table.items.set(key, update(UpdateExpression, before ?? { ...Key }, valuesOf(Update)))
  }
}
