import type { Reading } from './json-expression.ts'

/**
 * JSON does not say what is a block and what an argument: this does, for what Terraform itself defines.
 * Blocks of providers stay arguments; objects and arrays of objects say the same as blocks would.
 */
export interface BodySchema {
  readonly blocks: ReadonlyMap<string, BlockSchema>
  /** Arguments whose strings are not templates. */
  readonly readings: ReadonlyMap<string, Reading>
}

export interface BlockSchema {
  readonly labels: number
  readonly body: BodySchema
}

const noBlocks: ReadonlyMap<string, BlockSchema> = new Map()
const noReadings: ReadonlyMap<string, Reading> = new Map()
const open: BodySchema = { blocks: noBlocks, readings: noReadings }

const lifecycle = body(
  { precondition: block(0), postcondition: block(0) },
  { ignore_changes: 'expression', replace_triggered_by: 'expression' },
)
const connection = block(0)
const dynamicContent: BodySchema = {
  // A dynamic block may hold another; one level of knowledge refers to itself.
  get blocks() {
    return dynamicBlocks
  },
  readings: noReadings,
}
const dynamicBlocks: ReadonlyMap<string, BlockSchema> = new Map([
  [
    'dynamic',
    block(1, {
      blocks: new Map([['content', { labels: 0, body: dynamicContent }]]),
      readings: new Map([['iterator', 'expression']]),
    }),
  ],
])

const resource: BodySchema = {
  blocks: new Map([
    ...dynamicBlocks,
    ['lifecycle', block(0, lifecycle)],
    ['connection', connection],
    ['provisioner', block(1, body({ connection }, {}))],
  ]),
  readings: new Map([
    ['depends_on', 'expression'],
    ['provider', 'expression'],
  ]),
}

export const fileSchema: BodySchema = body(
  {
    resource: block(2, resource),
    data: block(2, resource),
    ephemeral: block(2, resource),
    module: block(1, body({}, { depends_on: 'expression', providers: 'expression' })),
    variable: block(
      1,
      body({ validation: block(0) }, { type: 'expression', default: 'text', description: 'text' }),
    ),
    output: block(1, body({ precondition: block(0) }, { depends_on: 'expression' })),
    provider: block(1),
    locals: block(0),
    terraform: block(
      0,
      body(
        {
          backend: block(1),
          cloud: block(0),
          required_providers: block(0),
          provider_meta: block(1),
        },
        {},
      ),
    ),
    moved: block(0, body({}, { from: 'expression', to: 'expression' })),
    import: block(0, body({}, { to: 'expression', provider: 'expression' })),
    removed: block(0, body({ lifecycle: block(0) }, { from: 'expression' })),
    check: block(1, body({ data: block(2, resource), assert: block(0) }, {})),
  },
  {},
)

function block(labels: number, inner: BodySchema = open): BlockSchema {
  return { labels, body: inner }
}

function body(
  blocks: Readonly<Record<string, BlockSchema>>,
  readings: Readonly<Record<string, Reading>>,
): BodySchema {
  return { blocks: new Map(Object.entries(blocks)), readings: new Map(Object.entries(readings)) }
}
