import type { Service } from './service.ts'

/** What the service answers instead of an output; the protocol's own form is made when it is written. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** What a JSON protocol tells beside the message. */
  readonly members: Readonly<Record<string, unknown>>
  constructor(
    code: string,
    status: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.code = code
    this.status = status
    this.headers = headers
    this.members = members
  }
}

export function errorBody(service: Service, error: ApiError, requestId: string): string {
  const { code } = error
  const fault = error.status >= 500 ? 'Receiver' : 'Sender'
  const inner = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>`
  switch (service.protocol) {
    case 'ec2':
      return `${declaration}<Response><Errors><Error>${inner}</Error></Errors><RequestID>${requestId}</RequestID></Response>`
    case 'query':
      return `${declaration}<ErrorResponse xmlns="${service.xmlNamespace}"><Error><Type>${fault}</Type>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
    case 'rest-xml':
      return service.name === 's3'
        ? `${declaration}<Error>${inner}<RequestId>${requestId}</RequestId></Error>`
        : `${declaration}<ErrorResponse><Error>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`
    default:
      return JSON.stringify({ ...error.members, __type: code, message: error.message })
  }
}

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, char => entities.get(char) ?? char)
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])
