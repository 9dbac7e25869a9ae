import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UserError } from '../errors.ts'
import type { Finding } from '../finding.ts'
import { inspectMutelist, parseMutelist, readMutelist } from './mutelist.ts'
import { mutesOf } from './mutes.ts'
import { checkNames } from './names.ts'
import { liveFinding, sampleFinding } from './sample.ts'

const names = checkNames([
  { id: 's3_bucket_public_access', aliases: ['CKV_AWS_20', 'AWS-0086'] },
  { id: 'rds_instance_storage_encrypted', aliases: ['CKV_AWS_16', 'AWS-0080'] },
  { id: 'awslambda_function_url_public' },
])
const now = new Date('2026-06-15T12:00:00Z')

function entry(body: string, check = "'*'", account = "'*'"): string {
  return `Mutelist:
  Accounts:
    ${account}:
      Checks:
        ${check}:
${body
  .split('\n')
  .map(line => `          ${line}`)
  .join('\n')}
`
}

function mutes(yaml: string, selected: (id: string) => boolean = () => true) {
  return mutesOf(parseMutelist(yaml, 'mutes.yaml'), { names, now, selected })
}

function isMuted(yaml: string, fields: Partial<Finding> = {}, live = true): boolean {
  return mutes(yaml).find(live ? liveFinding(fields) : sampleFinding(fields)) !== null
}

const all = "Regions: ['*']\nResources: ['*']"

describe('what an entry matches', () => {
  test.each<[string, string, Partial<Finding>, boolean]>([
    ['everything', entry(all), {}, true],
    ['the check', entry(all, 'rds_instance_storage_encrypted'), {}, true],
    ['another check', entry(all, 's3_bucket_public_access'), {}, false],
    ['a part of the check', entry(all, 'rds_instance'), {}, true],
    ['a pattern of the check', entry(all, 'rds_*_encrypted'), {}, true],
    ['a name that Checkov gives it', entry(all, 'CKV_AWS_16'), {}, true],
    ['that name in small letters', entry(all, 'ckv_aws_16'), {}, true],
    ['a part of such a name', entry(all, 'CKV_AWS_1'), {}, false],
    ['a name that Trivy gives it', entry(all, 'AVD-AWS-0080'), {}, true],
    [
      'the old name of a service',
      entry(all, 'lambda_function_url_public'),
      { CheckID: 'awslambda_function_url_public' },
      true,
    ],
    ['the account', entry(all, "'*'", "'123456789012'"), {}, true],
    ['the account without quotes', entry(all, "'*'", '123456789012'), {}, true],
    [
      'an account with a leading zero',
      entry(all, "'*'", '012345678901'),
      { AccountId: '012345678901' },
      true,
    ],
    ['a part of the account', entry(all, "'*'", "'1234*'"), {}, false],
    ['the region', entry("Regions: ['eu-west-1']\nResources: ['*']"), {}, true],
    ['a pattern of the region', entry("Regions: ['eu-*']\nResources: ['*']"), {}, true],
    ['another region', entry("Regions: ['us-east-1']\nResources: ['*']"), {}, false],
    [
      'one of several regions',
      entry("Regions: ['us-east-1', 'eu-west-1']\nResources: ['*']"),
      {},
      true,
    ],
    ['no region', entry("Regions: []\nResources: ['*']"), {}, false],
    ['the name', entry("Regions: ['*']\nResources: ['orders']"), {}, true],
    ['a part of the name', entry("Regions: ['*']\nResources: ['rder']"), {}, true],
    ['the name with other capitals', entry("Regions: ['*']\nResources: ['Orders']"), {}, false],
    [
      'the id at the end of the ARN',
      entry("Regions: ['*']\nResources: ['^db-1$']"),
      { ResourceId: 'arn:aws:rds:eu-west-1:123456789012:db/db-1' },
      true,
    ],
    ['a service in the middle of the ARN', entry("Regions: ['*']\nResources: ['rds']"), {}, false],
    ['the ARN', entry("Regions: ['*']\nResources: ['arn:aws:rds:*:db:orders']"), {}, true],
    ['a tag', entry(`${all}\nTags: ['env=dev']`), { ResourceTags: { env: 'dev' } }, true],
    [
      'a part of a tag',
      entry(`${all}\nTags: ['env=dev']`),
      { ResourceTags: { env: 'development' } },
      true,
    ],
    [
      'only one of two tags',
      entry(`${all}\nTags: ['env=dev', 'team=a']`),
      { ResourceTags: { env: 'dev' } },
      false,
    ],
    [
      'both tags',
      entry(`${all}\nTags: ['env=dev', 'team=a']`),
      { ResourceTags: { env: 'dev', team: 'a' } },
      true,
    ],
    [
      'one tag or the other',
      entry(`${all}\nTags: ['env=dev|team=a']`),
      { ResourceTags: { team: 'a' } },
      true,
    ],
    [
      'tags in order',
      entry(`${all}\nTags: ['a=1 \\| b=2']`),
      { ResourceTags: { a: '1', b: '2' } },
      true,
    ],
    ['a tag where there is none', entry(`${all}\nTags: ['env=dev']`), {}, false],
    ['an empty list of tags', entry(`${all}\nTags: []`), {}, true],
    ['tags without a value', entry(`${all}\nTags:`), {}, true],
    [
      '__proto__',
      entry("Regions: ['*']\nResources: ['__proto__']", "'*'"),
      { ResourceName: '__proto__' },
      true,
    ],
    ['__proto__ as a check', entry(all, '__proto__'), {}, false],
  ])('%s', (_, yaml, fields, expected) => {
    expect(isMuted(yaml, fields)).toBe(expected)
  })
})

