import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { batten, findings, folder } from './cli.ts'

const top = resolve(import.meta.dirname, '..')
const policy = `package good

import rego.v1

deny contains sprintf("%s has no owner", [name]) if {
	some name, bucket in input.resource.aws_s3_bucket
	not bucket.tags.owner
}
`
const other = `package other

import rego.v1

deny contains "other" if input.resource.aws_s3_bucket[_]
`
const code = `variable "owner" {}
resource "aws_s3_bucket" "a" {}
resource "aws_s3_bucket" "b" {
  tags = { owner = var.owner }
}
`
const files = { 'infra/main.tf': code, 'policy/good.rego': policy }

/** A folder with a program that is called opa and answers as `answer` says: the body of a function of its arguments. */
function fake(answer: string, version = '1.14.1'): string {
  const at = folder({
    opa: `#!${process.execPath}
const fs = require('node:fs')
const args = process.argv.slice(2)
fs.appendFileSync(__dirname + '/calls', JSON.stringify([process.cwd(), ...args]) + '\\n')
const say = value => console.log(JSON.stringify(value))
const asked = args.at(-1)
if (args[0] === 'version') console.log('Version: ${version}')
else if (args[0] === 'capabilities')
  say({ builtins: [{ name: 'http.send' }, { name: 'opa.runtime' }, { name: 'plus' }], allow_net: ['x'] })
else { ${answer} }
`,
  })
  chmodSync(`${at}/opa`, 0o755)
  return at
}

/** What a fake says of rules: a list a rule, as `[v | v := data…]` gives it. */
function values(...lists: readonly unknown[]): string {
  return `say({ result: [{ bindings: { x: ${JSON.stringify(lists)} } }] })`
}

function scan(
  opa: string,
  more: Readonly<Record<string, string>> = {},
  ...args: readonly string[]
) {
  const cwd = folder({ ...files, ...more })
  const command = ['iac', 'infra', '--policy-dir', 'policy', '--engine', 'opa', ...args]
  const run = batten([...command, '--format', 'json'], {
    cwd,
    env: { PATH: opa },
  })
  const list: readonly { readonly [field: string]: unknown }[] =
    run.out === '' ? [] : JSON.parse(run.out)
  return {
    ...run,
    said: list
      .filter(({ CheckID, Status }) => Status !== 'PASS' && /^(good|other)\./.test(String(CheckID)))
      .map(
        ({ Status, ResourceId, StatusExtended }) => `${Status} ${ResourceId}: ${StatusExtended}`,
      ),
  }
}

const unknownB = 'UNKNOWN aws_s3_bucket.b: S3 Bucket b cannot be judged: var.owner has no value'

