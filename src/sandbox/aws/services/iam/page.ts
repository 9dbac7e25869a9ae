import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'

export function iamPage(
  call: Call,
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  key: string,
  all: readonly object[],
): object {
  const { items, next } = page(call, all, input.Marker, input.MaxItems)
  return { [key]: items, IsTruncated: next !== undefined, Marker: next }
}

export function noSuchEntity(message: string): ApiError {
  return new ApiError('NoSuchEntity', 404, message)
}
