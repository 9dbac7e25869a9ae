// 200,000 resources × 20 checks in which nothing is absent: `npm run bench:engine`. Prints judgements a second,
// the findings streamed as ndjson, and the memory that it took. With --traced, one attribute of each is absent; a
// number as the last argument is that of the resources.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { type Check, check, type ResourceType } from '../src/check.ts'
import { evaluate } from '../src/engine/evaluate.ts'
import { Absent, type Attributes, type Resource } from '../src/resource.ts'

const traced = process.argv.includes('--traced')
const resources = Array.from({ length: Number(process.argv.at(-1)) || 200_000 }, (_, at) =>
  volume(at),
)
const checks = Array.from({ length: 20 }, (_, at) => made(at))

const started = performance.now()
const evaluation = await evaluate({
  resources,
  selection: { settings: {}, load: async () => checks },
  now: new Date(0),
})
const judged = performance.now()
const { pass, fail, unknown } = evaluation.counts
const total = pass + fail + unknown
const perSecond = total / ((judged - started) / 1000)
print(`${count(total)} judgements in ${seconds(judged - started)}: ${count(perSecond)} a second`)
print(`  ${count(pass)} pass, ${count(fail)} fail, ${count(unknown)} unknown; ${memory()}`)

const out = createWriteStream('/dev/null')
let findings = 0
let bytes = 0
let lines: string[] = []
for (const { finding } of evaluation.findings()) {
  findings++
  lines.push(JSON.stringify(finding))
  if (lines.length === 1000) await flush()
}
await flush()
print(
  `${count(findings)} findings as ndjson in ${seconds(performance.now() - judged)}: ${count(bytes)} bytes; ${memory()}`,
)
const isFast = traced || perSecond >= 1_000_000
const isSmall = process.resourceUsage().maxRSS < 1024 * 1024
print(isFast && isSmall ? 'holds: 1,000,000 a second, under 1 GB' : 'does not hold')
process.exitCode = isFast && isSmall ? 0 : 1

async function flush(): Promise<void> {
  const chunk = `${lines.join('\n')}\n`
  lines = []
  bytes += chunk.length
  if (!out.write(chunk)) await once(out, 'drain')
}

function volume(at: number): Resource {
  const id = `arn:aws:ec2:eu-west-1:123456789012:volume/vol-${at.toString(16).padStart(17, '0')}`
  const attributes: Attributes = {
    arn: traced ? new Absent('unresolved', 'arn is known after apply') : id,
    encrypted: at % 3 !== 0,
    kms_key_id: at % 5 === 0 ? undefined : 'arn:aws:kms:eu-west-1:123456789012:key/1',
    size: at % 100,
    type: 'gp3',
    tags: { Name: `volume ${at}`, Owner: 'platform' },
    attachments: [{ device: '/dev/sdf', delete_on_termination: at % 2 === 0 }],
  }
  return {
    type: 'aws_ebs_volume',
    id,
    name: `volume ${at}`,
    account: '123456789012',
    region: 'eu-west-1',
    attributes,
    partial: traced,
    origin: { source: 'aws', address: null, span: null, root: null },
  }
}

interface Volume {
  readonly encrypted: boolean
  readonly kms_key_id: string | undefined
  readonly size: number
  readonly type: string
  readonly attachments: readonly { readonly delete_on_termination: boolean }[]
}

function made(at: number): Check {
  const passes: readonly ((volume: Volume) => boolean)[] = [
    volume => volume.encrypted,
    volume => volume.kms_key_id !== undefined,
    volume => volume.size > at,
    volume => volume.type === 'gp3' && volume.encrypted,
    volume => volume.attachments.every(each => each.delete_on_termination),
  ]
  const pass = passes[at % passes.length] ?? (() => true)
  return check<ResourceType>('aws_ebs_volume', {
    id: `ec2_ebs_volume_made_${at}`,
    title: 'EBS volumes are as they have to be',
    severity: 'medium',
    why: 'Because.',
    fix: 'Set `encrypted = true`.',
    pass: pass as (volume: unknown) => boolean,
    bad: [],
    set: { encrypted: true },
  })
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function memory(): string {
  return `peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`
}
