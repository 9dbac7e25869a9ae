import {
  AccessAnalyzerClient,
  CreateAnalyzerCommand,
  DeleteAnalyzerCommand,
  ListAnalyzersCommand,
} from '@aws-sdk/client-accessanalyzer'
import type { ClientConfig } from './services.ts'

export const service = {
  client: (config: ClientConfig) => new AccessAnalyzerClient(config),
  operations: {
    CreateAnalyzer: CreateAnalyzerCommand,
    DeleteAnalyzer: DeleteAnalyzerCommand,
    ListAnalyzers: ListAnalyzersCommand,
  },
}
