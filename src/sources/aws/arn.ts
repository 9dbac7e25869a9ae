import type { Place } from './row.ts'

/** `arn:aws:ec2:eu-west-1:111122223333:volume/vol-1`. */
export function arnOf(at: Place, service: string, resource: string): string {
  return `arn:${at.partition}:${service}:${at.region}:${at.account}:${resource}`
}

/** Of a service that knows no regions. */
export function globalArn(at: Place, service: string, resource: string): string {
  return `arn:${at.partition}:${service}::${at.account}:${resource}`
}
