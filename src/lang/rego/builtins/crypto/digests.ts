import { cryptoModule } from '../../../packages.ts'
import { spend } from '../../eval/machine.ts'
import { toBytes } from '../../value/bytes.ts'
import type { BuiltinFunction } from '../builtin.ts'
import { string } from '../operands.ts'
import { hashBytes } from './hash.ts'

export const digests: Readonly<Record<string, BuiltinFunction>> = {
  'crypto.md5': digest('md5'),
  'crypto.sha1': digest('sha1'),
  'crypto.sha256': digest('sha256'),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.hmac.equal': (_, a, b) => {
    const [left, right] = [toBytes(string(a, 1)), toBytes(string(b, 2))]
    return left.length === right.length && cryptoModule().timingSafeEqual(left, right)
  },
}

function digest(algorithm: string): BuiltinFunction {
  return (m, a) => {
    const bytes = toBytes(string(a, 1))
    spend(m, bytes.length)
    return hashBytes(algorithm, bytes).toString('hex')
  }
}

function hmac(algorithm: string): BuiltinFunction {
  return (m, a, b) => {
    const [bytes, key] = [toBytes(string(a, 1)), toBytes(string(b, 2))]
    spend(m, bytes.length)
    return cryptoModule().createHmac(algorithm, key).update(bytes).digest('hex')
  }
}
