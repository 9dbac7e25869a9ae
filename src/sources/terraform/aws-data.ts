import { string, Unknown, unknown, type Value } from '../../lang/hcl/index.ts'
import type { DataCall, DataEvaluator } from '../../lang/hcl/module/data-source.ts'

/** What AWS's data sources answer that needs no account to know, in whole or in part. */
export const awsData: ReadonlyMap<string, DataEvaluator> = new Map<string, DataEvaluator>([
  [
    'aws_region',
    call => {
      const region = text(call, 'region') ?? text(call, 'name') ?? regionOf(call)
      return region === undefined ? null : named(['id', 'name', 'region'], string(region))
    },
  ],
  [
    'aws_partition',
    call => {
      const region = regionOf(call)
      if (region === undefined) return null
      const { partition, suffix } = partitionOf(region)
      const reverse = suffix.split('.').reverse().join('.')
      return new Map([
        ...named(['id', 'partition'], string(partition)),
        ['dns_suffix', string(suffix)],
        ['reverse_dns_prefix', string(reverse)],
      ])
    },
  ],
  [
    'aws_service_principal',
    call => {
      const service = text(call, 'service_name')
      if (service === undefined) return null
      const region = text(call, 'region') ?? regionOf(call)
      const name =
        region === undefined
          ? open(call, 'name', hole => [`${service}.`, hole])
          : string(`${service}.${partitionOf(region).suffix}`)
      return named(['id', 'name'], name)
    },
  ],
  [
    'aws_iam_policy',
    call => {
      const name = text(call, 'name')
      // AWS's own, or one of the account's, on whatever path.
      return name === undefined
        ? null
        : new Map([['arn', open(call, 'arn', hole => ['arn:', hole, ':iam::', hole, `/${name}`])]])
    },
  ],
  [
    'aws_s3_bucket',
    ({ body }) => {
      const bucket = body.attributes.get('bucket')?.value()
      return bucket === undefined ? null : named(['id', 'bucket'], bucket)
    },
  ],
  [
    'aws_vpc_endpoint_service',
    call => {
      const service = text(call, 'service')
      if (service === undefined) return null
      const region = text(call, 'service_region') ?? regionOf(call)
      const name = open(call, 'service_name', hole => [
        'com.amazonaws.',
        region ?? hole,
        `.${service}`,
      ])
      return new Map([['service_name', name]])
    },
  ],
])

function text({ body }: DataCall, name: string): string | undefined {
  const value = body.attributes.get(name)?.value().v
  return typeof value === 'string' && value !== '' ? value : undefined
}

function regionOf({ provider }: DataCall): string | undefined {
  const value = provider()?.attributes.get('region')?.value().v
  return typeof value === 'string' && value !== '' ? value : undefined
}

function partitionOf(region: string): { readonly partition: string; readonly suffix: string } {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', suffix: 'amazonaws.com.cn' }
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  return { partition, suffix: 'amazonaws.com' }
}

function named(names: readonly string[], value: Value): ReadonlyMap<string, Value> {
  return new Map(names.map(name => [name, value]))
}

/** Text of which the account or the region decides the rest. */
function open(
  { address }: DataCall,
  name: string,
  make: (hole: Unknown) => readonly (string | Unknown)[],
): Value {
  const reason = `${address}.${name} is known only when Terraform runs`
  const parts = make(new Unknown(reason))
  return parts.some(part => part instanceof Unknown)
    ? unknown('string', new Unknown(reason, { parts: joined(parts) }))
    : string(parts.join(''))
}

function joined(parts: readonly (string | Unknown)[]): readonly (string | Unknown)[] {
  const pieces: (string | Unknown)[] = []
  for (const part of parts) {
    const last = pieces.at(-1)
    if (typeof part === 'string' && typeof last === 'string')
      pieces[pieces.length - 1] = last + part
    else pieces.push(part)
  }
  return pieces
}
