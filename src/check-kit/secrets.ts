// finished: text and its literal parts
import { Absent } from '../resource.ts'
import { type Text, undecided } from './text.ts'

/** Whether a script or a configuration holds a credential in clear; base64 is looked into. */
export function holdsSecret(text: Text): boolean {
  const parts = text instanceof Absent ? (text.parts ?? [null]) : [text]
  const literals = parts.filter(part => part !== null)
  if (literals.some(part => showsSecret(part) || showsSecret(decoded(part)))) return true
  if (!(text instanceof Absent)) return false
  if (text.holes.some(reason => secretHole.test(reason))) return true
  return text.holes.every(reason => harmlessHole.test(reason)) ? false : undecided(text)
}

/** What another resource, or a variable that is named after it, puts into the text is a secret whatever it will be. */
const secretHole =
  /(?:\.(?:\w*password\w*|secret|secret_string|secret_binary|private_key\w*|auth_token|api_key)|(?:^|\.)random_password\.\S+\.result) is known |(?:^|\.)var\.\w*(?:password|passwd|secret|private_key|api_?key|token)(?:_value)? has no value$/
/** What resources are called and where they are reached. */
const harmlessHole =
  /\.(?:id|arn|name|bucket|endpoint|address|hostname|fqdn|port|region|account_id|\w*dns_name|\w*domain_name|\w*_ips?|\w*_url|url|\w*cidr_block|ca_cert|certificate_authority|availability_zone) is known /

const formats: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z2-7][A-Z0-9]{15}\b/,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22,}/,
  /\bglpat-[\w-]{20}/,
  /\bxox[abeoprs]-[\w-]{10,}/,
  /https:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/,
  /\bsk_live_[A-Za-z0-9]{16,}/,
  /\bAIza[\w-]{35}\b/,
  /\bSG\.[\w-]{22}\.[\w-]{43}\b/,
  /\bAccountKey=[A-Za-z0-9+/]{60,}={0,2}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
]

/** `DB_PASSWORD=hunter22`, `"api_key": "…"`, `--password hunter22`: the value is the group. */
const assignments: readonly RegExp[] = [
  /(?:password|passwd|pwd|secret|secret_?key|secret_?access_?key|api_?key|access_?token|auth_?token)["']?\s{0,4}[=:]\s{0,4}["']?([^\s"',;&|]{6,200})/gi,
  /--(?:password|passwd|secret|token)[ =]["']?([^\s"',;&|-][^\s"',;&|]{5,200})/gi,
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^/\s:@]{1,100}:([^/\s:@]{3,200})@/gi,
]

function showsSecret(text: string): boolean {
  if (formats.some(format => format.test(text))) return true
  return assignments.some(assignment =>
    [...text.matchAll(assignment)].some(([, value = '']) => !isReference(value)),
  )
}

/** A variable, a command or a placeholder stands where the secret will be. */
function isReference(value: string): boolean {
  return (
    /^[$%<{[(`*]/.test(value) ||
    /^(?:x+|\.+|null|none|true|false|required|changeme!?|arn:aws\S*|file:\S*|ssm:\S*|vault:\S*)$/i.test(
      value,
    ) ||
    /\$[({]|`|\{\{/.test(value)
  )
}

function decoded(text: string): string {
  const tight = text.trim()
  if (tight.length < 16 || tight.length > 65_536 || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(tight))
    return ''
  return Buffer.from(tight, 'base64').toString('utf8')
}
