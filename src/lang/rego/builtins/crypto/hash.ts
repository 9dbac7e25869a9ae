import { createHash } from 'node:crypto'

export function hashBytes(algorithm: string, data: string | Uint8Array): Buffer {
  return createHash(algorithm).update(data).digest()
}
