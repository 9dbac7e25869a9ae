import { isArray, kindOf } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import { typeFailure } from './operands.ts'

/** `a/b` with JSON pointer's escapes, or an array of keys. */
export function parsePath(path: Value): readonly Value[] {
  if (isArray(path)) return path
  if (typeof path !== 'string') {
    const wanted = 'one of {set, array} containing string paths or array of path segments'
    throw typeFailure(`operand 2 must be ${wanted} but got ${kindOf(path)}`)
  }
  if (path === '') return []
  return path
    .replace(/^\/+/, '')
    .split('/')
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