describe.skipIf(process.platform === 'win32')('--engine opa', () => {
  test('says in one line that there is none, for scans, tests and queries, before anything else', () => {
    const cwd = folder(files)
    for (const args of [
      ['iac', 'infra', '--policy-dir', 'policy', '--engine', 'opa'],
      ['policy', 'test', '--engine', 'opa'],
      ['policy', 'eval', '1', '--engine', 'opa'],
    ])
      expect(batten(args, { cwd, env: { PATH: folder({}) } })).toEqual({
        code: 2,
        out: '',
        err: 'batten: --engine opa: there is no opa on the PATH; install Open Policy Agent 1.0.0 or newer, or leave --engine out\n',
      })
  })

  test('takes none from a relative folder of the PATH: what is scanned may hold one', () => {
    const cwd = fake('say({})')
    const run = batten(['policy', 'eval', '1', '--engine', 'opa'], {
      cwd,
      env: { PATH: `.${delimiter}` },
    })
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining('no opa on the PATH') })
    expect(existsSync(`${cwd}/calls`)).toBe(false)
  })

  test.each([
    ['one that is too old', fake('', '0.61.0'), 'is version 0.61.0; 1.0.0 or newer is wanted'],
    ['one that does not say', fake('', 'unknown'), 'does not say its version'],
    [
      'one that breaks',
      fake('console.error("boom\\nat x"); process.exit(3)'),
      'ended with 3: boom',
    ],
  ])('says of %s what is wrong with it', (_, opa, message) => {
    const { code, out, err } = scan(opa)
    expect([code, out]).toEqual([2, ''])
    expect(err).toBe(`batten: --engine opa: ${opa}/opa ${message}\n`)
  })

  test('gives opa no network, one bundle of both dialects, and leaves nothing behind', () => {
    const opa = fake(
      `const dir = process.cwd()
       const caps = JSON.parse(fs.readFileSync(args[args.indexOf('--capabilities') + 1]))
       const input = JSON.parse(fs.readFileSync(args[args.indexOf('--input') + 1]))
       fs.writeFileSync(__dirname + '/seen', JSON.stringify({
         caps, input, manifest: JSON.parse(fs.readFileSync('.manifest')),
         data: JSON.parse(fs.readFileSync('data.json')),
       }))
       ${values([[]], [[]])}`,
    )
    const old = 'package old\n\ndeny[x] { x := input.resource.aws_s3_bucket[_].acl }\n'
    scan(opa, { 'policy/old.rego': old, 'policy/lists/data.yaml': 'names: [a]\n' })
    const seen = JSON.parse(readFileSync(`${opa}/seen`, 'utf8'))
    expect(seen).toEqual({
      caps: { builtins: [{ name: 'plus' }], allow_net: [] },
      input: {
        account_tags: {},
        resource: { aws_s3_bucket: { a: {}, b: { tags: {} } } },
        resources: [
          expect.objectContaining({ id: 'aws_s3_bucket.a', values: {} }),
          expect.objectContaining({ id: 'aws_s3_bucket.b', unknown: ['tags.owner'] }),
        ],
      },
      manifest: {
        roots: [''],
        rego_version: 1,
        file_rego_versions: {
          '/modules/00000.rego': 1,
          '/modules/00001.rego': 1,
          '/modules/00002.rego': 0,
        },
      },
      data: { lists: { names: ['a'] } },
    })
    const [, , last] = readFileSync(`${opa}/calls`, 'utf8').split('\n')
    expect(existsSync(JSON.parse(last ?? '')[0])).toBe(false)
  })

  test('what it denies is what counts; what is not known stays UNKNOWN; where both differ is said', () => {
    // opa takes what is unknown for absent, and so denies b too.
    const same = scan(fake(values([['a has no owner', 'b has no owner']])))
    expect(same.said).toEqual(['FAIL aws_s3_bucket.a: a has no owner', unknownB])
    expect(same.err).not.toContain('only')
    const less = scan(fake(values([[]])))
    expect(less.said).toEqual([unknownB])
    expect(less.err).toContain(
      "warning: good.deny: only Batten's own engine gives 'a has no owner'",
    )
    const more = scan(fake(values([['a has no owner', 'a is odd']])))
    expect(more.said).toEqual([
      'FAIL aws_s3_bucket.a: a has no owner',
      'FAIL aws_s3_bucket.a: a is odd',
      unknownB,
    ])
    expect(more.err).toContain("warning: good.deny: only opa gives 'a is odd'")
  })

  test('a rule that breaks there is UNKNOWN and a gap; the others run', () => {
    const broken = `say({ errors: [{ code: 'eval_conflict_error', message: 'two', location: { file: 'modules/00001.rego', row: 5, col: 1 } }] })`
    const opa = fake(
      `asked.includes('"good"') ? ${broken} : ${values([['other']])}`.replace(
        '? say',
        '? void say',
      ),
    )
    const { said, err, code } = scan(opa, { 'policy/other.rego': other })
    expect(said).toEqual([
      'FAIL aws_s3_bucket.a: other',
      unknownB,
      'FAIL aws_s3_bucket.b: other',
      expect.stringMatching(/^UNKNOWN \.: good\.deny could not be evaluated: .*eval_conflict/),
    ])
    expect(err).toContain('gap: good.deny: policy/good.rego:5: eval_conflict_error: two')
    expect(code).toBe(1)
  })

  test('a policy that it refuses is a gap; the others run', () => {
    const opa = fake(
      `asked.includes('"good"')
         ? void say({ errors: [{ code: 'rego_type_error', message: 'no', location: { file: 'modules/00001.rego', row: 5, col: 3 } }] })
         : void ${values([['other']])}`,
    )
    const { said, err } = scan(opa, { 'policy/other.rego': other })
    expect(said).toContain('FAIL aws_s3_bucket.a: other')
    expect(said.join('\n')).not.toContain('has no owner')
    expect(err).toContain('gap: good.deny: policy/good.rego:5: rego_type_error: no')
  })
})

const real = spawnSync('opa', ['version']).error === undefined
const word = real ? '' : ' (skipped: there is none on the PATH)'
const seed = resolve(top, '../shared/bars/fixtures/seed')

