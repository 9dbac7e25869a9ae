import * as EventBridge from '@aws-sdk/client-eventbridge'
import { madeId } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'

/** What an entry may weigh, and what a call may hold. */
const largest = 256 * 1024
const most = 10

export const eventbridge: Service = {
  name: 'eventbridge',
  signing: 'events',
  protocol: 'json-1.1',
  xmlNamespace: '',
  operations: [
    operation(EventBridge.PutEvents$, (input: EventBridge.PutEventsRequest, call) => {
      const { buses, events } = call.state.eventbridge(call.region)
      const entries = input.Entries ?? []
      if (entries.length < 1 || entries.length > most) {
        throw new ApiError(
          'ValidationException',
          400,
          'Member must have length less than or equal to 10',
        )
      }
      const answers = entries.map(entry => {
        const name = entry.EventBusName?.split('/').at(-1) ?? 'default'
        if (!buses.has(name)) {
          throw new ApiError('ResourceNotFoundException', 400, `Event bus ${name} does not exist.`)
        }
        if (Buffer.byteLength(entry.Detail ?? '') > largest) {
          return {
            ErrorCode: 'ValidationException',
            ErrorMessage: 'Total size of the entry is over the limit.',
          }
        }
        events.push(entry)
        return { EventId: madeId('event-', events.length) }
      })
      return {
        FailedEntryCount: answers.filter(answer => 'ErrorCode' in answer).length,
        Entries: answers,
      }
    }),
  ],
}
