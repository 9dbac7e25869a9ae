import type { NormalizedSchema } from '@smithy/core/schema'

/** A value that came as text: in a form, a query string, a path or a header. */
export function scalar(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) return text === 'true'
  if (schema.isNumericSchema()) return Number(text)
  if (schema.isBigIntegerSchema()) return /^-?\d+$/.test(text) ? BigInt(text) : text
  if (schema.isBlobSchema()) return Uint8Array.from(Buffer.from(text, 'base64'))
  if (schema.isTimestampSchema()) {
    return /^\d+(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)
  }
  return text
}
