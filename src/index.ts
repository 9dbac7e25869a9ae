export type { Check, CheckInput } from './check.ts'
export type { Finding } from './finding.ts'
export type { Resource } from './resource.ts'