describe('exceptions', () => {
  const except = (body: string) => entry(`${all}\nExceptions:\n  ${body.replaceAll('\n', '\n  ')}`)
  test.each<[string, string, boolean]>([
    ['of the resource', "Resources: ['orders']", false],
    ['of another resource', "Resources: ['audit']", true],
    ['of the resource in another region', "Resources: ['orders']\nRegions: ['us-east-1']", true],
    ['of the resource in its region', "Resources: ['orders']\nRegions: ['eu-west-1']", false],
    ['of a pattern of the account', "Accounts: ['1234']", false],
    ['of a tag', "Tags: ['env=prod']", false],
    ['of all of its tags', "Tags: ['env=prod', 'team=b']", true],
    ['of nothing', 'Resources: []', true],
    ['without lists', 'Resources:', true],
  ])('%s', (_, body, expected) => {
    expect(isMuted(except(body), { ResourceTags: { env: 'prod' } })).toBe(expected)
  })

  const two = (first: string, second: string) => `Mutelist:
  Accounts:
    '*':
      Checks:
        '${first}':
          Regions: ['*']
          Resources: ['*']
${first === 'rds_*' ? "          Exceptions: {Resources: ['orders']}\n" : ''}        '${second}':
          Regions: ['*']
          Resources: ['*']
${second === 'rds_*' ? "          Exceptions: {Resources: ['orders']}\n" : ''}`

  test('the rules after an exception that matches are not looked at', () => {
    expect(isMuted(two('rds_*', 'rds_instance_*'))).toBe(false)
  })

  test('the rules before it have spoken', () => {
    expect(isMuted(two('rds_instance_*', 'rds_*'))).toBe(true)
  })

  test('another account is asked after it', () => {
    const yaml = `${entry(`${all}\nExceptions: {Resources: ['orders']}`, "'*'", "'123456789012'")}    '*':
      Checks:
        '*': {Regions: ['*'], Resources: ['*']}
`
    expect(isMuted(yaml)).toBe(true)
  })
})

describe('code', () => {
  test.each<[string, string, boolean]>([
    ['every account', entry(all), true],
    ['a certain account', entry(all, "'*'", "'123456789012'"), false],
    ['the name', entry("Regions: ['*']\nResources: ['^orders$']"), true],
    ['the address', entry("Regions: ['*']\nResources: ['^module.db.aws_db_instance.main$']"), true],
    [
      'the address spelt out with its key',
      entry(`Regions: ['*']\nResources: ['module.db["a"].aws_db_instance.main[0]']`),
      true,
    ],
    ['a type', entry("Regions: ['*']\nResources: ['aws_db_instance']"), true],
  ])('%s', (_, yaml, expected) => {
    const Address = yaml.includes('[0]')
      ? 'module.db["a"].aws_db_instance.main[0]'
      : 'module.db.aws_db_instance.main'
    expect(isMuted(yaml, { Address, ResourceId: Address }, false)).toBe(expected)
  })

  test('no region is matched by * only', () => {
    expect(
      isMuted(entry("Regions: ['eu-west-1']\nResources: ['*']"), { Region: null }, false),
    ).toBe(false)
    expect(isMuted(entry(all), { Region: null }, false)).toBe(true)
  })
})

describe('reason and end', () => {
  test.each([
    ['Reason: agreed until the move', 'agreed until the move'],
    ['Description: from Prowler', 'from Prowler'],
    ['Reason: mine\nDescription: other', 'mine'],
    ['', null],
    ["Reason: ''", null],
  ])('%j gives %j', (line, reason) => {
    expect(mutes(entry(`${all}\n${line}`)).find(liveFinding())?.reason).toBe(reason)
  })

  test.each([
    ['2026-06-15', true],
    ['2026-06-14', false],
    ['2027-01-01', true],
  ])('until %s: %s', (day, expected) => {
    expect(isMuted(entry(`${all}\nExpires: ${day}`))).toBe(expected)
  })
})

