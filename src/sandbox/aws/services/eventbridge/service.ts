import * as EventBridge from '@aws-sdk/client-eventbridge'
import { madeId } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'

/** What the entries of a call may weigh together, and how many there may be. */
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
      if (entries.reduce((sum, entry) => sum + weight(entry), 0) > largest) {
        throw new ApiError(
          'ValidationException',
          400,
          'Total size of the entries in the request is over the limit.',
        )
      }
      const answers = entries.map(entry => {
        const name = entry.EventBusName?.split('/').at(-1) ?? 'default'
        if (!buses.has(name)) {
          throw new ApiError('ResourceNotFoundException', 400, `Event bus ${name} does not exist.`)
        }
        if (!isObject(entry.Detail)) {
          return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
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

function weight(entry: EventBridge.PutEventsRequestEntry): number {
  const { Time, Source = '', DetailType = '', Detail = '', Resources = [] } = entry
  const texts = [Source, DetailType, Detail, ...Resources]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time ? 14 : 0)
}

function isObject(detail: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(detail ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
