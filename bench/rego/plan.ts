import { readdirSync, readFileSync } from 'node:fs'
import type { Workload } from './evaluation.ts'

/** Five policies over a plan of so many resources, each alone and all at once. */
export function planWorkloads(count: number): readonly Workload[] {
  const folder = 'bench/rego/policies'
  const names = readdirSync(folder).sort()
  const modules = Object.fromEntries(
    names.map(file => [file, readFileSync(`${folder}/${file}`, 'utf8')]),
  )
  const input = plan(count)
  const each = names.filter(file => file !== 'plan.rego').map(file => file.replace('.rego', ''))
  const workload = (query: string): Workload => ({ name: query, query, modules, input })
  return [workload('data.bench'), ...each.map(name => workload(`data.bench.${name}.deny`))]
}

function plan(count: number): object {
  const random = randoms()
  const resources = Array.from({ length: count }, (_, at) => resource(at, count, random))
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources } },
  }
}

function resource(at: number, count: number, random: Random): object {
  const [type, values] = makers[random(makers.length)]?.(at, count, random) ?? ['', {}]
  const name = random(20) === 0 ? `Thing-${at}` : `thing_${at}`
  const tags = { owner: 'platform', ...(random(10) > 0 && { environment: 'production' }) }
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_name: 'registry.terraform.io/hashicorp/aws',
    schema_version: 1,
    values: { ...values, tags: random(20) === 0 ? null : tags, timeouts: null },
    sensitive_values: { tags: {} },
  }
}

type Maker = (at: number, count: number, random: Random) => readonly [string, object]

const makers: readonly Maker[] = [
  (at, _, random) => [
    'aws_s3_bucket',
    { bucket: `bucket-${at}`, acl: random(20) === 0 ? 'public-read' : 'private' },
  ],
  (_, count, random) => [
    'aws_s3_bucket_policy',
    { bucket: `bucket-${random(count)}`, policy: '{"Version":"2012-10-17","Statement":[]}' },
  ],
  (_, __, random) => [
    'aws_security_group',
    { ingress: [rule(443, '10.0.0.0/8'), rule(22, random(10) === 0 ? '0.0.0.0/0' : '10.0.0.0/8')] },
  ],
  (_, __, random) => [
    'aws_ebs_volume',
    { availability_zone: zone(random), size: 100, encrypted: random(5) > 0 },
  ],
  (at, __, random) => [
    'aws_db_instance',
    {
      identifier: `database-${at}`,
      availability_zone: zone(random),
      storage_encrypted: random(5) > 0,
      kms_key_id: random(2) === 0 ? `arn:aws:kms:eu-west-1:123456789012:key/${at}` : null,
    },
  ],
  (_, __, random) => [
    'aws_instance',
    { availability_zone: zone(random), instance_type: 't3.micro', monitoring: true },
  ],
  at => ['aws_iam_role', { name: `role-${at}`, path: '/', max_session_duration: 3600 }],
]

function rule(port: number, cidr: string): object {
  return { from_port: port, to_port: port, protocol: 'tcp', cidr_blocks: [cidr], description: '' }
}

function zone(random: Random): string {
  return `${['eu-west-1', 'eu-central-1', 'us-east-1'][random(30) === 0 ? 2 : random(2)]}${'abc'[random(3)]}`
}

type Random = (below: number) => number

/** The same numbers in each run. */
function randoms(): Random {
  let state = 7
  return below => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >>> 8) % below
  }
}
