import type { Service } from './service.ts'

/** Only the REST protocol knows members by another name on the wire. */
export function jsonSettings(service: Service) {
  return {
    jsonName: service.protocol === 'rest-json',
    timestampFormat: { useTrait: true, default: 7 as const },
  }
}

export function xmlSettings(service: Service) {
  return {
    timestampFormat: { useTrait: true, default: 5 as const },
    httpBindings: service.protocol === 'rest-xml',
    xmlNamespace: service.xmlNamespace,
    serviceNamespace: service.operations[0]?.schema[1] ?? '',
  }
}
