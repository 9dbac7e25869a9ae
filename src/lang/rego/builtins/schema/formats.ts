import { parseAddress } from '../cidr.ts'
import { parseTime } from '../time/layout.ts'
import { parseUrl } from '../url.ts'

/** Unknown formats are no constraint. */
export function checkFormat(format: string, value: string): boolean {
  switch (format) {
    case 'date':
      return typeof parseTime('2006-01-02', value) === 'bigint'
    case 'time':
      return ['15:04:05', '15:04:05Z07:00'].some(each => typeof parseTime(each, value) === 'bigint')
    case 'date-time':
      return typeof parseTime('2006-01-02T15:04:05Z07:00', value) === 'bigint'
    case 'email':
    case 'idn-email':
      return /^[^\s@<>]+@[^\s@<>]+$/.test(value)
    case 'hostname':
      return (
        value.length < 256 && /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?)+$/.test(value)
      )
    case 'ipv4':
      return !value.includes(':') && parseAddress(value) !== undefined
    case 'ipv6':
      return value.includes(':') && parseAddress(value) !== undefined
    case 'uri':
    case 'iri': {
      const url = parseUrl(value)
      return url !== undefined && url.scheme !== '' && !value.includes('\\')
    }
    case 'uri-reference':
    case 'iri-reference':
      return parseUrl(value) !== undefined && !value.includes('\\')
    case 'uuid':
      return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
    case 'json-pointer':
      return /^(?:\/(?:[^~/]|~[01])*)*$/.test(value)
    default:
      return true
  }
}
