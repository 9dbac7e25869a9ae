import type { Estate, RegionEstate } from '../estate.ts'
import { account, organizationId, warehouseAccount } from './make.ts'

/** Who to call: nobody for security matters, and one mailbox for all the rest. */
export const contacts: NonNullable<Estate['contacts']> = {
  primary: {
    FullName: 'Brightcart Platform',
    CompanyName: 'Brightcart GmbH',
    AddressLine1: 'Rosenthaler Straße 40',
    City: 'Berlin',
    PostalCode: '10178',
    CountryCode: 'DE',
    PhoneNumber: '+49 30 5550100',
    WebsiteUrl: 'https://brightcart.example',
  },
  alternate: [
    {
      AlternateContactType: 'BILLING',
      Name: 'Brightcart Platform',
      Title: 'Platform team',
      EmailAddress: 'aws@brightcart.example',
      PhoneNumber: '+49 30 5550100',
    },
    {
      AlternateContactType: 'OPERATIONS',
      Name: 'Brightcart Platform',
      Title: 'Platform team',
      EmailAddress: 'aws@brightcart.example',
      PhoneNumber: '+49 30 5550100',
    },
  ],
}

export const regions: readonly RegionEstate[] = [
  { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
  { RegionName: 'eu-central-1', OptInStatus: 'opt-in-not-required' },
  { RegionName: 'af-south-1', OptInStatus: 'not-opted-in' },
  { RegionName: 'ap-east-1', OptInStatus: 'not-opted-in' },
  { RegionName: 'me-south-1', OptInStatus: 'not-opted-in' },
]

export const organization: NonNullable<Estate['organization']> = {
  organization: {
    Id: organizationId,
    Arn: `arn:aws:organizations::${account}:organization/${organizationId}`,
    FeatureSet: 'ALL',
    MasterAccountArn: `arn:aws:organizations::${account}:account/${organizationId}/${account}`,
    MasterAccountId: account,
    MasterAccountEmail: 'aws@brightcart.example',
  },
  roots: [
    {
      Id: 'r-b7k2',
      Arn: `arn:aws:organizations::${account}:root/${organizationId}/r-b7k2`,
      Name: 'Root',
      PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
    },
  ],
  accounts: [
    member(account, 'brightcart-shop', 'production'),
    member(warehouseAccount, 'brightcart-warehouse', 'production'),
  ],
}

function member(Id: string, Name: string, environment: string) {
  return {
    Id,
    Name,
    Arn: `arn:aws:organizations::${account}:account/${organizationId}/${Id}`,
    Email: `aws+${Name}@brightcart.example`,
    Status: 'ACTIVE' as const,
    State: 'ACTIVE' as const,
    JoinedMethod: 'CREATED' as const,
    JoinedTimestamp: new Date('2021-03-01T09:00:00Z'),
    tags: [{ Key: 'environment', Value: environment }],
  }
}
