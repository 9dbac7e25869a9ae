import { ListSAMLProvidersCommand, ListServerCertificatesCommand } from '@aws-sdk/client-iam'
import { iam } from './iam-client.ts'
import { type Row, row } from './row.ts'

const providers = iam.pages(ListSAMLProvidersCommand, 'SAMLProviderList', () => ({}))
const certificates = iam.pages(
  ListServerCertificatesCommand,
  'ServerCertificateMetadataList',
  () => ({ MaxItems: 1000 }),
)

/** What IAM trusts, and what it keeps for load balancers. */
export const rows: readonly Row[] = [
  row({
    type: 'aws_iam_saml_provider',
    service: 'iam',
    scope: 'account',
    list: providers,
    id: ({ Arn }) => String(Arn),
    set: {
      id: 'Arn',
      arn: 'Arn',
      name: ({ Arn = '' }) => Arn.slice(Arn.lastIndexOf('/') + 1),
      valid_until: 'ValidUntil',
    },
  }),
  row({
    type: 'aws_iam_server_certificate',
    service: 'iam',
    scope: 'account',
    list: certificates,
    id: ({ Arn }) => String(Arn),
    set: {
      id: 'ServerCertificateId',
      arn: 'Arn',
      expiration: 'Expiration',
      name: 'ServerCertificateName',
      path: 'Path',
      upload_date: 'UploadDate',
    },
  }),
]
