import * as Account from '@aws-sdk/client-account'
import { page } from '../../call.ts'
import type { RegionEstate } from '../../estate.ts'
import { ApiError } from '../../wire/errors.ts'
import { operation, type Service } from '../../wire/service.ts'

export const account: Service = {
  name: 'account',
  signing: 'account',
  protocol: 'rest-json',
  xmlNamespace: '',
  operations: [
    operation(
      Account.ListRegions$,
      (input: Account.ListRegionsRequest, call): Account.ListRegionsResponse => {
        const all = call.state.regions.map(region)
        const asked = input.RegionOptStatusContains
        const wanted = all.filter(one => !asked?.length || asked.includes(one.RegionOptStatus))
        const { items, next } = page(call, wanted, input.NextToken, input.MaxResults ?? 20)
        return { Regions: items, NextToken: next }
      },
    ),
    operation(
      Account.GetRegionOptStatus$,
      (input: Account.GetRegionOptStatusRequest, { state }): Account.GetRegionOptStatusResponse => {
        const found = state.regions.find(one => one.RegionName === input.RegionName)
        if (!found) throw new ApiError('ValidationException', 400, 'Invalid region name')
        return region(found)
      },
    ),
    operation(
      Account.GetContactInformation$,
      (_input: object, { state }): Account.GetContactInformationResponse => ({
        ContactInformation: state.contacts.primary ?? absent('contact information'),
      }),
    ),
    operation(
      Account.GetAlternateContact$,
      (
        input: Account.GetAlternateContactRequest,
        { state },
      ): Account.GetAlternateContactResponse => ({
        AlternateContact:
          state.contacts.alternate.find(
            one => one.AlternateContactType === input.AlternateContactType,
          ) ?? absent('contact of the inputted type'),
      }),
    ),
    operation(
      Account.PutAlternateContact$,
      (input: Account.PutAlternateContactRequest, { state }) => {
        const { AccountId: _, ...contact } = input
        state.contacts.alternate = [
          ...state.contacts.alternate.filter(
            one => one.AlternateContactType !== contact.AlternateContactType,
          ),
          contact,
        ]
      },
    ),
  ],
}

function region({ RegionName, OptInStatus }: RegionEstate) {
  return { RegionName, RegionOptStatus: optStatus[OptInStatus] }
}

const optStatus = {
  'opt-in-not-required': 'ENABLED_BY_DEFAULT',
  'opted-in': 'ENABLED',
  'not-opted-in': 'DISABLED',
} as const

function absent(what: string): never {
  throw new ApiError('ResourceNotFoundException', 404, `No ${what} found.`)
}
