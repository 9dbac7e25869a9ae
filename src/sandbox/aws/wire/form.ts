import type { NormalizedSchema } from '@smithy/core/schema'
import { scalar } from './scalar.ts'

/** Reads a query or ec2 form body by its operation's input schema; names that the schema lacks are dropped. */
export function readForm(schema: NormalizedSchema, form: URLSearchParams, ec2: boolean): unknown {
  const root: Node = { text: undefined, children: new Map() }
  for (const [key, text] of form) insert(root, key.split('.'), text)
  return schema.isUnitSchema() ? {} : read(schema, root, ec2)
}

interface Node {
  text: string | undefined
  readonly children: Map<string, Node>
}

function insert(root: Node, path: readonly string[], text: string): void {
  let node = root
  for (const step of path.slice(0, deepest)) {
    let child = node.children.get(step)
    if (!child) {
      child = { text: undefined, children: new Map() }
      node.children.set(step, child)
    }
    node = child
  }
  node.text = text
}

/** No input of these services nests deeper. */
const deepest = 32

function read(schema: NormalizedSchema, node: Node, ec2: boolean): unknown {
  if (schema.isStructSchema()) return readStruct(schema, node, ec2)
  if (schema.isListSchema()) return readList(schema, node, ec2)
  if (schema.isMapSchema()) return readMap(schema, node, ec2)
  return scalar(schema, node.text ?? '')
}

function readStruct(schema: NormalizedSchema, node: Node, ec2: boolean): unknown {
  const found: [string, unknown][] = []
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(key(name, member, ec2))
    if (child) found.push([name, read(member, child, ec2)])
  }
  return Object.fromEntries(found)
}

function key(name: string, member: NormalizedSchema, ec2: boolean): string {
  const { xmlName, ec2QueryName } = member.getMergedTraits()
  const plain = typeof xmlName === 'string' ? xmlName : name
  if (!ec2) return plain
  if (typeof ec2QueryName === 'string') return ec2QueryName
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

function readList(schema: NormalizedSchema, node: Node, ec2: boolean): unknown {
  const member = schema.getValueSchema()
  const flat = ec2 || schema.getMergedTraits().xmlFlattened
  const inner = flat ? node : node.children.get(member.getMergedTraits().xmlName ?? 'member')
  return numbered(inner).map(item => read(member, item, ec2))
}

function readMap(schema: NormalizedSchema, node: Node, ec2: boolean): unknown {
  const keys = schema.getKeySchema().getMergedTraits().xmlName ?? 'key'
  const values = schema.getValueSchema().getMergedTraits().xmlName ?? 'value'
  const inner = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry')
  return Object.fromEntries(
    numbered(inner).map(entry => {
      const value = entry.children.get(values)
      return [
        entry.children.get(keys)?.text ?? '',
        value ? read(schema.getValueSchema(), value, ec2) : null,
      ]
    }),
  )
}

function numbered(node: Node | undefined): readonly Node[] {
  return [...(node?.children ?? [])]
    .filter(([index]) => /^\d{1,6}$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item)
}
