import * as Trails from '@aws-sdk/client-cloudtrail'
import { type Call, page } from '../../call.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation, type Service } from '../../wire/service.ts'
import type { TrailEstate } from './state.ts'

export const cloudtrail: Service = {
  name: 'cloudtrail',
  signing: 'cloudtrail',
  protocol: 'json-1.1',
  xmlNamespace: '',
  operations: [
    operation(
      Trails.DescribeTrails$,
      (input: Trails.DescribeTrailsRequest, call): Trails.DescribeTrailsResponse => {
        const shadows = input.includeShadowTrails ?? true
        const wanted = visible(call).filter(
          ({ home, trail }) =>
            (shadows || home === call.region) &&
            (!input.trailNameList?.length ||
              input.trailNameList.some(
                name => name === trail.Name || name === arn(call, home, trail),
              )),
        )
        return { trailList: wanted.map(({ home, trail }) => described(call, home, trail)) }
      },
    ),
    operation(
      Trails.ListTrails$,
      (input: Trails.ListTrailsRequest, call): Trails.ListTrailsResponse => {
        const { items, next } = page(call, visible(call), input.NextToken, undefined)
        return {
          Trails: items.map(({ home, trail }) => ({
            TrailARN: arn(call, home, trail),
            Name: trail.Name,
            HomeRegion: home,
          })),
          NextToken: next,
        }
      },
    ),
    ofTrail(Trails.GetTrail$, (trail, call, home) => ({ Trail: described(call, home, trail) })),
    ofTrail(Trails.GetTrailStatus$, trail => trail.status ?? { IsLogging: true }),
    ofTrail(Trails.GetEventSelectors$, (trail, call, home) => ({
      TrailARN: arn(call, home, trail),
      ...(trail.advancedEventSelectors
        ? { AdvancedEventSelectors: trail.advancedEventSelectors }
        : { EventSelectors: trail.eventSelectors ?? managementEvents }),
    })),
    ofTrail(Trails.GetInsightSelectors$, (trail, call, home) => {
      if (!trail.insightSelectors?.length) {
        throw new ApiError(
          'InsightNotEnabledException',
          400,
          `Trail ${trail.Name} does not have Insights enabled.`,
        )
      }
      return { TrailARN: arn(call, home, trail), InsightSelectors: trail.insightSelectors }
    }),
    operation(
      Trails.ListTags$,
      (input: Trails.ListTagsRequest, call): Trails.ListTagsResponse => ({
        ResourceTagList: (input.ResourceIdList ?? []).map(ResourceId => ({
          ResourceId,
          TagsList: find(call, ResourceId).trail.tags ?? [],
        })),
      }),
    ),
    operation(Trails.LookupEvents$, () => ({ Events: [] })),
    ofTrail(Trails.UpdateTrail$, updateTrail),
    ofTrail(Trails.StartLogging$, trail => {
      trail.status = { ...trail.status, IsLogging: true, StartLoggingTime: new Date() }
    }),
    ofTrail(Trails.StopLogging$, trail => {
      trail.status = { ...trail.status, IsLogging: false, StopLoggingTime: new Date() }
    }),
    operation(
      Trails.PutEventSelectors$,
      (input: Trails.PutEventSelectorsRequest, call): Trails.PutEventSelectorsResponse => {
        const { trail, home } = find(call, input.TrailName)
        delete trail.eventSelectors
        delete trail.advancedEventSelectors
        if (input.EventSelectors) trail.eventSelectors = input.EventSelectors
        if (input.AdvancedEventSelectors) {
          trail.advancedEventSelectors = input.AdvancedEventSelectors
        }
        return { TrailARN: arn(call, home, trail), ...input }
      },
    ),
  ],
}

interface Placed {
  readonly home: string
  readonly trail: TrailEstate
}

const managementEvents: Trails.EventSelector[] = [
  { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] },
]

/** A trail of all regions shows in each of them. */
function visible(call: Call): readonly Placed[] {
  return call.state.regions.flatMap(({ RegionName }) =>
    call.state
      .cloudtrail(RegionName)
      .trails.filter(trail => RegionName === call.region || trail.IsMultiRegionTrail)
      .map(trail => ({ home: RegionName, trail })),
  )
}

function find(call: Call, name: string | undefined): Placed {
  const found = visible(call).find(
    ({ home, trail }) => trail.Name === name || arn(call, home, trail) === name,
  )
  if (!found) {
    throw new ApiError(
      'TrailNotFoundException',
      400,
      `Unknown trail: ${name} for the user: ${call.state.account}`,
    )
  }
  return found
}

function ofTrail<
  Input extends { readonly Name?: string | undefined; readonly TrailName?: string | undefined },
>(
  schema: Operation['schema'],
  answer: (trail: TrailEstate, call: Call, home: string, input: Input) => unknown,
): Operation {
  return operation(schema, (input: Input, call) => {
    const { trail, home } = find(call, input.Name ?? input.TrailName)
    return answer(trail, call, home, input)
  })
}

function arn({ state }: Call, home: string, { Name }: TrailEstate): string {
  return `arn:${state.partition}:cloudtrail:${home}:${state.account}:trail/${Name}`
}

function described(call: Call, home: string, trail: TrailEstate): Trails.Trail {
  return {
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    LogFileValidationEnabled: false,
    IsOrganizationTrail: false,
    ...trail,
    HomeRegion: home,
    TrailARN: arn(call, home, trail),
    HasCustomEventSelectors: Boolean(trail.eventSelectors ?? trail.advancedEventSelectors),
    HasInsightSelectors: Boolean(trail.insightSelectors?.length),
  }
}

function updateTrail(
  trail: TrailEstate,
  call: Call,
  home: string,
  input: Trails.UpdateTrailRequest,
): Trails.UpdateTrailResponse {
  if (home !== call.region) {
    throw new ApiError(
      'InvalidHomeRegionException',
      400,
      `Trail ${trail.Name} must be changed in its home region ${home}.`,
    )
  }
  const { EnableLogFileValidation, Name: _, ...rest } = input
  const changes = { ...rest, LogFileValidationEnabled: EnableLogFileValidation }
  Object.assign(
    trail,
    Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
  )
  return described(call, home, trail)
}
