import * as Lambda from '@aws-sdk/client-lambda'
import { type Call, page } from '../../call.ts'
import { asArray, member } from '../../plain.ts'
import { ApiError } from '../../wire/errors.ts'
import { type Operation, operation, type Service } from '../../wire/service.ts'
import type { FunctionEstate } from './state.ts'

export const lambda: Service = {
  name: 'lambda',
  signing: 'lambda',
  protocol: 'rest-json',
  xmlNamespace: '',
  operations: [
    operation(Lambda.ListFunctions$, (input: Lambda.ListFunctionsRequest, call) => {
      const all = call.state.lambda(call.region).functions
      const { items, next } = page(call, all, input.Marker, input.MaxItems)
      return {
        Functions: items.map(({ policy: _, tags: __, ...one }) => ({
          ...one,
          FunctionArn: arn(call, one),
        })),
        NextMarker: next,
      }
    }),
    operation(Lambda.ListTags$, (input: Lambda.ListTagsRequest, call) => ({
      Tags: find(call, input.Resource).tags ?? {},
    })),
    ofFunction(Lambda.GetPolicy$, one => {
      if (one.policy === undefined) throw absent('The resource you requested does not exist.')
      return { Policy: JSON.stringify(document(one)), RevisionId: '1' }
    }),
    ofFunction(Lambda.AddPermission$, (one, call, input: Lambda.AddPermissionRequest) => {
      const before = document(one)
      const statements = asArray(member(before, 'Statement'))
      if (statements.some(each => member(each, 'Sid') === input.StatementId)) {
        throw new ApiError(
          'ResourceConflictException',
          409,
          'The statement id provided already exists.',
        )
      }
      const statement = statementOf(input, arn(call, one))
      one.policy = {
        Version: '2012-10-17',
        Id: 'default',
        ...before,
        Statement: [...statements, statement],
      }
      return { Statement: JSON.stringify(statement) }
    }),
    ofFunction(Lambda.RemovePermission$, (one, _call, input: Lambda.RemovePermissionRequest) => {
      const statements = asArray(member(document(one), 'Statement'))
      const kept = statements.filter(each => member(each, 'Sid') !== input.StatementId)
      if (kept.length === statements.length)
        throw absent('Statement is not found in resource policy.')
      if (kept.length === 0) delete one.policy
      else one.policy = { ...document(one), Statement: kept }
    }),
    operation(Lambda.Invoke$, (input: Lambda.InvocationRequest, call) => {
      const payload = Buffer.from(input.Payload ?? []).toString()
      call.state.lambda(call.region).invoked.push({ name: input.FunctionName ?? '', payload })
      return { StatusCode: 202 }
    }),
  ],
}

function ofFunction<Input extends { readonly FunctionName?: string | undefined }>(
  schema: Operation['schema'],
  answer: (one: FunctionEstate, call: Call, input: Input) => unknown,
): Operation {
  return operation(schema, (input: Input, call) =>
    answer(find(call, input.FunctionName), call, input),
  )
}

function find(call: Call, name: string | undefined): FunctionEstate {
  const found = call.state
    .lambda(call.region)
    .functions.find(one => name === one.FunctionName || name === arn(call, one))
  if (!found) throw absent(`Function not found: ${name}`)
  return found
}

function arn(
  { state, region }: Call,
  { FunctionName }: { readonly FunctionName?: string | undefined },
) {
  return `arn:aws:lambda:${region}:${state.account}:function:${FunctionName}`
}

function document({ policy }: FunctionEstate): object {
  if (policy === undefined) return {}
  return typeof policy === 'string' ? { ...JSON.parse(policy) } : policy
}

function statementOf(input: Lambda.AddPermissionRequest, Resource: string): object {
  const { StatementId, Action, Principal = '', SourceArn, SourceAccount, PrincipalOrgID } = input
  const Condition = {
    ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(SourceAccount === undefined && PrincipalOrgID === undefined
      ? {}
      : {
          StringEquals: {
            ...(SourceAccount === undefined ? {} : { 'AWS:SourceAccount': SourceAccount }),
            ...(PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': PrincipalOrgID }),
          },
        }),
  }
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: principal(Principal),
    Action,
    Resource,
    ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
  }
}

function principal(name: string): string | object {
  if (name === '*') return name
  return name.endsWith('.amazonaws.com') ? { Service: name } : { AWS: name }
}

function absent(message: string): ApiError {
  return new ApiError('ResourceNotFoundException', 404, message)
}