describe('mistakes', () => {
  test.each([
    ['nothing', '', 'mutes.yaml: the mutelist is empty'],
    ['a comment', '# nothing\n', 'the file must be a mapping'],
    ['a text', 'Mutelist', 'mutes.yaml:1:1: the file must be a mapping'],
    [
      'another key',
      'Allowlist: {}',
      "mutes.yaml:1:1: the file has no key 'Allowlist'; its keys are Mutelist",
    ],
    ['no accounts', 'Mutelist: {}', 'mutes.yaml:1:11: Accounts is missing'],
    [
      'accounts as a list',
      'Mutelist:\n  Accounts: []',
      'mutes.yaml:2:13: Accounts must be a mapping',
    ],
    ['no checks', "Mutelist:\n  Accounts:\n    '*': {}", 'mutes.yaml:3:5: Checks is missing'],
    ['an unknown key', entry(`${all}\nResource: [a]`), "mutes.yaml:8:11: * has no key 'Resource'"],
    [
      'a region as a text',
      entry("Regions: '*'\nResources: ['*']"),
      'mutes.yaml:6:20: Regions must be a list',
    ],
    [
      'a list in a list',
      entry("Regions: [['*']]\nResources: ['*']"),
      'mutes.yaml:6:21: an item of Regions must be a text',
    ],
    ['no resources', entry("Regions: ['*']"), 'mutes.yaml:5:9: Resources is missing'],
    [
      'a bad pattern',
      entry("Regions: ['*']\nResources: ['a(']"),
      "mutes.yaml:7:23: the pattern 'a(' cannot be used: missing closing )",
    ],
    ['a look-behind', entry("Regions: ['*']\nResources: ['(?<!a)b']"), 'look-around'],
    ['a bad check', entry(all, "'['"), "mutes.yaml:5:9: the pattern '[' cannot be used"],
    [
      'not a day',
      entry(`${all}\nExpires: 2026-02-30`),
      "mutes.yaml:8:20: Expires must be a day such as 2027-01-31, not '2026-02-30'",
    ],
    [
      'a check that stands twice',
      `${entry(all, 'a')}        a:\n          Regions: []\n`,
      "mutes.yaml:8:9: 'a' stands twice in Checks of account *, first in line 5",
    ],
    [
      'an account that stands twice',
      `${entry(all)}    '*':\n      Checks: {}\n`,
      "mutes.yaml:8:5: '*' stands twice in Accounts, first in line 3",
    ],
    ['YAML that is none', 'Mutelist: {', 'mutes.yaml:1:12: '],
    ['a tab', 'Mutelist:\n\tAccounts: {}', 'mutes.yaml:2:1: '],
    ['two documents', 'Mutelist:\n  Accounts: {}\n---\na: b\n', 'mutes.yaml:3'],
    ['an anchor that is none', 'Mutelist: *x', "mutes.yaml:1:11: no anchor is called 'x'"],
    ['a mapping in itself', 'Mutelist: &a\n  Accounts: *a\n', 'mutes.yaml:2:'],
  ])('%s', (_, yaml, message) => {
    expect(() => parseMutelist(yaml, 'mutes.yaml')).toThrow(UserError)
    expect(() => parseMutelist(yaml, 'mutes.yaml')).toThrow(message)
  })

  test('a file that is not there', async () => {
    await expect(readMutelist('/nowhere/mutes.yaml', 'mutes.yaml')).rejects.toThrow(
      new UserError('mutelist mutes.yaml does not exist'),
    )
  })

  test('a folder', async () => {
    await expect(readMutelist(tmpdir(), 'here')).rejects.toThrow('mutelist here cannot be read')
  })

  test('a file with its byte order mark and CRLF', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'batten-')), 'mutes.yaml')
    writeFileSync(file, `\ufeff${entry(all).replaceAll('\n', '\r\n')}`)
    expect((await readMutelist(file)).entries).toHaveLength(1)
  })

  test('an alias bomb ends', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `a${index}`)
    const bomb = `Mutelist:
  Accounts:
    x: &x
      Checks: &checks
${names.map(name => `        ${name}: {Regions: [r, s, t], Resources: [r, s, t]}`).join('\n')}
${names.map(name => `    ${name}: *x`).join('\n')}
`
    expect(() => parseMutelist(bomb, 'mutes.yaml')).toThrow('expands to more than 200000 values')
  })

  test('a hundred thousand brackets end', () => {
    expect(() => parseMutelist(`Mutelist: ${'['.repeat(100_000)}`, 'mutes.yaml')).toThrow(UserError)
  })
})

