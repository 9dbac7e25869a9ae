import { codeOf } from '../clouds/aws/failure.ts'
import { UserError } from '../errors.ts'
import type { Keys } from './approval/token.ts'
import { type Cloud, given } from './aws/cloud.ts'
import type { MemberRole } from './aws/member-role.ts'
import type { TicketSystem } from './notify/ticket.ts'
import { readSettings, type Settings } from './settings.ts'

/** What the function's environment says; secrets and settings stand in SSM parameters, of which it has the names. */
export interface LambdaConfig {
  readonly table: string
  readonly settings: Settings
  readonly freezeParameter: string
  readonly role: MemberRole | null
  readonly slackWebhook: string | null
  readonly slackSecret: string | null
  readonly ticket: TicketSystem | null
  readonly keys: Keys
  readonly endpoint: string | null
  /** The function that mends, which an approval starts. */
  readonly mender: string | null
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Fails where something that the environment speaks of is not there: at the start, not at the first message. */
export async function readLambdaConfig(env: Environment, ssm: Cloud): Promise<LambdaConfig> {
  const parameter = async (name: string) => {
    const path = env[name]
    return path === undefined || path === '' ? null : parameterValue(ssm, path)
  }
  const [settings, slackWebhook, slackSecret, ticket, keys] = await Promise.all([
    parameter('BATTEN_SETTINGS_PARAMETER'),
    parameter('BATTEN_SLACK_WEBHOOK_PARAMETER'),
    parameter('BATTEN_SLACK_SECRET_PARAMETER'),
    parameter('BATTEN_TICKET_PARAMETER'),
    parameter('BATTEN_KEYS_PARAMETER'),
  ])
  const endpoint = env.BATTEN_ENDPOINT || null
  const signing = keys === null ? new Map() : readKeys(keys)
  if (endpoint !== null && signing.size === 0) {
    throw new UserError(
      'BATTEN_ENDPOINT is set, but BATTEN_KEYS_PARAMETER names no keys to sign with',
    )
  }
  return {
    table: required(env, 'BATTEN_TABLE'),
    settings: readSettings(settings === null ? null : json(settings, 'the settings'), 'settings'),
    freezeParameter: required(env, 'BATTEN_FREEZE_PARAMETER'),
    role: env.BATTEN_ROLE
      ? { arn: env.BATTEN_ROLE, externalId: env.BATTEN_EXTERNAL_ID || null }
      : null,
    slackWebhook,
    slackSecret,
    ticket: ticket === null ? null : parseTicket(ticket),
    keys: signing,
    endpoint,
    mender: env.BATTEN_FUNCTION || null,
  }
}

export async function parameterValue(ssm: Cloud, path: string): Promise<string> {
  let value: string
  try {
    const answer = await ssm.ask('ssm', 'GetParameter', { Name: path, WithDecryption: true })
    value = given(given(answer.Parameter, 'Parameter').Value, 'Value')
  } catch (cause) {
    throw new UserError(`the parameter ${path} cannot be read: ${codeOf(cause)}`, { cause })
  }
  if (value.trim() === '') throw new UserError(`the parameter ${path} is empty`)
  return value
}

function required(env: Environment, name: string): string {
  const value = env[name]
  if (value === undefined || value === '') throw new UserError(`${name} is not set`)
  return value
}

function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError(`${what}: what is set is not JSON`)
  }
}

/** `{ "2026-11": "<at least 32 characters>" }`, the newest first. */
function readKeys(text: string): Keys {
  const fields = fieldsOf(json(text, 'the signing keys'), 'the signing keys')
  const keys = [...fields].map(([kid, key]) => {
    if (!/^[\w-]{1,32}$/.test(kid) || typeof key !== 'string' || key.length < 32) {
      throw new UserError('a signing key has a short name and at least 32 characters')
    }
    return [kid, key] as const
  })
  if (keys.length === 0) throw new UserError('there is no signing key')
  return new Map(keys)
}

/** From a parameter or an environment variable; what is wrong with it is said without quoting it. */
export function parseTicket(text: string): TicketSystem {
  return readTicket(json(text, 'the ticket system'))
}

function readTicket(value: unknown): TicketSystem {
  const fields = fieldsOf(value, 'the ticket system')
  const text = (name: string) => {
    const field = fields.get(name)
    if (typeof field !== 'string' || field === '') {
      throw new UserError(`the ticket system has no ${name}`)
    }
    return field
  }
  const kind = text('kind')
  if (kind === 'github') {
    const repository = text('repository')
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
      throw new UserError(`${repository} is no owner/name`)
    const token = text('token')
    return fields.has('api')
      ? { kind, repository, token, api: text('api') }
      : { kind, repository, token }
  }
  if (kind === 'jira') {
    const jira = { kind, site: text('site'), project: text('project'), user: text('user') } as const
    const type = fields.has('type') ? { type: text('type') } : {}
    return { ...jira, ...type, token: text('token') }
  }
  if (kind === 'webhook') return { kind, url: text('url'), secret: text('secret') }
  throw new UserError(`the ticket system's kind is github, jira or webhook, not ${kind}`)
}

function fieldsOf(value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError(`${what} is not an object`)
  }
  return new Map(Object.entries(value))
}
