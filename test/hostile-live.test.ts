import { expect, test } from 'vitest'
import { formats, loadReporter } from '../src/reporters/index.ts'
import { sampleReport } from '../src/reporters/sample.ts'
import type { Estate } from '../src/sandbox/aws/estate.ts'
import type { FaultKind } from '../src/sandbox/aws/faults.ts'
import { liveScan } from './live-scan.ts'

const encryption = 'ec2_ebs_volume_encryption'
const evil = `=1+1 <script>alert(1)</script> \u202e [x](javascript:1) '"; $(touch x) \`id\``
const volumes = (VolumeId = 'vol-1', Tags: { Key: string; Value: string }[] = []): Estate => ({
  ec2: { 'us-east-1': { Volumes: [{ VolumeId, Encrypted: false, Tags }] } },
})
const answer = (inner: string) =>
  `<?xml version="1.0"?>\n<DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>${inner}</DescribeVolumesResponse>`

test.each<[string, FaultKind]>([
  [
    'entities that multiply',
    {
      body: `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${[...'bcdefghij'].map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghij'[at]};`.repeat(10)}">`).join('')}]>\n<DescribeVolumesResponse><requestId>&j;</requestId><volumeSet><item><volumeId>&j;</volumeId></item></volumeSet></DescribeVolumesResponse>`,
    },
  ],
  [
    'an entity of a file',
    {
      body: '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<DescribeVolumesResponse><requestId>r</requestId><volumeSet><item><volumeId>&a;</volumeId></item></volumeSet></DescribeVolumesResponse>',
    },
  ],
  ['elements without end', { body: `<a>${'<a>'.repeat(200_000)}` }],
  ['elements within elements', { body: answer(`${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`) }],
  ['no list', { body: answer('') }],
  ['JSON', { body: '{"Volumes": []}' }],
  ['__proto__', { body: answer('<__proto__><polluted>1</polluted></__proto__>') }],
  ['items without an id', { body: answer('<volumeSet><item><size>1</size></item></volumeSet>') }],
])('%s is no account without faults', async (_, fault) => {
  const { findings, summary } = await liveScan(volumes(), {
    checks: [encryption],
    faults: [{ operation: 'DescribeVolumes', fault }],
  })
  expect(findings.filter(({ Status }) => Status === 'PASS')).toEqual([])
  expect(JSON.stringify(findings)).not.toContain('root:')
  expect(JSON.stringify(findings).length).toBeLessThan(20_000)
  expect(summary.exit).not.toBe(0)
  expect(Object.getOwnPropertyDescriptor(Object.prototype, 'polluted')).toBeUndefined()
})

test('names, tags and ids that try every format come out as data', async () => {
  const tags = [
    { Key: 'Name', Value: evil },
    { Key: evil, Value: evil },
    { Key: '__proto__', Value: evil },
  ]
  const { findings, summary } = await liveScan(volumes(`vol-${evil}`, tags), {
    checks: [encryption],
  })
  expect(findings).toMatchObject([{ Status: 'FAIL', Region: 'us-east-1' }])
  for (const format of formats) {
    const { render } = await loadReporter(format)
    const text = [...render(sampleReport(findings, summary))].join('')
    expect(text).not.toContain('\u202e')
    if (format === 'html' || format === 'markdown') expect(text).not.toContain('<script>alert')
    if (format === 'csv') expect(text).not.toMatch(/(^|[,"])[=+@-]1/m)
  }
})

test.each([
  'x.attacker.example/#',
  'a@127.0.0.1',
  '127.0.0.1:1/?',
  '../..',
  'us-east-1\r\nHost: x',
  '',
  'x'.repeat(5_000),
])('a region called %j is no host', async RegionName => {
  const { summary, sandbox, findings } = await liveScan(
    {
      ...volumes(),
      regions: [
        { RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' },
        { RegionName, OptInStatus: 'opt-in-not-required' },
      ],
    },
    { checks: [encryption], aws: { regions: [] } },
  )
  expect(new Set(sandbox.calls.map(({ region }) => region))).toEqual(new Set(['us-east-1']))
  expect(findings.filter(({ Status }) => Status === 'FAIL')).toHaveLength(1)
  if (RegionName !== '') expect(summary.gaps).toMatchObject([{ kind: 'regions' }])
  expect(JSON.stringify(summary).length).toBeLessThan(5_000)
})

test.each(['a/../b', 'a?x=y', 'a#b', 'a%2fb', '..', 'a b', 'a\nb', 'A_B', '169.254.169.254'])(
  'a bucket called %j is asked for under its name, or is a gap',
  async Name => {
    const { findings, sandbox, summary } = await liveScan(
      { s3: { buckets: [{ Name }, { Name: 'good', versioning: { Status: 'Enabled' } }] } },
      { checks: ['s3_bucket_object_versioning'] },
    )
    const asked = sandbox.calls
      .filter(({ operation }) => operation === 'GetBucketVersioning')
      .map(({ input }) => input.Bucket)
    expect(asked.every(bucket => bucket === Name || bucket === 'good')).toBe(true)
    const other = findings.filter(({ ResourceName }) => ResourceName !== 'good')
    expect(other.map(({ Status }) => Status)).not.toContain('PASS')
    expect(findings.find(({ ResourceName }) => ResourceName === 'good')?.Status).toBe('PASS')
    expect(summary.gaps.length).toBe(other.some(({ Status }) => Status === 'UNKNOWN') ? 1 : 0)
  },
)
