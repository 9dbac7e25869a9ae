import type { Action } from '../src/remediation/action.ts'
import { actions } from '../src/remediation/aws/actions.ts'
import { roleName } from '../src/remediation/aws/member-role.ts'
import {
  mendStatements,
  type Place,
  type Statement,
  undoStatements,
} from '../src/remediation/aws/role-policy.ts'

interface Generated {
  readonly file: string
  readonly text: string
}

const folder = 'deploy/aws/remediation'
const mending = actions
  .filter(action => action.mode !== 'guide')
  .toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** What the actions need, as Terraform and as CloudFormation, and the page that says what each does. */
export async function generateRemediation(): Promise<readonly Generated[]> {
  return [
    { file: `${folder}/terraform/member/actions.generated.tf`, text: terraform() },
    { file: `${folder}/cloudformation/member.yaml`, text: cloudformation() },
    { file: 'docs/remediation-actions.md', text: page() },
  ]
}

function terraform(): string {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are Terraform's
  const place: Place = {
    partition: '${data.aws_partition.current.partition}',
    account: '${data.aws_caller_identity.current.account_id}',
  }
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: these are Terraform's
  const entry = (statements: readonly Statement[], indent: string) =>
    `[\n${statements.map(each => block(each, `${indent}  `)).join('')}${indent}]`
  const block = ({ actions: names, resources, condition }: Statement, indent: string) =>
    [
      `${indent}{`,
      `${indent}  actions = ${strings(names, `${indent}  `)}`,
      `${indent}  resources = ${strings(resources, `${indent}  `)}`,
      `${indent}  conditions = ${conditions(condition, `${indent}  `)}`,
      `${indent}},\n`,
    ].join('\n')
  const all = mending.map(
    action => `    ${action.id} = ${entry(mendStatements(action, place), '    ')}\n`,
  )
  return `# Written by npm run generate from the actions themselves: what each needs to mend, and what undoing needs.
locals {
  actions = {
${all.join('')}  }

  undo = ${entry(undoStatements(mending, place), '  ')}
}
`
}

function strings(values: readonly string[], indent: string): string {
  return `[\n${values.map(value => `${indent}  "${value}",\n`).join('')}${indent}]`
}

function conditions(condition: Statement['condition'], indent: string): string {
  const rows = rowsOf(condition)
  if (rows.length === 0) return '[]'
  const row = ({ test, key, values }: (typeof rows)[number]) =>
    `{ test = "${test}", variable = "${key}", values = [${values.map(value => `"${value}"`).join(', ')}] }`
  return `[\n${rows.map(each => `${indent}  ${row(each)},\n`).join('')}${indent}]`
}

function rowsOf(condition: Statement['condition']) {
  return Object.entries(condition ?? {}).flatMap(([test, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ test, key, values })),
  )
}

function cloudformation(): string {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are CloudFormation's
  const place: Place = { partition: '${AWS::Partition}', account: '${AWS::AccountId}' }
  const role = (key: string, name: string, what: string, statements: readonly Statement[]) =>
    `  ${key}:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub ${name}
      Description: ${JSON.stringify(what)}
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { AWS: !Ref ${key === 'Undo' ? 'Operators' : 'Mender'} }
            Action: sts:AssumeRole
            Condition: { StringEquals: { "sts:ExternalId": !Ref ExternalId } }
      Policies:
      - PolicyName: remediation
        PolicyDocument:
          Version: "2012-10-17"
          Statement:
${statements.map(yamlStatement).join('')}`
  const roles = mending.map(action =>
    role(
      logicalId(action),
      `"\${Prefix}-${roleName(action)}"`,
      `Batten: ${plainText(action.title)}`,
      mendStatements(action, place),
    ),
  )
  const undo = role(
    'Undo',
    '"${Prefix}-undo"',
    'Batten: take back what was mended',
    undoStatements(mending, place),
  ).replace('    Type: AWS::IAM::Role\n', '    Type: AWS::IAM::Role\n    Condition: HasOperators\n')
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: these are CloudFormation's
  return `# Written by npm run generate from the actions themselves.
AWSTemplateFormatVersion: "2010-09-09"
Description: The roles that Batten's remediation assumes in an account, one for each action, and one for undoing.

Parameters:
  Prefix:
    Type: String
    Default: batten
    AllowedPattern: "[a-z][a-z0-9-]{0,15}"
    Description: What the names of the roles begin with; the same as in remediation.yaml.
  Mender:
    Type: String
    AllowedPattern: "arn:aws[a-z-]*:iam::[0-9]{12}:role/.+"
    Description: ARN of the function's role, an output of remediation.yaml.
  ExternalId:
    Type: String
    MinLength: 2
    Description: What the function says when it assumes a role; the same as in remediation.yaml.
  Operators:
    Type: CommaDelimitedList
    Default: ""
    Description: ARNs of the roles of people who may undo; empty makes no role for undoing.

Conditions:
  HasOperators: !Not [!Equals [!Join ["", !Ref Operators], ""]]

Resources:
${roles.join('')}${undo}`
}

function yamlStatement({ actions: names, resources, condition }: Statement): string {
  const when = rowsOf(condition).map(
    ({ test, key, values }) =>
      `            Condition: { ${test}: { "${key}": [${values.join(', ')}] } }\n`,
  )
  const [first = '', ...more] = resources.map(yamlResource)
  return `          - Effect: Allow
            Action: [${names.join(', ')}]
            Resource: ${more.length === 0 ? first : `[${resources.map(yamlResource).join(', ')}]`}
${when.join('')}`
}

function yamlResource(pattern: string): string {
  return pattern.includes('${') ? `!Sub "${pattern}"` : `"${pattern}"`
}

function logicalId({ id }: Action): string {
  return id.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** IAM takes no typographic quotes in a description. */
function plainText(text: string): string {
  return text.replaceAll('’', "'")
}

function page(): string {
  const guides = actions.filter(action => action.mode === 'guide')
  return `# What remediation can do

${mending.length} actions change something; each can be undone. ${guides.length} more mistakes are a person's work, and the message says
how. [Remediation](remediation.md) says how to switch them on.

- **mode**: \`auto\` may run unasked in a lower environment and waits for an approval in production; \`approve\` always waits.
- **blast**: B0 touches the future only, or adds something; B1 closes an exposure that nobody should use; B2 may cut a
  rightful client of one resource; B3 reaches the whole account, or may cause an outage.

| action | what it does | mode | blast |
| --- | --- | --- | --- |
${mending.map(({ id, title, mode, blast }) => `| [${id}](#${id}) | ${title} | ${mode} | ${blast} |`).join('\n')}

${mending.map(section).join('\n')}
## A person's work

${guides.map(({ id, title, mends }) => `- \`${id}\` (${mends.map(code).join(', ')}): ${title}.`).join('\n')}
`
}

function section({ id, title, mends, maybe = [], permissions }: Action): string {
  const rows = [
    ['mends', mends],
    ['mends often, so that a person decides', maybe],
    ['reads', permissions.read],
    ['changes with', permissions.write],
    ['undoes with', permissions.undo],
  ] as const
  return `## ${id}

${title}.

${rows
  .filter(([, names]) => names.length > 0)
  .map(([what, names]) => `- ${what}: ${names.map(code).join(', ')}`)
  .join('\n')}
`
}

function code(name: string): string {
  return `\`${name}\``
}
