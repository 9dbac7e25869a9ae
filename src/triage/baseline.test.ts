import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UserError } from '../errors.ts'
import { isNew, readBaseline, showBaseline, writeBaseline } from './baseline.ts'
import { sampleFinding } from './sample.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'batten-baseline-'))
const findings = [
  sampleFinding({ Fingerprint: 'b', ResourceId: 'aws_db_instance.b' }),
  sampleFinding({ Fingerprint: 'a', ResourceId: 'aws_db_instance.a\u001b[2J' }),
  sampleFinding({ Fingerprint: 'u', ResourceId: 'aws_db_instance.u', Status: 'UNKNOWN' }),
  sampleFinding({ Fingerprint: 'p', Status: 'PASS' }),
  sampleFinding({ Fingerprint: 'm', Muted: true }),
]

test('writes what fails or is unknown and is not muted, sorted, whole', async () => {
  const dir = folder()
  const file = join(dir, '.batten-baseline.json')
  expect(await writeBaseline(file, findings)).toBe(3)
  const text = readFileSync(file, 'utf8')
  expect(text).toMatchInlineSnapshot(`
    "{
      "version": 1,
      "findings": [
        {"Fingerprint":"a","CheckID":"rds_instance_storage_encrypted","ResourceId":"aws_db_instance.a\\u001b[2J","Status":"FAIL"},
        {"Fingerprint":"b","CheckID":"rds_instance_storage_encrypted","ResourceId":"aws_db_instance.b","Status":"FAIL"},
        {"Fingerprint":"u","CheckID":"rds_instance_storage_encrypted","ResourceId":"aws_db_instance.u","Status":"UNKNOWN"}
      ]
    }
    "
  `)
  await writeBaseline(file, [...findings].reverse())
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect(readdirSync(dir)).toEqual(['.batten-baseline.json'])
})

test('nothing is an empty baseline', async () => {
  const file = join(folder(), 'b.json')
  expect(await writeBaseline(file, [])).toBe(0)
  expect((await readBaseline(file)).entries.size).toBe(0)
})

test('tells what is new', async () => {
  const file = join(folder(), 'b.json')
  await writeBaseline(file, findings)
  const baseline = await readBaseline(file)
  const of = (Fingerprint: string, Status: 'PASS' | 'FAIL' | 'UNKNOWN') =>
    isNew(baseline, sampleFinding({ Fingerprint, Status }))
  expect(of('a', 'FAIL')).toBe(false)
  expect(of('a', 'UNKNOWN')).toBe(false)
  expect(of('a', 'PASS')).toBe(null)
  expect(of('u', 'UNKNOWN')).toBe(false)
  expect(of('u', 'FAIL')).toBe(true)
  expect(of('m', 'FAIL')).toBe(true)
  expect(of('__proto__', 'FAIL')).toBe(true)
})

test('shows a line an entry that is safe on a terminal', async () => {
  const file = join(folder(), 'b.json')
  await writeBaseline(file, findings)
  expect([...showBaseline(await readBaseline(file))]).toEqual([
    'FAIL     rds_instance_storage_encrypted  aws_db_instance.a',
    'FAIL     rds_instance_storage_encrypted  aws_db_instance.b',
    'UNKNOWN  rds_instance_storage_encrypted  aws_db_instance.u',
  ])
})

test.each([
  ['', 'b.json: not JSON'],
  ['{"version": 1, "findings": [', 'b.json: not JSON'],
  ['[]', 'b.json: not a baseline of this version'],
  ['null', 'b.json: not a baseline of this version'],
  ['{"version": 2, "findings": []}', 'b.json: not a baseline of this version'],
  ['{"version": 1, "findings": {}}', 'b.json: not a baseline of this version'],
  ['{"version": 1, "findings": [{}]}', 'b.json: entry 1 is not a finding'],
  [
    '{"version": 1, "findings": [{"Fingerprint":"a","CheckID":"b","ResourceId":"c","Status":"PASS"}]}',
    'b.json: entry 1 is not a finding',
  ],
])('%j is refused', async (text, message) => {
  const file = join(folder(), 'b.json')
  writeFileSync(file, text)
  await expect(readBaseline(file, 'b.json')).rejects.toThrow(UserError)
  await expect(readBaseline(file, 'b.json')).rejects.toThrow(message)
})

test('a file that is not there says how to make one', async () => {
  await expect(readBaseline('/nowhere/b.json', 'b.json')).rejects.toThrow(
    new UserError('baseline b.json does not exist: batten baseline write makes one'),
  )
})

test('what cannot be written leaves nothing behind', async () => {
  const dir = folder()
  mkdirSync(join(dir, 'b.json'))
  await expect(writeBaseline(join(dir, 'b.json'), findings)).rejects.toThrow(UserError)
  expect(readdirSync(dir)).toEqual(['b.json'])
  await expect(writeBaseline('/nowhere/b.json', findings)).rejects.toThrow(
    'cannot be written (ENOENT)',
  )
})
