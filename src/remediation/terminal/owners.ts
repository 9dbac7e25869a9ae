import { readFileSync } from 'node:fs'
import { UserError } from '../../errors.ts'
import { jsonFault } from '../../text.ts'

/** What a Terraform state owns: the ARN or id of each of its resources → its address. */
export function ownersOf(file: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  for (const resource of list(read(file), 'resources')) {
    if (member(resource, 'mode') !== 'managed') continue
    const address = [member(resource, 'module'), member(resource, 'type'), member(resource, 'name')]
      .filter(part => typeof part === 'string')
      .join('.')
    for (const instance of list(resource, 'instances')) {
      const arn = member(member(instance, 'attributes'), 'arn')
      if (typeof arn === 'string') owners.set(arn, `${address} in ${file}`)
    }
  }
  return owners
}

function read(file: string): unknown {
  let state: unknown
  try {
    state = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${jsonFault(error)}`)
  }
  if (!Array.isArray(member(state, 'resources'))) {
    throw new UserError(`${file} is no Terraform state (terraform state pull writes one)`)
  }
  return state
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name)
  return Array.isArray(found) ? found : []
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? new Map(Object.entries(value)).get(name)
    : undefined
}
