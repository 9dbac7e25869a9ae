import * as GuardDuty from '@aws-sdk/client-guardduty'
import { type Call, madeId, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'
import type { DetectorEstate } from './state.ts'

export const guardduty: Service = {
  name: 'guardduty',
  signing: 'guardduty',
  protocol: 'rest-json',
  xmlNamespace: '',
  operations: [
    operation(GuardDuty.ListDetectors$, (input: GuardDuty.ListDetectorsRequest, call) => {
      const ids = call.state.guardduty(call.region).detectors.map(({ DetectorId }) => DetectorId)
      const { items, next } = page(call, ids, input.NextToken, input.MaxResults)
      return { DetectorIds: items, NextToken: next }
    }),
    operation(GuardDuty.GetDetector$, (input: GuardDuty.GetDetectorRequest, call) => ({
      Status: find(call, input.DetectorId).Status,
      ServiceRole: `arn:aws:iam::${call.state.account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
    })),
    operation(GuardDuty.CreateDetector$, (input: GuardDuty.CreateDetectorRequest, call) => {
      const state = call.state.guardduty(call.region)
      if (state.detectors.length > 0) {
        throw new ApiError(
          'BadRequestException',
          400,
          'a detector already exists for the current account.',
        )
      }
      const DetectorId = madeId('', 'detector', call.region)
      state.detectors.push({ DetectorId, Status: input.Enable ? 'ENABLED' : 'DISABLED' })
      return { DetectorId }
    }),
    operation(GuardDuty.UpdateDetector$, (input: GuardDuty.UpdateDetectorRequest, call) => {
      find(call, input.DetectorId).Status = input.Enable ? 'ENABLED' : 'DISABLED'
      return {}
    }),
    operation(GuardDuty.DeleteDetector$, (input: GuardDuty.DeleteDetectorRequest, call) => {
      const gone = find(call, input.DetectorId)
      const state = call.state.guardduty(call.region)
      state.detectors = state.detectors.filter(one => one !== gone)
      return {}
    }),
  ],
}

function find({ state, region }: Call, id: string | undefined): DetectorEstate {
  const found = state.guardduty(region).detectors.find(one => one.DetectorId === id)
  if (found) return found
  throw new ApiError(
    'BadRequestException',
    400,
    'The request is rejected because the input detectorId is not owned by the current account.',
  )
}
