import { constants, createPrivateKey, privateDecrypt } from 'node:crypto'
import { string, unknown } from '../make.ts'
import { bytesOf, utf8 } from './base64.ts'
import { type Functions, param, textOf } from './define.ts'
import { FunctionError } from './spec.ts'

export const rsa: Functions = {
  rsadecrypt: {
    params: [param('ciphertext', 'string'), param('privatekey', 'string')],
    returns: 'string',
    call: ([ciphertext, key], context) => {
      context.budget.spend(10_000, 'rsadecrypt')
      const bytes = bytesOf(textOf(ciphertext))
      const pem = textOf(key)
      if (pem.includes('-----BEGIN OPENSSH PRIVATE KEY-----'))
        return unknown('string', 'rsadecrypt() reads no OpenSSH keys here')
      return string(utf8(unpadded(decrypted(bytes, pem)), 0))
    },
  },
}

/** Without padding: Node refuses PKCS #1 v1.5, whose timing does not matter for a file at rest. */
function decrypted(bytes: Buffer, pem: string): Buffer {
  try {
    const key = createPrivateKey(pem)
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, bytes)
  } catch {
    throw new FunctionError('the key does not decrypt the text', 1)
  }
}

/** RFC 8017 section 7.2.2: 0, 2, at least eight random bytes, 0, then the message. */
function unpadded(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0, 2)
  if (bytes[0] !== 0 || bytes[1] !== 2 || end < 10)
    throw new FunctionError('the key does not decrypt the text', 1)
  return bytes.subarray(end + 1)
}
