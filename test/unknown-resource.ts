import { Absent, type Attributes, type Plain, type Resource } from '../src/resource.ts'
import type { Tables } from '../src/vocabulary/load.ts'
import type { Field, Plan } from '../src/vocabulary/plan.ts'

/** Resources of a type of which nothing is known: no attribute, or of the shapes that they may have no content. */
export function unknownResources(
  tables: Tables,
  type: string,
  source: 'terraform' | 'aws',
): { readonly whole: Resource; readonly shaped: readonly Resource[] } {
  const plan = tables.types.get(type)?.plan('code')
  if (!plan) throw new Error(`the vocabulary does not describe ${type}`)
  const made = (attributes: Attributes): Resource => ({
    type,
    id: `${type}.unknown`,
    name: 'unknown',
    account: null,
    region: null,
    attributes,
    partial: true,
    origin: { source, address: null, span: null, root: null },
  })
  return {
    whole: made(unknownWhole(plan)),
    shaped: [made(shaped(plan, nothing)), made(shaped(plan, hole))],
  }
}

export const nothing = new Absent('unresolved', 'nothing is known')
const hole = new Absent('unresolved', 'nothing is known', { parts: [null] })

function unknownWhole(plan: Plan): Attributes {
  return Object.fromEntries([...plan.byName.keys()].map(name => [name, nothing]))
}

function shaped(plan: Plan, leaf: Absent): Attributes {
  return Object.fromEntries(
    [...plan.byName.values()].map(field => [field.name, shapeOf(field, leaf)]),
  )
}

function shapeOf({ shape }: Field, leaf: Absent): Plain {
  if (shape.kind === 'block') {
    if (shape.map) return leaf
    return shape.many ? [shaped(shape.plan, leaf)] : shaped(shape.plan, leaf)
  }
  if (shape.of === 'p') return policy(leaf)
  return /^[[<]/.test(shape.wrap) ? [leaf] : leaf
}

function policy(leaf: Absent): Plain {
  const list = [leaf]
  const principals = { AWS: list, Service: list, Federated: list, CanonicalUser: list }
  const statement = {
    Sid: leaf,
    Effect: leaf,
    Principal: principals,
    NotPrincipal: undefined,
    Action: list,
    NotAction: [],
    Resource: list,
    NotResource: [],
    Condition: [{ operator: leaf, key: leaf, values: list }],
  }
  return { Version: leaf, Id: leaf, Statement: [statement] }
}
