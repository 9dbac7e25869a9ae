import type { AwsCredentialIdentity } from '@smithy/types'
import type { Handler } from './handler.ts'

/** Who to be: the SDK's own chain, by a profile perhaps, and then a role. */
export interface CredentialOptions {
  readonly profile?: string | undefined
  readonly role?: string | undefined
  readonly externalId?: string | undefined
  readonly region: string
  readonly handler: Handler
}

/** Asks the chain anew each time it is called: what has expired must not come from a cache. */
export async function credentials(options: CredentialOptions): Promise<AwsCredentialIdentity> {
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import(
    '@aws-sdk/credential-providers'
  )
  const { profile, role, externalId, region, handler } = options
  const clientConfig = { region, requestHandler: handler }
  const chain = fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    clientConfig,
  })
  if (role === undefined) return chain()
  return fromTemporaryCredentials({
    masterCredentials: await chain(),
    clientConfig,
    params: {
      RoleArn: role,
      RoleSessionName: 'batten',
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
  })()
}
