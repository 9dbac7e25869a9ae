import { setTimeout as pause } from 'node:timers/promises'
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'
import { codeOf } from '../../clouds/aws/failure.ts'
import type { Finding } from '../../finding.ts'
import { type Cloud, given } from '../aws/cloud.ts'
import { reasonOf } from '../aws/open-cloud.ts'
import { entryOf, largest, weightOf } from './entry.ts'

/** What became of the findings. */
export interface Sent {
  readonly sent: number
  readonly unsent: readonly Unsent[]
}

export interface Unsent {
  readonly finding: Finding
  readonly why: string
}

interface Letter {
  readonly finding: Finding
  readonly entry: PutEventsRequestEntry
}

/** Puts what fails, is not muted and is not in the baseline on a bus, ten to a call; tells what did not get there, and why. */
export async function sendFindings(
  findings: Iterable<Finding>,
  on: { readonly cloud: Cloud; readonly bus: string; readonly pauseMs: number },
): Promise<Sent> {
  const unsent: Unsent[] = []
  let sent = 0
  let broken: string | null = null
  for (const batch of batches(letters(findings, on.bus, unsent))) {
    if (broken !== null) {
      unsent.push(...batch.map(({ finding }) => ({ finding, why: broken ?? '' })))
      continue
    }
    try {
      const left = await put(batch, on)
      sent += batch.length - left.length
      unsent.push(...left)
    } catch (error) {
      const why = reasonOf(error)
      unsent.push(...batch.map(({ finding }) => ({ finding, why })))
      // What one call was refused for, the next would be too.
      if (lasting.has(codeOf(error))) broken = why
    }
  }
  return { sent, unsent }
}

const lasting = new Set([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'CredentialsProviderError',
])

function* letters(findings: Iterable<Finding>, bus: string, unsent: Unsent[]): Iterable<Letter> {
  for (const finding of findings) {
    if (finding.Status !== 'FAIL' || finding.Muted || finding.New === false) continue
    const entry = entryOf(finding, bus)
    if (entry) yield { finding, entry }
    else unsent.push({ finding, why: 'it is over 256 KiB' })
  }
}

function* batches(letters: Iterable<Letter>): Iterable<readonly Letter[]> {
  let batch: Letter[] = []
  let weight = 0
  for (const letter of letters) {
    const own = weightOf(letter.entry)
    if (batch.length === most || (batch.length > 0 && weight + own > largest)) {
      yield batch
      batch = []
      weight = 0
    }
    batch.push(letter)
    weight += own
  }
  if (batch.length > 0) yield batch
}

const most = 10
const rounds = 4

/** A call may take some entries and not others: those are sent again, where waiting may help. */
async function put(
  batch: readonly Letter[],
  { cloud, pauseMs }: { readonly cloud: Cloud; readonly pauseMs: number },
): Promise<readonly Unsent[]> {
  const lost: Unsent[] = []
  let waiting = batch
  for (let round = 1; ; round++) {
    const answer = await cloud.ask('eventbridge', 'PutEvents', {
      Entries: waiting.map(({ entry }) => entry),
    })
    const answers = given(answer.Entries, 'Entries')
    if (answers.length !== waiting.length) throw new Error('AWS answers for other entries')
    const again: Letter[] = []
    for (const [index, letter] of waiting.entries()) {
      const { ErrorCode: code, ErrorMessage: message = '', EventId: id } = answers[index] ?? {}
      if (code === undefined && id !== undefined) continue
      const why = `${code ?? 'no id'}: ${message}`
      if (round < rounds && (code === undefined || passing.test(code))) again.push(letter)
      else lost.push({ finding: letter.finding, why })
    }
    if (again.length === 0) return lost
    waiting = again
    await pause(pauseMs * 2 ** (round - 1))
  }
}

const passing = /Throttl|Internal|Unavailable|Timeout/i
