import type { AnalyzerSummary } from '@aws-sdk/client-accessanalyzer'

export interface AccessAnalyzerEstate {
  readonly analyzers?: readonly AnalyzerSummary[]
}

export interface AccessAnalyzerState {
  analyzers: AnalyzerSummary[]
}

export function accessanalyzerState(estate: AccessAnalyzerEstate): AccessAnalyzerState {
  return { analyzers: structuredClone([...(estate.analyzers ?? [])]) }
}
