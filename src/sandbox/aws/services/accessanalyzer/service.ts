import * as Analyzer from '@aws-sdk/client-accessanalyzer'
import { page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'

export const accessanalyzer: Service = {
  name: 'accessanalyzer',
  signing: 'access-analyzer',
  protocol: 'rest-json',
  xmlNamespace: '',
  operations: [
    operation(Analyzer.ListAnalyzers$, (input: Analyzer.ListAnalyzersRequest, call) => {
      const all = call.state.accessanalyzer(call.region).analyzers
      const { items, next } = page(call, all, input.nextToken, input.maxResults)
      return { analyzers: items, nextToken: next }
    }),
    operation(Analyzer.CreateAnalyzer$, (input: Analyzer.CreateAnalyzerRequest, call) => {
      const { analyzers } = call.state.accessanalyzer(call.region)
      if (analyzers.some(({ name }) => name === input.analyzerName)) {
        throw new ApiError('ConflictException', 409, 'The analyzer already exists')
      }
      const arn = `arn:aws:access-analyzer:${call.region}:${call.state.account}:analyzer/${input.analyzerName}`
      analyzers.push({
        arn,
        name: input.analyzerName,
        type: input.type,
        status: 'ACTIVE',
        createdAt: new Date('2024-01-02T03:04:05Z'),
      })
      return { arn }
    }),
    operation(Analyzer.DeleteAnalyzer$, (input: Analyzer.DeleteAnalyzerRequest, call) => {
      const state = call.state.accessanalyzer(call.region)
      const kept = state.analyzers.filter(({ name }) => name !== input.analyzerName)
      if (kept.length === state.analyzers.length) {
        throw new ApiError('ResourceNotFoundException', 404, 'The analyzer does not exist')
      }
      state.analyzers = kept
    }),
  ],
}