test('anchors and merges are followed', () => {
  const yaml = `Mutelist:
  Accounts:
    '1':
      Checks:
        a: &a
          Regions: ['*']
          Resources: ['x']
        b:
          <<: *a
          Resources: ['y']
        c: *a
`
  const entries = parseMutelist(yaml, 'mutes.yaml').entries
  expect(
    entries.map(({ check, regions, resources }) =>
      [check, ...regions, ...resources].map(pattern => pattern.source),
    ),
  ).toEqual([
    ['a', '*', 'x'],
    ['b', '*', 'y'],
    ['c', '*', 'x'],
  ])
})

describe('remarks', () => {
  const remarks = (
    yaml: string,
    findings: readonly Finding[],
    selected?: (id: string) => boolean,
  ) => {
    const work = mutes(yaml, selected)
    for (const finding of findings) work.find(finding)
    return work.warnings().map(({ message, line }) => `${line}: ${message}`)
  }

  test('used entries that say what they mean get none', () => {
    expect(
      remarks(entry("Regions: ['eu-*']\nResources: ['orders']", 'rds_instance_storage_encrypted'), [
        liveFinding(),
      ]),
    ).toEqual([])
  })

  test.each([
    ['everything', entry(all), '5: this entry mutes every check of every resource: 2 findings'],
    [
      'unused',
      entry("Regions: ['*']\nResources: ['nobody']", 'rds_*'),
      '5: the mute of rds_* mutes nothing that fails',
    ],
    [
      'expired',
      entry(`${all}\nExpires: 2020-01-01`, 'rds_*'),
      '5: the mute of rds_* has expired and mutes nothing',
    ],
    ['nobody', entry(all, 'nothing_like_it'), '5: the mute of nothing_like_it names no check'],
    [
      'part of a check',
      entry(all, 'rds_instance'),
      "5: the mute's check 'rds_instance' matches only a part of 'rds_instance_storage_encrypted' (2 findings): write ^rds_instance$ if it means no other",
    ],
    [
      'part of a name',
      entry("Regions: ['*']\nResources: ['order']", 'rds_*'),
      "5: the mute's resource 'order' matches only a part of 'orders' (2 findings): write ^order$ if it means no other",
    ],
    [
      'part of a region',
      entry("Regions: ['west']\nResources: ['*']", 'rds_*'),
      "5: the mute's region 'west' matches only a part of 'eu-west-1' (2 findings): write ^west$ if it means no other",
    ],
  ])('%s', (_, yaml, message) => {
    expect(remarks(yaml, [liveFinding(), liveFinding()])).toEqual([message])
  })

  test('an anchor is meant', () => {
    expect(remarks(entry("Regions: ['*']\nResources: ['^ord']", 'rds_*'), [liveFinding()])).toEqual(
      [],
    )
  })

  test('part of a tag', () => {
    const yaml = entry(`${all}\nTags: ['env=dev']`, 'rds_*')
    const finding = liveFinding({ ResourceTags: { env: 'development' } })
    expect(remarks(yaml, [finding])).toEqual([
      "5: the mute's tag 'env=dev' matches only a part of 'env=development': write ^env=dev$ if it means no other",
    ])
  })

  test('what passes does not count as used', () => {
    const yaml = entry(all, 'rds_instance_storage_encrypted')
    expect(remarks(yaml, [liveFinding({ Status: 'PASS' })])).toHaveLength(1)
  })

  test('checks that did not run are not called unused', () => {
    expect(remarks(entry(all, 'rds_*'), [], () => false)).toEqual([])
  })

  test('what `mutes check` says', () => {
    const yaml = `Mutelist:
  Accounts:
    '*':
      Checks:
        '*': {Regions: ['*'], Resources: ['*']}
        rds_*: {Regions: [], Resources: ['*'], Reason: why, Expires: 2020-01-01}
        CKV_AWS_20: {Regions: ['*'], Resources: ['*'], Reason: why}
        nobody: {Regions: ['*'], Resources: ['*'], Reason: why}
`
    const warnings = inspectMutelist(parseMutelist(yaml, 'mutes.yaml'), { names, now })
    expect(warnings.map(({ message, line }) => `${line}: ${message}`)).toEqual([
      '5: mute of * in account * has no Reason',
      '5: mute of * in account * mutes every check of every resource',
      '6: mute of rds_* in account * has expired and mutes nothing',
      '6: mute of rds_* in account * mutes nothing: a list of it is empty',
      '8: mute of nobody in account * names no check',
    ])
  })
})

test('tags are asked for only where they are read', () => {
  expect(mutes(entry(all)).needsTags).toBe(false)
  expect(mutes(entry(`${all}\nTags: ['a=b']`)).needsTags).toBe(true)
  expect(mutes(entry(`${all}\nExceptions: {Tags: ['a=b']}`)).needsTags).toBe(true)
})
