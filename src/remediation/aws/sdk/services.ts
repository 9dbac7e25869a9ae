import type { AwsCredentialIdentity } from '@smithy/types'
import type { Handler } from '../../../clouds/aws/handler.ts'

/** A service's client and the operations that remediation calls: a file each, loaded when an action needs it. */
export const services = {
  accessanalyzer: () => import('./accessanalyzer.ts'),
  cloudfront: () => import('./cloudfront.ts'),
  cloudtrail: () => import('./cloudtrail.ts'),
  cloudwatch: () => import('./cloudwatch.ts'),
  dynamodb: () => import('./dynamodb.ts'),
  ec2: () => import('./ec2.ts'),
  ecr: () => import('./ecr.ts'),
  eks: () => import('./eks.ts'),
  elbv2: () => import('./elbv2.ts'),
  eventbridge: () => import('./eventbridge.ts'),
  guardduty: () => import('./guardduty.ts'),
  iam: () => import('./iam.ts'),
  kms: () => import('./kms.ts'),
  lambda: () => import('./lambda.ts'),
  rds: () => import('./rds.ts'),
  redshift: () => import('./redshift.ts'),
  s3: () => import('./s3.ts'),
  s3control: () => import('./s3control.ts'),
  sns: () => import('./sns.ts'),
  sqs: () => import('./sqs.ts'),
  ssm: () => import('./ssm.ts'),
  sts: () => import('./sts.ts'),
}

export type Services = {
  readonly [S in keyof typeof services]: Awaited<ReturnType<(typeof services)[S]>>['service']
}
export type ServiceName = keyof Services
export type OperationName<S extends ServiceName> = keyof Services[S]['operations'] & string

export interface ClientConfig {
  readonly region: string
  readonly credentials?: () => Promise<AwsCredentialIdentity>
  readonly requestHandler: Handler
  readonly maxAttempts: number
  readonly retryMode: 'adaptive'
}

/** Of a client, what it takes to send. */
export interface Client {
  send(command: never, options?: { abortSignal?: AbortSignal }): Promise<unknown>
  destroy(): void
}

type CommandOf<
  S extends ServiceName,
  O extends OperationName<S>,
> = Services[S]['operations'][O] extends abstract new (...args: never) => infer Made ? Made : never

export type Input<S extends ServiceName, O extends OperationName<S>> =
  CommandOf<S, O> extends { readonly input: infer In } ? In : never

export type Output<S extends ServiceName, O extends OperationName<S>> =
  CommandOf<S, O> extends {
    resolveMiddleware(...args: never): (args: never) => Promise<{ output: infer Out }>
  }
    ? Out
    : never
