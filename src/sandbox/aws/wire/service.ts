import type { StaticOperationSchema } from '@smithy/types'
import type { Call } from '../call.ts'

export type Protocol = 'query' | 'ec2' | 'json-1.0' | 'json-1.1' | 'rest-json' | 'rest-xml'

/** One service as the wire sees it; its operations carry the schemas that the SDK's client carries. */
export interface Service {
  readonly name: ServiceName
  /** The service's name in a SigV4 scope. */
  readonly signing: string
  readonly protocol: Protocol
  readonly xmlNamespace: string
  readonly operations: readonly Operation[]
}

export type ServiceName =
  | 'sts'
  | 's3'
  | 's3control'
  | 'ec2'
  | 'iam'
  | 'rds'
  | 'kms'
  | 'cloudtrail'
  | 'account'
  | 'organizations'
  | 'autoscaling'
  | 'backup'
  | 'cloudfront'
  | 'eventbridge'
  | 'cloudwatch'
  | 'redshift'
  | 'accessanalyzer'
  | 'guardduty'
  | 'elbv2'
  | 'eks'
  | 'ssm'
  | 'ecr'
  | 'sns'
  | 'sqs'
  | 'lambda'
  | 'dynamodb'

export interface Operation {
  readonly schema: StaticOperationSchema
  readonly answer: (input: unknown, call: Call) => unknown
}

/** The input was decoded by the operation's own schema, so its type is known here. */
export function operation<Input, Output>(
  schema: StaticOperationSchema,
  answer: (input: Input, call: Call) => Output,
): Operation {
  return { schema, answer: (input, call) => answer(input as Input, call) }
}

/** A body that no schema writes as the service does. */
export class RawBody {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
