import { cryptoModule } from '../../../packages.ts'

export function hashBytes(algorithm: string, data: string | Uint8Array): Buffer {
  return cryptoModule().createHash(algorithm).update(data).digest()
}
