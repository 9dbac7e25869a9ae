import { Absent, type Path, type Plain } from '../resource.ts'
import { canonicalPolicy, policySteps } from './canonical-policy.ts'
import { child, type Fields, isFields, isList, manyOf } from './plain.ts'
import type { Field, Plan, Shape } from './plan.ts'

/** A value in the shape that the schema gives its attribute, what is left out filled in. */
export function coerce(field: Field, value: Plain): Plain {
  if (value === undefined) return field.absent
  if (value === null) return field.nothing
  const { shape } = field
  if (shape.kind === 'value') return wrapped(field, value, shape.wrap)
  if (value instanceof Absent) return value
  if (shape.map) return isFields(value) ? mapValues(value, each => one(shape, each)) : field.nothing
  if (shape.many) return blocks(value).map(each => one(shape, each))
  const first = blocks(value)[0]
  return first === undefined ? field.nothing : one(shape, first)
}

/** A copy of the plan's template with what is given, then what the schema does not know, as it is. */
export function coerceFields(plan: Plan, values: Fields): { [name: string]: Plain } {
  const result = { ...plan.template }
  for (const name of Object.keys(values)) {
    const field = plan.byName.get(name)
    if (field !== undefined) result[name] = coerce(field, values[name])
    else if (name !== '__proto__') result[name] = values[name]
  }
  return result
}

/** Where the source wrote what stands at a path of the normalised attributes: a single block is the first of an array there. */
export function sourceSteps(plan: Plan, values: Plain, path: Path): Path {
  const steps: (string | number)[] = []
  let fields: Plan | null = plan
  let at: Plain = values
  for (const [index, step] of path.entries()) {
    steps.push(step)
    at = child(at, step)
    if (typeof step === 'number') continue
    const shape: Shape | undefined = fields?.byName.get(step)?.shape
    fields = shape?.kind === 'block' && !shape.map ? shape.plan : null
    if (shape?.kind === 'value' && shape.of === 'p')
      return [...steps, ...policySteps(at, path.slice(index + 1))]
    if (shape?.kind !== 'block' || shape.many || shape.map || !Array.isArray(at)) continue
    steps.push(0)
    at = child(at, 0)
  }
  return steps
}

/** Sources write a block as an array; a single one may stand alone. */
function blocks(value: Plain): readonly Plain[] {
  return isList(value) ? value.filter(each => each !== null && each !== undefined) : [value]
}

function one(shape: Extract<Shape, { kind: 'block' }>, value: Plain): Plain {
  if (value instanceof Absent && isFields(value.as))
    return manyOf(value, coerceFields(shape.plan, value.as))
  return isFields(value) ? coerceFields(shape.plan, value) : value
}

function wrapped(field: Field, value: Plain, wrap: string): Plain {
  if (field.shape.kind === 'value' && field.shape.of === 'p' && wrap === '')
    return canonicalPolicy(field.path, value) ?? field.nothing
  if (value instanceof Absent) return value
  if (wrap === '') return scalar(field, value)
  const inner = wrap.slice(1)
  if (wrap.startsWith('{'))
    return isFields(value)
      ? mapValues(value, each => wrapped(field, each, inner))
      : mismatch(field, 'map')
  // `["${var.names}"]`: before 0.12 that was how a list was handed on.
  const elements = (isList(value) ? value : [value]).flatMap(each =>
    inner === '' && isList(each) ? each : [each],
  )
  return elements
    .filter(each => each !== null && each !== undefined)
    .map(each => wrapped(field, each, inner))
}

/** Terraform converts between these, and other sources are laxer still. */
function scalar(field: Field, value: Plain): Plain {
  switch (field.shape.kind === 'value' ? field.shape.of : 'a') {
    case 's':
      if (typeof value === 'string') return value
      return typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : mismatch(field, 'string')
    case 'n':
      if (typeof value === 'number') return value
      return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
        ? Number(value)
        : mismatch(field, 'number')
    case 'b':
      if (typeof value === 'boolean') return value
      if (value === 'true' || value === '1' || value === 1) return true
      return value === 'false' || value === '0' || value === 0 ? false : mismatch(field, 'boolean')
    default:
      return value
  }
}

function mismatch(field: Field, wanted: string): Absent {
  return new Absent('unresolved', `${field.path} is not a ${wanted}`)
}

/** Keys are users' data: the copy has no prototype to collide with. */
function mapValues(values: Fields, by: (value: Plain) => Plain): Fields {
  let isSame = true
  const result: { [key: string]: Plain } = Object.create(null)
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === undefined) {
      isSame = false
      continue
    }
    const changed = by(value)
    isSame &&= changed === value
    result[key] = changed
  }
  return isSame ? values : result
}
