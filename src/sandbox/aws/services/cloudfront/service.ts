import {
  type DistributionSummary,
  ListDistributions$,
  type ListDistributionsRequest,
} from '@aws-sdk/client-cloudfront'
import { page } from '../../call.ts'
import { operation, type Service } from '../../wire/service.ts'

export interface CloudFrontEstate {
  readonly distributions?: readonly DistributionSummary[]
}

export const cloudfront: Service = {
  name: 'cloudfront',
  signing: 'cloudfront',
  protocol: 'rest-xml',
  xmlNamespace: 'http://cloudfront.amazonaws.com/doc/2020-05-31/',
  operations: [
    operation(ListDistributions$, (input: ListDistributionsRequest, call) => {
      const all = call.state.cloudfront.distributions ?? []
      const { items, next } = page(call, all, input.Marker, input.MaxItems)
      return {
        DistributionList: {
          Marker: input.Marker ?? '',
          NextMarker: next,
          MaxItems: 100,
          IsTruncated: next !== undefined,
          Quantity: items.length,
          Items: items,
        },
      }
    }),
  ],
}
