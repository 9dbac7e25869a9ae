import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control'
import type { EndpointV2 } from '@smithy/types'
import type { ClientConfig } from './services.ts'

export const service = {
  client(config: ClientConfig) {
    const client = new S3ControlClient(config)
    const { endpointProvider } = client.config
    // The account stands in front of AWS's host names; another endpoint may have none to put it in front of.
    client.config.endpointProvider = (parameters, context): EndpointV2 =>
      parameters.Endpoint === undefined
        ? endpointProvider(parameters, context)
        : { url: new URL(parameters.Endpoint) }
    return client
  },
  operations: {
    DeletePublicAccessBlock: DeletePublicAccessBlockCommand,
    GetPublicAccessBlock: GetPublicAccessBlockCommand,
    PutPublicAccessBlock: PutPublicAccessBlockCommand,
  },
}
