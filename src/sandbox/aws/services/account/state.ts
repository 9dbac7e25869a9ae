import type { AlternateContact, ContactInformation } from '@aws-sdk/client-account'

export interface ContactsEstate {
  readonly primary?: ContactInformation
  readonly alternate?: readonly AlternateContact[]
}

export interface ContactsState {
  primary: ContactInformation | undefined
  alternate: AlternateContact[]
}

export function contactsState(estate: ContactsEstate): ContactsState {
  const { primary, alternate = [] } = structuredClone(estate)
  return { primary, alternate: [...alternate] }
}
