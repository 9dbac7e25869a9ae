export type { Type, Value } from './value.ts'
