// finished: tables of this file
import type { Condition } from '../../vocabulary/policy-document.ts'
import { every, some } from '../decide.ts'
import { equals } from '../text.ts'
import { parse } from './condition.ts'
import { allows, type Statements } from './grant.ts'
import { anything, covers } from './wildcard.ts'

/** Whether the identity, itself no administrator, may make itself one: by changing its own rights or by borrowing a role's. */
export function escalates(statements: Statements): boolean {
  return some(paths, path => every(path.actions, action => may(statements, action, path.service)))
}

interface EscalationPath {
  readonly actions: readonly string[]
  /** Whom the role is passed to: what `iam:PassedToService` may name. */
  readonly service: string | null
}

function may(statements: Statements, action: string, service: string | null): boolean {
  return allows(statements, action, resourceOf(action), test => passesTo(test, service))
}

function passesTo(test: Condition, service: string | null): boolean {
  return (
    service !== null &&
    equals(test.key, 'iam:passedtoservice') &&
    /^string(?:equals|equalsignorecase|like)$/.test(parse(test.operator).base) &&
    test.values.some(value => covers(value, service))
  )
}

/** Ways to more rights that are known from practice, each with all the actions that it takes. */
const paths: readonly EscalationPath[] = [
  ...[
    'iam:AddUserToGroup',
    'iam:AttachGroupPolicy',
    'iam:AttachRolePolicy',
    'iam:AttachUserPolicy',
    'iam:CreateAccessKey',
    'iam:CreateLoginProfile',
    'iam:CreatePolicyVersion',
    'iam:PutGroupPolicy',
    'iam:PutRolePolicy',
    'iam:PutUserPolicy',
    'iam:SetDefaultPolicyVersion',
    'iam:UpdateLoginProfile',
    'lambda:UpdateFunctionCode',
    'glue:UpdateDevEndpoint',
    'iam:UpdateAssumeRolePolicy sts:AssumeRole',
    'codestar:CreateProjectFromTemplate',
    'codestar:AssociateTeamMember codestar:CreateProject',
    'ssm:SendCommand',
    'ssm:StartSession',
  ].map(actions => path(actions, null)),
  path('ec2:RunInstances', 'ec2.amazonaws.com'),
  path('ec2:RequestSpotInstances', 'ec2.amazonaws.com'),
  path('ec2:AssociateIamInstanceProfile', 'ec2.amazonaws.com'),
  path('lambda:CreateFunction lambda:InvokeFunction', 'lambda.amazonaws.com'),
  path('lambda:CreateFunction lambda:AddPermission', 'lambda.amazonaws.com'),
  path('lambda:CreateFunction lambda:CreateEventSourceMapping', 'lambda.amazonaws.com'),
  path('lambda:CreateFunction lambda:CreateFunctionUrlConfig', 'lambda.amazonaws.com'),
  path('glue:CreateDevEndpoint', 'glue.amazonaws.com'),
  path('glue:CreateJob glue:StartJobRun', 'glue.amazonaws.com'),
  path('glue:CreateJob glue:CreateTrigger', 'glue.amazonaws.com'),
  path('glue:UpdateJob glue:StartJobRun', 'glue.amazonaws.com'),
  path('glue:UpdateJob glue:CreateTrigger', 'glue.amazonaws.com'),
  path('cloudformation:CreateStack', 'cloudformation.amazonaws.com'),
  path('cloudformation:UpdateStack', 'cloudformation.amazonaws.com'),
  path(
    'cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet',
    'cloudformation.amazonaws.com',
  ),
  path(
    'datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline',
    'datapipeline.amazonaws.com',
  ),
  path('codebuild:CreateProject codebuild:StartBuild', 'codebuild.amazonaws.com'),
  path('codestar:CreateProject', 'codestar.amazonaws.com'),
  path('ecs:RegisterTaskDefinition ecs:RunTask', 'ecs-tasks.amazonaws.com'),
  path('ecs:RegisterTaskDefinition ecs:StartTask', 'ecs-tasks.amazonaws.com'),
  path('ecs:RegisterTaskDefinition ecs:CreateService', 'ecs-tasks.amazonaws.com'),
  path('ecs:RegisterTaskDefinition ecs:UpdateService', 'ecs-tasks.amazonaws.com'),
  path(
    'sagemaker:CreateNotebookInstance sagemaker:CreatePresignedNotebookInstanceUrl',
    'sagemaker.amazonaws.com',
  ),
  path('sagemaker:CreateTrainingJob', 'sagemaker.amazonaws.com'),
  path('sagemaker:CreateProcessingJob', 'sagemaker.amazonaws.com'),
  path('apprunner:CreateService', 'tasks.apprunner.amazonaws.com'),
  path('states:CreateStateMachine states:StartExecution', 'states.amazonaws.com'),
  path('batch:RegisterJobDefinition batch:SubmitJob', 'ecs-tasks.amazonaws.com'),
  path('scheduler:CreateSchedule', 'scheduler.amazonaws.com'),
]

/** Where a service is named, a role is passed to it. */
function path(actions: string, service: string | null): EscalationPath {
  return {
    actions: [...(service === null ? [] : ['iam:PassRole']), ...actions.split(' ')],
    service,
  }
}

/** All there are of what the action works on; what is not in the list takes any resource. */
function resourceOf(action: string): string {
  const service = action.split(':')[0] ?? ''
  const kind = kinds.find(([pattern]) => pattern.test(action))?.[1] ?? ''
  const owner = service === 'ssm' ? 'ec2' : service
  const scope = /^(?:iam|sts)$/.test(owner) ? 'iam:' : `${owner}:${anything}`
  return `arn:aws:${scope}:${anything}:${kind}${anything}`
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^iam:\w*PolicyVersion$/, 'policy/'],
  [/^iam:\w*Group/, 'group/'],
  [/^(?:iam|sts):\w*Role/, 'role/'],
  [/^iam:/, 'user/'],
  [/^ec2:/, 'instance/'],
  [/^ssm:/, 'instance/'],
  [/^lambda:\w*Function/, 'function:'],
  [/^cloudformation:/, 'stack/'],
  [/^codebuild:/, 'project/'],
  [/^glue:\w*Job/, 'job/'],
  [/^states:/, 'stateMachine:'],
]
