// What a seed of special cases has too few of: the roles that every function and machine of an account has, and their policies.
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'

/** So many roles with an inline policy and one of the account's; a third as many policies, a fifth as many users. */
export async function addIdentities(endpoint: string, roles: number): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const iam = new IAMClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  })
  const policies: (string | undefined)[] = []
  for (let at = 0; at < roles / 3; at++) {
    const PolicyDocument = allow('dynamodb:GetItem', `arn:aws:dynamodb:*:*:table/orders-${at}`)
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: `orders-${at}`, PolicyDocument }),
    )
    policies.push(made.Policy?.Arn)
  }
  for (let at = 0; at < roles; at++) {
    const RoleName = `function-${at}`
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
    const PolicyArn = policies[at % policies.length]
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
    const PolicyDocument = allow('logs:PutLogEvents', `arn:aws:logs:*:*:log-group:function-${at}:*`)
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'logs', PolicyDocument }))
  }
  for (let at = 0; at < roles / 5; at++) {
    const UserName = `person-${at}`
    await iam.send(new CreateUserCommand({ UserName }))
    await iam.send(new CreateAccessKeyCommand({ UserName }))
  }
  iam.destroy()
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
})

function allow(Action: string, Resource: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource }],
  })
}
