import { fromBytes, toBytes } from '../value/bytes.ts'

export interface Url {
  readonly scheme: string
  /** What follows the scheme where no slash does: `mailto:x`. */
  readonly opaque: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  /** Decoded. */
  readonly path: string
  /** As it was written, where that is not the usual way. */
  readonly rawPath: string
  readonly query: string
  readonly fragment: string
}

const pattern =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/

/** As Go's url.Parse takes a text apart; undefined where it does not. */
export function parseUrl(text: string): Url | undefined {
  if (/\p{Cc}/u.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return undefined
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, scheme, authority, written = '', query = '', fragment = ''] = match
  if (scheme === undefined && /^[^/?#]*:/.test(text)) return undefined
  const [, userinfo = '', host = ''] = /^(?:([\s\S]*)@)?([\s\S]*)$/.exec(authority ?? '') ?? []
  if (!/^[\w\-.~!$&'()*+,;=:%@]*$/.test(userinfo) || !isHost(host)) return undefined
  const [, hostname = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(host) ?? []
  if (!/^\d*$/.test(port)) return undefined
  const isOpaque =
    scheme !== undefined && authority === undefined && written !== '' && !written.startsWith('/')
  const path = isOpaque ? '' : fromBytes(toBytes(written.replace(/%../g, decodeOctet)))
  return {
    scheme: scheme?.toLowerCase() ?? '',
    opaque: isOpaque ? written : '',
    host,
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    path,
    rawPath: isOpaque || isUsual(path, written) ? '' : written,
    query,
    fragment,
  }
}

/** Only octets that are no ASCII may be escaped, and the per cent sign before a zone. */
function isHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[[^\][<>"\s]*\](:\d*)?$/.test(host)
  return !/[ "<>\\^`{|}[]/.test(host) && !/%[0-7]/.test(host)
}

function isUsual(path: string, written: string): boolean {
  const usual = encodePath(path)
  return usual === written || usual === written.replace(/%2[1789aA]/g, decodeOctet)
}

function decodeOctet(octet: string): string {
  const byte = Number.parseInt(octet.slice(1), 16)
  return byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte)
}

function encodePath(path: string): string {
  let encoded = ''
  for (const byte of toBytes(path)) {
    const c = String.fromCharCode(byte)
    encoded += /[A-Za-z0-9\-_.~$&+,/:;=@!'()*]/.test(c)
      ? c
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return encoded
}
