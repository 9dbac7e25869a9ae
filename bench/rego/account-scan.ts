// The policies' way through a scan, over an account that is made up here: prints what it took, as JSON.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { evaluate } from '../../src/engine/evaluate.ts'
import { withPolicies } from '../../src/engine/policies.ts'
import { readPolicies } from '../../src/policy/index.ts'
import type { Attributes, Resource } from '../../src/resource.ts'

type Maker = (at: number) => readonly [type: string, service: string, attributes: Attributes]

const makers: readonly Maker[] = [
  at => ['aws_ebs_volume', 'ec2', { encrypted: at % 3 > 0, size: at % 100, type: 'gp3' }],
  at => [
    'aws_db_instance',
    'rds',
    {
      identifier: `thing-${at}`,
      storage_encrypted: at % 7 > 0,
      publicly_accessible: at % 11 === 0,
      engine: 'postgres',
    },
  ],
  at => [
    'aws_s3_bucket',
    's3',
    { bucket: `thing-${at}`, acl: at % 20 === 2 ? 'public-read' : 'private' },
  ],
  at => [
    'aws_security_group',
    'ec2',
    {
      name: `thing-${at}`,
      ingress: [
        {
          from_port: 22,
          to_port: 22,
          protocol: 'tcp',
          cidr_blocks: [at % 40 === 3 ? '0.0.0.0/0' : '10.0.0.0/8'],
        },
      ],
    },
  ],
  at => ['aws_iam_role', 'iam', { name: `thing-${at}`, path: '/' }],
]

const count = Number(process.argv[2])
const started = performance.now()
const now = new Date(0)
const policies = readPolicies(['examples/policy'], process.cwd())
const judged = await evaluate({
  resources: Array.from({ length: count }, (_, at) => resource(at)),
  selection: { settings: {}, load: async () => [] },
  now,
})
const { evaluation } = await withPolicies(judged, {
  policies,
  rules: policies.rules,
  severity: [],
  accountTags: { environment: 'production' },
  now,
})

const out = createWriteStream('/dev/null')
let findings = 0
let lines: string[] = []
for (const { finding } of evaluation.findings()) {
  findings++
  lines.push(JSON.stringify(finding))
  if (lines.length < 1000) continue
  if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
  lines = []
}
process.stdout.write(
  JSON.stringify({
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    seconds: (performance.now() - started) / 1000,
    findings,
    rules: policies.rules.length,
  }),
)

function resource(at: number): Resource {
  const [type, service, attributes] = makers[at % makers.length]?.(at) ?? ['', '', {}]
  const arn = `arn:aws:${service}:eu-west-1:123456789012:${type}/${at}`
  return {
    type,
    id: arn,
    name: `thing-${at}`,
    account: '123456789012',
    region: at % 50 === 0 ? 'us-east-1' : 'eu-west-1',
    attributes: {
      arn,
      tags: { Name: `thing ${at}`, ...(at % 9 > 0 && { owner: 'platform' }) },
      ...attributes,
    },
    partial: false,
    origin: { source: 'aws', address: null, span: null, root: null },
  }
}
