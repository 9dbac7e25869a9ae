import type { Schema, ServiceVocabulary } from './statement.ts'

export interface Service {
  readonly schemas: Readonly<Record<string, Schema>>
  readonly vocabulary: ServiceVocabulary
}
