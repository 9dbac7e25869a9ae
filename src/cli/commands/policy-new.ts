import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../../errors.ts'
import { starter } from '../../policy/starter.ts'
import { parseArguments } from '../arguments.ts'
import type { Flag } from '../flags.ts'

export const flags: readonly Flag[] = [
  {
    name: 'dir',
    kind: 'text',
    value: 'DIR',
    group: 'general',
    help: 'folder of policies (default policy)',
  },
  {
    name: 'type',
    kind: 'text',
    value: 'TYPE',
    group: 'general',
    help: 'resource type that it is about (default aws_s3_bucket)',
  },
]

const keywords =
  'as|contains|data|default|else|every|false|if|import|in|input|not|null|package|set|some|true|with'

/** `batten policy new NAME`: a policy to begin with, and its tests. */
export default async function policyNew(args: readonly string[]): Promise<number> {
  const about = 'Write a policy to begin with, and its tests.'
  const parsed = parseArguments({ name: 'policy new', about, paths: 'NAME' }, flags, args)
  const [name, ...more] = parsed.paths
  if (name === undefined || more.length > 0) throw new UserError('usage: batten policy new NAME')
  const parts = name.split('.')
  if (
    !parts.every(part => /^[A-Za-z_]\w*$/.test(part) && !new RegExp(`^(${keywords})$`).test(part))
  )
    throw new UserError(`'${name}' is no package name; write one like aws.s3.owners`)
  const { dir = 'policy', type = 'aws_s3_bucket' } = parsed.flags
  if (!/^[a-z]\w*$/.test(String(type))) throw new UserError(`'${type}' is no resource type`)
  const { policy, test } = starter(name, String(type))
  const file = join(String(dir), ...parts)
  const written = [
    [`${file}.rego`, policy],
    [`${file}_test.rego`, test],
  ] as const
  for (const [path] of written)
    if (existsSync(path)) throw new UserError(`${path} is there already`)
  for (const [path, text] of written) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    process.stdout.write(`${path}\n`)
  }
  return 0
}
