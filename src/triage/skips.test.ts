import { describe, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { Absent, type Part, type Path, type Resource } from '../resource.ts'
import { checkNames } from './names.ts'
import { lines, sampleFinding, sampleResource } from './sample.ts'
import { parsePath, skipsAtWork } from './skip-scope.ts'
import { readSkips } from './skips.ts'

const names = checkNames([
  { id: 'rds_instance_storage_encrypted', aliases: ['CKV_AWS_16', 'AWS-0080'] },
  { id: 's3_bucket_public_access', aliases: ['CKV_AWS_20', 'AWS-0086'] },
  { id: 'aws.s3.deny' },
])

function read(text: string, line = 1) {
  return readSkips([{ file: 'main.tf', line, text }], names)
}

function shape(text: string) {
  return read(text).all.map(({ ids, reason, scope, expires, workspace }) => ({
    ids: ids === 'all' ? ids : [...ids],
    reason,
    scope,
    ...(expires === null ? {} : { expires }),
    ...(workspace === null ? {} : { workspace }),
  }))
}

const rds = ['rds_instance_storage_encrypted']
const both = ['rds_instance_storage_encrypted', 's3_bucket_public_access']

describe('what a comment says', () => {
  test.each<[string, object[]]>([
    ['# checkov:skip=CKV_AWS_16', [{ ids: rds, reason: null, scope: 'block' }]],
    [
      '#checkov:skip=CKV_AWS_16:agreed: with all',
      [{ ids: rds, reason: 'agreed: with all', scope: 'block' }],
    ],
    [
      '// bridgecrew:skip= CKV_AWS_16 , CKV_AWS_20: ok',
      [{ ids: both, reason: 'ok', scope: 'block' }],
    ],
    [
      '# cortex:skip=ckv_aws_20',
      [{ ids: ['s3_bucket_public_access'], reason: null, scope: 'block' }],
    ],
    ['/* checkov:skip=CKV_AWS_16:ok */ a = 1', [{ ids: rds, reason: 'ok', scope: 'block' }]],
    ['# checkov:skip=*', []],
    [
      '# batten:skip=rds_instance_storage_encrypted:why not',
      [{ ids: rds, reason: 'why not', scope: 'near' }],
    ],
    ['# batten:skip=CKV_AWS_16,AWS-0086', [{ ids: both, reason: null, scope: 'near' }]],
    [
      '# batten:ignore:AWS-0080:exp:2027-01-31:until the move',
      [{ ids: rds, reason: 'until the move', scope: 'near', expires: '2027-01-31' }],
    ],
    ['# batten:skip=aws.s3.deny', [{ ids: ['aws.s3.deny'], reason: null, scope: 'near' }]],
    ['# batten:skip=*:all of it', [{ ids: 'all', reason: 'all of it', scope: 'near' }]],
    ['# batten:skip=rds_*', [{ ids: rds, reason: null, scope: 'near' }]],
    [
      '#tfsec:ignore:aws-rds-encrypt-instance-storage-data',
      [{ ids: rds, reason: null, scope: 'line' }],
    ],
    [
      '#tfsec:ignore:AVD-AWS-0080 tfsec:ignore:AVD-AWS-0086',
      [
        { ids: rds, reason: null, scope: 'line' },
        { ids: ['s3_bucket_public_access'], reason: null, scope: 'line' },
      ],
    ],
    [
      '# agreed with the owner tfsec:ignore:AWS-0080',
      [{ ids: rds, reason: 'agreed with the owner', scope: 'line' }],
    ],
    [
      '#trivy:ignore:aws-0080:exp:2027-01-31:ws:dev-*',
      [{ ids: rds, reason: null, scope: 'line', expires: '2027-01-31', workspace: 'dev-*' }],
    ],
    ['#trivy:ignore:*', [{ ids: 'all', reason: null, scope: 'line' }]],
    ['#trivy:ignore:aws-rds-*', [{ ids: rds, reason: null, scope: 'line' }]],
    [
      '#trivy:ignore:aws-rds-encrypt-instance-storage-data[name=orders]',
      [{ ids: rds, reason: null, scope: 'line' }],
    ],
    ['# encrypt-instance-storage-data is what it is', []],
    ['# checkov:skip=', []],
    ['# __proto__:skip=a batten:skip=__proto__', []],
  ])('%s', (text, expected) => {
    expect(shape(text)).toEqual(expected)
  })

  test('lines of a long comment are counted', () => {
    const skips = read('/*\n * batten:skip=CKV_AWS_16:a\n * batten:skip=CKV_AWS_20:b\n */', 5)
    expect(skips.all.map(({ line, reason }) => [line, reason])).toEqual([
      [6, 'a'],
      [7, 'b'],
    ])
  })

  test('names that nobody has are told once each', () => {
    const comments = [3, 9].map(line => ({
      file: 'a.tf',
      line,
      text: '# checkov:skip=CKV_AWS_999,CKV_AWS_16',
    }))
    const { warnings, all } = readSkips(comments, names)
    expect(warnings).toEqual([
      { message: 'the skip of CKV_AWS_999 names no check (2 places)', file: 'a.tf', line: 3 },
    ])
    expect(all).toHaveLength(2)
  })

  test('a day that no calendar has skips nothing', () => {
    const { warnings, all } = read('# tfsec:ignore:AWS-0080:exp:2026-02-31')
    expect(all).toEqual([])
    expect(warnings[0]?.message).toContain("'2026-02-31' is not a day")
  })

  test('a long comment ends', () => {
    const text = `${'batten:skip=a,'.repeat(50_000)}${'trivy:ignore:a[['.repeat(50_000)}`
    expect(read(text).all).toEqual([])
  })
})

interface Scene {
  readonly comment: string
  readonly line: number
  readonly file?: string
  readonly finding?: Partial<Finding>
  readonly resource?: Resource
  readonly now?: string
  readonly workspace?: string
}

function work({
  comment,
  line,
  file = 'main.tf',
  now = '2026-06-15T12:00:00Z',
  workspace = 'default',
}: Scene) {
  const skips = readSkips([{ file, line, text: comment }], names)
  return skipsAtWork(skips, { now: new Date(now), workspace, selected: () => true })
}

/** The block is lines 10 to 20, the finding points at line 12. */
function isSkipped(scene: Scene): boolean {
  const finding = sampleFinding(scene.finding)
  return work(scene).find(finding, scene.resource ?? sampleResource()) !== null
}

describe('where a comment counts', () => {
  const checkov = '# checkov:skip=CKV_AWS_16:ok'
  const batten = '# batten:skip=CKV_AWS_16:ok'
  const trivy = '# trivy:ignore:AWS-0080'

  test.each([
    [checkov, 9, false],
    [checkov, 10, true],
    [checkov, 15, true],
    [checkov, 20, true],
    [checkov, 21, false],
    [batten, 8, false],
    [batten, 9, true],
    [batten, 15, true],
    [batten, 21, false],
    [trivy, 8, false],
    [trivy, 9, true],
    [trivy, 10, true],
    [trivy, 11, true],
    [trivy, 12, true],
    [trivy, 13, false],
    [trivy, 20, false],
  ])('%s in line %i: %s', (comment, line, expected) => {
    expect(isSkipped({ comment, line })).toBe(expected)
  })

  test('not in another file', () => {
    expect(isSkipped({ comment: checkov, line: 12, file: 'other.tf' })).toBe(false)
  })

  test('not for another check', () => {
    expect(isSkipped({ comment: '# checkov:skip=CKV_AWS_20', line: 12 })).toBe(false)
  })

  test('an attribute of several lines', () => {
    const finding = { StartLine: 12, EndLine: 15 }
    expect(isSkipped({ comment: trivy, line: 14, finding })).toBe(true)
    expect(isSkipped({ comment: trivy, line: 16, finding })).toBe(false)
  })

  test('comments below one another all speak of the line after them', () => {
    const comments = [7, 8, 9].map(line => ({
      file: 'main.tf',
      line,
      text: `# trivy:ignore:${line === 7 ? 'AWS-0080' : 'AWS-0086'}`,
    }))
    const { find } = skipsAtWork(readSkips(comments, names), {
      now: new Date(0),
      workspace: '',
      selected: () => true,
    })
    expect(find(sampleFinding(), sampleResource())?.line).toBe(7)
  })

  test('above a nested block', () => {
    const locate = (path: Path) => (path.length === 1 ? lines(14, 16) : lines(15, 15))
    const scene = {
      finding: {
        StartLine: 15,
        EndLine: 15,
        Evidence: [{ Path: 'ingress[0].cidr_blocks', Value: '', File: null, Line: null }],
      },
      resource: sampleResource({}, { locate }),
    }
    expect(isSkipped({ comment: trivy, line: 13, ...scene })).toBe(true)
    expect(isSkipped({ comment: trivy, line: 14, ...scene })).toBe(true)
    expect(isSkipped({ comment: trivy, line: 16, ...scene })).toBe(false)
  })

  test.each([
    [checkov, 32, true],
    [checkov, 41, false],
    [batten, 29, true],
    [trivy, 29, true],
    [trivy, 32, false],
  ])('a module call covers its resources: %s in line %i: %s', (comment, line, expected) => {
    const blocks = [lines(10, 20, 'modules/db/main.tf'), lines(30, 40)]
    const finding = { File: 'modules/db/main.tf' }
    expect(isSkipped({ comment, line, finding, resource: sampleResource({}, { blocks }) })).toBe(
      expected,
    )
  })

  test('a split piece: its block and the parent that it was folded into', () => {
    const piece = sampleResource(
      { id: 'aws_rule.ssh', type: 'aws_rule' },
      { address: 'aws_rule.ssh', blocks: [lines(50, 60)] },
    )
    const other = sampleResource(
      { id: 'aws_rule.web', type: 'aws_rule' },
      { address: 'aws_rule.web', blocks: [lines(70, 80)] },
    )
    const parts: readonly Part[] = [
      { at: ['ingress', 0], of: piece, path: [] },
      { at: ['ingress', 1], of: other, path: [] },
    ]
    const scene = {
      finding: { FaultAddress: 'aws_rule.ssh', StartLine: 52, EndLine: 52 },
      resource: sampleResource({ parts }),
    }
    expect(isSkipped({ comment: checkov, line: 55, ...scene })).toBe(true)
    expect(isSkipped({ comment: checkov, line: 15, ...scene })).toBe(true)
    expect(isSkipped({ comment: checkov, line: 75, ...scene })).toBe(false)
    expect(isSkipped({ comment: trivy, line: 51, ...scene })).toBe(true)
    expect(isSkipped({ comment: trivy, line: 49, ...scene })).toBe(true)
    expect(isSkipped({ comment: trivy, line: 9, ...scene })).toBe(true)
  })
})

describe('under which terms', () => {
  test.each([
    ['2026-06-15', true],
    ['2026-06-14', false],
  ])('until %s: %s', (day, expected) => {
    expect(isSkipped({ comment: `# trivy:ignore:AWS-0080:exp:${day}`, line: 12 })).toBe(expected)
  })

  test.each([
    ['dev', 'dev', true],
    ['dev', 'prod', false],
    ['d*v', 'dev', true],
    ['*', 'prod', true],
  ])('workspace %s in %s: %s', (wanted, workspace, expected) => {
    const comment = `# trivy:ignore:AWS-0080:ws:${wanted}`
    expect(isSkipped({ comment, line: 12, workspace })).toBe(expected)
  })

  test.each([
    ['engine=mysql', true],
    ['engine=postgres', false],
    ['port=3306', true],
    ['tags.env=dev', true],
    ['ingress.from_port=22', true],
    ['ingress.from_port=23', false],
    ['engine=mysql,port=1', false],
    ['hidden=x', false],
    ['__proto__=x', false],
    ['constructor.name=Object', false],
  ])('with the attribute %s: %s', (condition, expected) => {
    const attributes = {
      engine: 'mysql',
      port: 3306,
      tags: { env: 'dev' },
      ingress: [{ from_port: 80 }, { from_port: 22 }],
      hidden: new Absent('unresolved', 'var.x has no value'),
    }
    const comment = `# trivy:ignore:AWS-0080[${condition}]`
    expect(isSkipped({ comment, line: 12, resource: sampleResource({ attributes }) })).toBe(
      expected,
    )
  })
})

describe('remarks', () => {
  const remarks = (scene: Scene, finding: Partial<Finding> | null = {}) => {
    const { find, warnings } = work(scene)
    if (finding) find(sampleFinding(finding), sampleResource())
    return warnings()
  }
  const at = { file: 'main.tf', line: 12 }

  test('a skip that is used and gives a reason gets none', () => {
    expect(remarks({ comment: '# checkov:skip=CKV_AWS_16:agreed', line: 12 })).toEqual([])
  })

  test.each<[string, string, Partial<Finding> | null]>([
    ['# checkov:skip=CKV_AWS_16', 'checkov:skip=CKV_AWS_16 gives no reason', {}],
    ['# checkov:skip=CKV_AWS_16:a', 'checkov:skip=CKV_AWS_16 skips nothing that fails', null],
    [
      '# checkov:skip=CKV_AWS_16:a',
      'checkov:skip=CKV_AWS_16 skips nothing that fails',
      { Status: 'PASS' },
    ],
    [
      '# tfsec:ignore:AWS-0080:exp:2020-01-01',
      'tfsec:ignore:AWS-0080:exp:2020-01-01 has expired and skips nothing',
      {},
    ],
  ])('%s: %s', (comment, message, finding) => {
    expect(remarks({ comment, line: 12 }, finding)).toEqual([{ message, ...at }])
  })

  test('checks that did not run are not called unused', () => {
    const skips = read('# checkov:skip=CKV_AWS_16:a')
    const { warnings } = skipsAtWork(skips, {
      now: new Date(0),
      workspace: '',
      selected: () => false,
    })
    expect(warnings()).toEqual([])
  })
})

test.each<[string, Path]>([
  ['ingress[0].cidr_blocks', ['ingress', 0, 'cidr_blocks']],
  ['tags["a b"]', ['tags', 'a b']],
  ['tags["a\\"]b"].c', ['tags', 'a"]b', 'c']],
  ['', []],
])('path %j', (text, path) => {
  expect(parsePath(text)).toEqual(path)
})
