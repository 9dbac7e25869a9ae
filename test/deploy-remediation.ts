import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { roleName } from '../src/remediation/aws/member-role.ts'
import type { Resource } from '../src/resource.ts'
import { loadTerraform } from '../src/sources/terraform/index.ts'

export const top = resolve(import.meta.dirname, '..')
export const folder = join(top, 'deploy/aws/remediation')
export const terraform = join(folder, 'terraform')

/** Every variable that makes something more. */
export const everything = {
  bundle: 'dist/lambda',
  external_id: 'batten',
  operator_role_arns: '["arn:aws:iam::123456789012:role/operators"]',
  scanner_account_ids: '["123456789012"]',
  organization_id: 'o-exampleorgid',
  slack_webhook_parameter: '/batten/slack/webhook',
  slack_secret_parameter: '/batten/slack/secret',
  ticket_parameter: '/batten/ticket',
  page_issuer: 'https://login.example.com',
  alarm_email: 'ops@example.com',
}

export interface Statement {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly condition: string
}

export interface Role {
  readonly actions: ReadonlySet<string>
  /** Characters of its policy. */
  readonly length: number
  /** Where the role allows it. */
  resources(permission: string): readonly string[]
}

/** Roles are asked for by an action's id; null: the role for undoing. */
export interface Code {
  readonly resources: readonly Resource[]
  one(address: string): Resource
  role(id: string | null): Role
  /** Names of a function's environment. */
  variables(address: string): readonly string[]
}

export async function readCode(vars: Readonly<Record<string, string>>): Promise<Code> {
  const { resources, gaps, warnings } = await loadTerraform([terraform], {
    cwd: top,
    env: {},
    vars,
  })
  if (gaps.length + warnings.length > 0) throw new Error(JSON.stringify([gaps, warnings]))
  const one = (address: string) => {
    const found = resources.find(each => each.origin.address === address)
    if (!found) throw new Error(`the Terraform declares no ${address}`)
    return found
  }
  return {
    resources,
    one,
    role(id) {
      const name = id === null ? 'undo[0]' : `action["${id}"]`
      return roleOf(one(`module.here[0].aws_iam_role_policy.${name}`).attributes.policy)
    },
    variables: address =>
      [one(address).attributes.environment]
        .flat()
        .flatMap(each => Object.keys(Object(each).variables)),
  }
}

// A template's properties have no one shape: what is read by name and is not there fails the test that reads it.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Parts = Readonly<Record<string, { readonly Type: string; readonly Properties: any }>>

export interface Stacks {
  readonly remediation: Parts
  readonly member: Parts
  /** Names of what remediation.yaml asks for. */
  readonly parameters: readonly string[]
  role(id: string | null): Role
}

export function readStacks(): Stacks {
  const member = parts('member.yaml')
  return {
    remediation: parts('remediation.yaml'),
    member,
    parameters: Object.keys(template('remediation.yaml').Parameters),
    role(id) {
      const name = `\${Prefix}-${id === null ? 'undo' : roleName({ id })}`
      const role = Object.values(member).find(each => each.Properties.RoleName === name)
      return roleOf(role?.Properties.Policies[0].PolicyDocument)
    },
  }
}

/** Functions of the template stand as their arguments: `!Ref Mender` is `Mender`. */
function parts(name: string): Parts {
  return template(name).Resources
}

function template(name: string) {
  const text = readFileSync(join(folder, 'cloudformation', name), 'utf8')
  return parse(text, { logLevel: 'silent' })
}

function roleOf(document: unknown): Role {
  const statements = statementsOf(document)
  return {
    actions: new Set(statements.flatMap(each => each.actions)),
    length: JSON.stringify(document).length,
    resources: permission =>
      statements.flatMap(each => (each.actions.includes(permission) ? each.resources : [])),
  }
}

export function statementsOf(document: unknown): readonly Statement[] {
  return [Object(document).Statement].flat().map(each => ({
    actions: [each.Action].flat(),
    resources: [each.Resource].flat().map(patternOf),
    condition: JSON.stringify(each.Condition ?? null),
  }))
}

/** What is known only where it is deployed, such as the account, may be anything. */
function patternOf(resource: unknown): string {
  if (typeof resource === 'string') return resource.replace(/\$\{[^}]*\}/g, '*')
  const { parts } = Object(resource)
  return Array.isArray(parts) ? parts.map(part => part ?? '*').join('') : 'nothing'
}

/** Whether IAM's pattern takes the ARN. */
export function covers(pattern: string, arn: string): boolean {
  const source = pattern.split('*').map(text => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${source.join('.*')}$`).test(arn)
}
