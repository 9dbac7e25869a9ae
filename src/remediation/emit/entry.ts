import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'
import type { Finding } from '../../finding.ts'

/** What the events of findings say of themselves: the rule in front of the function asks for just this. */
export const source = 'batten'
export const detailType = 'Batten Finding'

/** EventBridge's limit for all entries of a call together, as it weighs them. */
export const largest = 256 * 1024

/** The event of a finding: `detail.finding` is its JSON as a string. Null: it is too large even without what is only for reading. */
export function entryOf(finding: Finding, bus: string): PutEventsRequestEntry | null {
  const forms = [finding, { ...finding, Evidence: [], Compliance: {}, ResourceTags: null }]
  for (const form of forms) {
    const entry = {
      EventBusName: bus,
      Source: source,
      DetailType: detailType,
      Detail: JSON.stringify({ finding: JSON.stringify(form) }),
      ...(finding.ResourceId.startsWith('arn:') ? { Resources: [finding.ResourceId] } : {}),
    }
    if (weightOf(entry) <= largest) return entry
  }
  return null
}

/** What an entry weighs against the limit: its texts in UTF-8. */
export function weightOf({
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsRequestEntry): number {
  return [Source, DetailType, Detail, ...Resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  )
}
