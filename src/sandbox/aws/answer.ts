import type { Call } from './call.ts'
import { type FaultKind, type Occasion, serviceError } from './faults.ts'
import type { State } from './state.ts'
import type { Decoded } from './wire/decode.ts'
import { type Encoded, encode } from './wire/encode.ts'
import { ApiError, errorBody } from './wire/errors.ts'
import type { Service } from './wire/service.ts'

/** What the service says to a request, errors included. */
export function answer(
  occasion: Occasion,
  decoded: Decoded | ApiError | undefined,
  kind: FaultKind | undefined,
  call: Call,
  requestId: string,
): Encoded {
  const { service, region, input } = occasion
  try {
    const scripted = kind && serviceError(kind, occasion, call.state)
    if (scripted) throw scripted
    if (decoded instanceof ApiError) throw decoded
    if (!decoded) throw unknownOperation(service, occasion.operation)
    if (isClosed(call.state, region)) throw serviceError('region-closed', occasion, call.state)
    return encode(service, decoded.operation, decoded.operation.answer(input, call), requestId)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return errorAnswer(service, error, requestId)
  }
}

function errorAnswer(service: Service, error: ApiError, requestId: string): Encoded {
  const json = service.protocol.includes('json')
  return {
    status: error.status,
    headers: {
      ...error.headers,
      'content-type': json ? 'application/json' : 'text/xml;charset=UTF-8',
      ...(json ? { 'x-amzn-errortype': error.code } : {}),
    },
    body: errorBody(service, error, requestId),
  }
}

/** A region that is not opted in answers as if the credentials were wrong. */
function isClosed(state: State, region: string): boolean {
  return state.regions.some(one => one.RegionName === region && one.OptInStatus === 'not-opted-in')
}

function unknownOperation(service: Service, name: string): ApiError {
  const code = service.protocol.includes('json') ? 'UnknownOperationException' : 'InvalidAction'
  return new ApiError(code, 400, `The sandbox does not know the operation ${service.name}:${name}.`)
}
