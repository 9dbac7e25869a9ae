import {
  AssumeRole$,
  type AssumeRoleRequest,
  type AssumeRoleResponse,
  GetCallerIdentity$,
  type GetCallerIdentityResponse,
} from '@aws-sdk/client-sts'
import { operation, type Service } from '../../wire/service.ts'

export const sts: Service = {
  name: 'sts',
  signing: 'sts',
  protocol: 'query',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: [
    operation(
      GetCallerIdentity$,
      (_input: object, { state }): GetCallerIdentityResponse => ({
        ...state.caller,
        Account: state.account,
      }),
    ),
    operation(
      AssumeRole$,
      (input: AssumeRoleRequest): AssumeRoleResponse => ({
        Credentials: {
          AccessKeyId: 'ASIASANDBOX000000000',
          SecretAccessKey: 'sandbox',
          SessionToken: 'sandbox',
          Expiration: new Date(Date.now() + 3_600_000),
        },
        AssumedRoleUser: {
          Arn: `${input.RoleArn?.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${input.RoleSessionName}`,
          AssumedRoleId: `AROASANDBOX0000000000:${input.RoleSessionName}`,
        },
      }),
    ),
  ],
}