describe.skipIf(!real)(`with a real opa${word}`, () => {
  const both = (args: readonly string[], cwd = top) =>
    (['batten', 'opa'] as const).map(engine => {
      const { code, list, err } = findings([...args, '--engine', engine], { cwd })
      return { code, list, err }
    })

  test('the policies to begin with find the same in the estate', () => {
    const [own, opa] = both([
      'iac',
      'examples/estate',
      '--policy-dir',
      'examples/policy',
      '--account-tag',
      'environment=production',
    ])
    expect(own?.list.filter(({ CheckID }) => CheckID.startsWith('org_')).length).toBeGreaterThan(20)
    expect(opa).toEqual(own)
  })

  test.skipIf(!existsSync(seed))('the policy with a wildcard under not finds the same', () => {
    const [own, opa] = both([
      'iac',
      `${seed}/old`,
      '--policy-dir',
      `${seed}/policy`,
      '--account-tag',
      'environment=production',
    ])
    expect(own?.list.some(({ CheckID }) => CheckID === 'aws.s3.deny')).toBe(true)
    expect(opa).toEqual(own)
  })

  test('rules of every form find the same, and what breaks breaks alike', () => {
    const cwd = folder({
      'infra/main.tf': code,
      'policy/forms.rego': `package forms

deny_object[msg] if {
	some name, _ in input.resource.aws_s3_bucket
	msg := sprintf("o %s", [name])
}

deny_detail[msg] := {"severity": "high", "resource": name} if {
	some name, _ in input.resource.aws_s3_bucket
	msg := sprintf("d %s", [name])
}

deny_list := [sprintf("l %s", [name]) | some name, _ in input.resource.aws_s3_bucket]

deny_true if input.resource.aws_s3_bucket.a

deny_fields contains {"msg": "f", "path": "tags", "resource": name} if {
	some name, _ in input.resource.aws_s3_bucket
}

deny_number contains 1 if input.resource.aws_s3_bucket.a

deny_twice := name if some name, _ in input.resource.aws_s3_bucket

deny_none contains "none" if {
	some name, bucket in input.resource.aws_s3_bucket
	count([1 | not bucket.ingress[_].port == 22]) == 1
}

deny_time contains sprintf("%d", [time.now_ns()]) if 1577836800000000000 > time.now_ns()
`,
      'policy/old.rego':
        'package old\n\nviolation[{"msg": msg}] { n := count(input.resources); msg := sprintf("%d", [n]) }\n',
    })
    const [own, opa] = both(['iac', 'infra', '--policy-dir', 'policy'], cwd)
    const ids = own?.list.map(({ CheckID, Status }) => `${Status} ${CheckID}`)
    for (const id of ['FAIL forms.deny_object', 'FAIL forms.deny_none', 'FAIL old.violation'])
      expect(ids).toContain(id)
    expect(ids).toContain('UNKNOWN forms.deny_twice')
    expect(withoutTails(opa)).toEqual(withoutTails(own))
  })

  test('tests and queries come to the same', () => {
    const cwd = folder({
      'policy/q.rego': 'package q\n\np if input.a\n\nr if input.b\n',
      'policy/q_test.rego': `package q_test

import data.q

test_double[note] if {
	some note, tc in {"one": {"in": 1, "want": 2}, "two": {"in": 2, "want": 5}}
	tc.in * 2 == tc.want
}

test_p if q.p with input.a as 1

test_p if { print("said", 1); not q.p with input.a as 1 }

todo_test_x if false
`,
    })
    const run = (engine: string, ...args: readonly string[]) => {
      const { code, out } = batten(['policy', ...args, '--engine', engine], { cwd })
      return { code, out: out.replace(/"duration": \\d+/g, '').replace(/time="[^"]*"/g, '') }
    }
    for (const args of [
      ['test'],
      ['test', '--coverage', '--run', 'test_p$'],
      ['test', '--threshold', '90', '--run', 'test_p$'],
      ['test', '--format', 'junit'],
      ['eval', 'x := [1, 2][_]', '--format', 'json'],
      ['eval', 'data.q', '--data', 'policy'],
      ['eval', 'input.none'],
    ])
      expect(run('opa', ...args)).toEqual(run('batten', ...args))
    expect(run('opa', 'test').out).toContain('FAIL: 2/5')
    const failing = batten(['policy', 'test', '--engine', 'opa', '--coverage'], { cwd })
    expect(failing).toMatchObject({
      code: 1,
      err: 'batten: opa tells no coverage while a test fails\n',
    })
    writeFileSync(`${cwd}/policy/bad.rego`, 'package bad\n\np if x\n')
    const { code: bad, err } = batten(['policy', 'test', '--engine', 'opa'], { cwd })
    expect(bad).toBe(2)
    expect(err).toMatch(/^policy\/bad\.rego:3:\d+: rego_unsafe_var_error: var x is unsafe\n$/)
  })
})

/** OPA adds to some of its messages in newer releases. */
function withoutTails(run: { readonly list: readonly object[] } | undefined): unknown {
  return JSON.parse(
    JSON.stringify(run).replace(/(produce multiple outputs)[^"\\]*?( in infra)?(?=["\\])/g, '$1'),
  )
}
