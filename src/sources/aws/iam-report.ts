import { setTimeout as pause } from 'node:timers/promises'
import {
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam'
import { iam } from './iam-client.ts'
import { all, keyed, shared } from './read.ts'
import type { Place, Read } from './row.ts'

/** What the credential report says of one user, or of root. */
export interface Credentials {
  readonly passwordEnabled: boolean
  readonly passwordLastChanged: string | null
  readonly passwordLastUsed: string | null
  readonly mfaActive: boolean
  readonly accessKeys: readonly {
    readonly status: 'Active' | 'Inactive'
    readonly last_rotated: string | null
    readonly last_used: string | null
    readonly last_used_service: string | null
  }[]
}

const generate = iam.one(GenerateCredentialReportCommand, () => ({}), { absent: ['LimitExceeded'] })
const get = iam.one(GetCredentialReportCommand, () => ({}), {
  absent: ['ReportInProgress', 'ReportNotPresent', 'ReportExpired'],
})

/** By the user's ARN; one report for the whole account. */
export const credentialReport: Read<unknown, ReadonlyMap<string, Credentials>> = keyed(
  { permissions: [...generate.permissions, ...get.permissions], run: at => report(at) },
  () => '',
)

export const virtualDevices = all(
  shared(
    iam.pages(ListVirtualMFADevicesCommand, 'VirtualMFADevices', () => ({
      AssignmentStatus: 'Assigned' as const,
    })),
  ),
)

/** It is made while one waits; somebody else may have asked for it a moment ago. */
async function report(at: Place): Promise<ReadonlyMap<string, Credentials>> {
  for (let wait = 250; wait < longestWait; wait *= 2) {
    const { State } = (await generate.run(at, undefined)) ?? {}
    if (State === undefined || State === 'COMPLETE') {
      const answer = await get.run(at, undefined)
      if (answer?.Content !== undefined) return readReport(new TextDecoder().decode(answer.Content))
    }
    await pause(wait)
  }
  throw Object.assign(new Error('the credential report was not ready in time'), {
    name: 'ReportInProgress',
  })
}

const longestWait = 20_000

function readReport(text: string): ReadonlyMap<string, Credentials> {
  const [header = '', ...lines] = text.trimEnd().split(/\r?\n/)
  const names = header.split(',')
  const found = new Map<string, Credentials>()
  for (const line of lines) {
    const values = cells(line, names.length)
    const row = new Map(names.map((name, at) => [name, values[at] ?? '']))
    const arn = row.get('arn') ?? ''
    found.set(arn, credentialsOf(row))
  }
  return found
}

/** A user's name may hold commas, and stands in its ARN too; nothing else does. */
function cells(line: string, count: number): readonly string[] {
  const values = line.split(',')
  const extra = values.length - count
  if (extra <= 0) return values
  const half = Math.floor(extra / 2)
  return [
    values.slice(0, 1 + half).join(','),
    values.slice(1 + half, 2 + extra).join(','),
    ...values.slice(2 + extra),
  ]
}

function credentialsOf(row: ReadonlyMap<string, string>): Credentials {
  const accessKeys = ['access_key_1', 'access_key_2'].flatMap(key => {
    const rotated = moment(row.get(`${key}_last_rotated`))
    const isActive = row.get(`${key}_active`) === 'true'
    if (rotated === null && !isActive) return []
    return [
      {
        status: isActive ? ('Active' as const) : ('Inactive' as const),
        last_rotated: rotated,
        last_used: moment(row.get(`${key}_last_used_date`)),
        last_used_service: said(row.get(`${key}_last_used_service`)),
      },
    ]
  })
  return {
    passwordEnabled: row.get('password_enabled') === 'true',
    passwordLastChanged: moment(row.get('password_last_changed')),
    passwordLastUsed: moment(row.get('password_last_used')),
    mfaActive: row.get('mfa_active') === 'true',
    accessKeys,
  }
}

function moment(text: string | undefined): string | null {
  const time = said(text)
  if (time === null || Number.isNaN(Date.parse(time))) return null
  return new Date(time).toISOString().replace('.000Z', 'Z')
}

function said(text: string | undefined): string | null {
  return text === undefined || /^(N\/A|no_information|not_supported|)$/i.test(text) ? null : text
}
