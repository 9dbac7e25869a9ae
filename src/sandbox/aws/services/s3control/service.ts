import * as Control from '@aws-sdk/client-s3-control'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'
import type { AccessPointEstate } from './state.ts'

export const s3control: Service = {
  name: 's3control',
  signing: 's3',
  protocol: 'rest-xml',
  xmlNamespace: 'http://awss3control.amazonaws.com/doc/2018-08-20/',
  operations: [
    operation(
      Control.GetPublicAccessBlock$,
      (_input: object, { state }): Control.GetPublicAccessBlockOutput => ({
        PublicAccessBlockConfiguration:
          state.s3.accountPublicAccessBlock ?? absent('NoSuchPublicAccessBlockConfiguration'),
      }),
    ),
    operation(
      Control.PutPublicAccessBlock$,
      (input: Control.PutPublicAccessBlockRequest, { state }) => {
        state.s3.accountPublicAccessBlock = {
          BlockPublicAcls: false,
          IgnorePublicAcls: false,
          BlockPublicPolicy: false,
          RestrictPublicBuckets: false,
          ...input.PublicAccessBlockConfiguration,
        }
      },
    ),
    operation(Control.DeletePublicAccessBlock$, (_input: object, { state }) => {
      state.s3.accountPublicAccessBlock = undefined
    }),
    operation(Control.ListAccessPoints$, listAccessPoints),
    operation(
      Control.GetAccessPoint$,
      (input: Control.GetAccessPointRequest, call): Control.GetAccessPointResult => {
        const { policy: _, ...point } = find(call, input.Name)
        return { ...point, ...derived(call, point) }
      },
    ),
    operation(
      Control.GetAccessPointPolicy$,
      (input: Control.GetAccessPointPolicyRequest, call): Control.GetAccessPointPolicyResult => ({
        Policy: find(call, input.Name).policy ?? absent('NoSuchAccessPointPolicy'),
      }),
    ),
    operation(
      Control.ListMultiRegionAccessPoints$,
      (
        input: Control.ListMultiRegionAccessPointsRequest,
        call,
      ): Control.ListMultiRegionAccessPointsResult => {
        const points = call.state.s3.multiRegionAccessPoints
        const { items, next } = page(call, points, input.NextToken, input.MaxResults)
        return { AccessPoints: items, NextToken: next }
      },
    ),
    operation(
      Control.GetMultiRegionAccessPointPolicy$,
      (
        input: Control.GetMultiRegionAccessPointPolicyRequest,
        { state },
      ): Control.GetMultiRegionAccessPointPolicyResult => {
        const found = state.s3.multiRegionAccessPoints.find(one => one.Name === input.Name)
        if (!found) throw noSuchPoint()
        return { Policy: found.policy ? { Established: { Policy: found.policy } } : {} }
      },
    ),
  ],
}

function listAccessPoints(
  input: Control.ListAccessPointsRequest,
  call: Call,
): Control.ListAccessPointsResult {
  const wanted = call.state.s3.accessPoints.filter(
    point =>
      (point.Region ?? 'us-east-1') === call.region &&
      (input.Bucket ?? point.Bucket) === point.Bucket,
  )
  const { items, next } = page(call, wanted, input.NextToken, input.MaxResults)
  return {
    AccessPointList: items.map(point => ({
      Name: point.Name,
      Bucket: point.Bucket,
      NetworkOrigin: 'Internet',
      ...(point.VpcConfiguration && {
        NetworkOrigin: 'VPC',
        VpcConfiguration: point.VpcConfiguration,
      }),
      ...derived(call, point),
    })),
    NextToken: next,
  }
}

function find(call: Call, name: string | undefined): AccessPointEstate {
  const point = call.state.s3.accessPoints.find(
    one => one.Name === name && (one.Region ?? 'us-east-1') === call.region,
  )
  if (!point) throw noSuchPoint()
  return point
}

function noSuchPoint(): ApiError {
  return new ApiError('NoSuchAccessPoint', 404, 'The specified accesspoint does not exist')
}

function derived({ state, region }: Call, { Name }: AccessPointEstate) {
  return {
    AccessPointArn: `arn:${state.partition}:s3:${region}:${state.account}:accesspoint/${Name}`,
    Alias: `${Name}-sandbox-s3alias`,
    BucketAccountId: state.account,
  }
}

function absent(code: string): never {
  throw new ApiError(code, 404, 'The configuration does not exist')
}
