import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql'
import { graphqlPackage } from '../../../packages.ts'
import { type Machine, spend } from '../../eval/machine.ts'
import { isObject } from '../../value/kind.ts'
import type { Value } from '../../value/value.ts'
import { BuiltinFailure, type BuiltinFunction, failure } from '../builtin.ts'
import { string, wrongType } from '../operands.ts'
import { completeSchema } from './schema.ts'
import { queryAst, schemaAst } from './to-ast.ts'
import { queryText, schemaText } from './to-text.ts'

export const graphql: Readonly<Record<string, BuiltinFunction>> = {
  'graphql.parse': (m, a, b) => {
    const query = readQuery(m, a)
    const schema = readSchema(m, b)
    checkQuery(query, buildSchema(schema))
    return [queryAst(query, m.legacy), schemaAst(schema, m.legacy)]
  },
  'graphql.parse_and_verify': (m, a, b) =>
    orElse([false, {}, {}], () => {
      const query = readQuery(m, a)
      const schema = readSchema(m, b)
      checkQuery(query, buildSchema(schema))
      return [true, queryAst(query, m.legacy), schemaAst(schema, m.legacy)]
    }),
  'graphql.parse_query': (m, a) => queryAst(parseText(m, string(a, 1), true), m.legacy),
  'graphql.parse_schema': (m, a) => schemaAst(parseText(m, string(a, 1), false), m.legacy),
  'graphql.is_valid': (m, a, b) =>
    orElse(false, () => {
      checkQuery(readQuery(m, a), buildSchema(readSchema(m, b)))
      return true
    }),
  'graphql.schema_is_valid': (m, a) =>
    orElse(false, () => {
      buildSchema(readSchema(m, a))
      return true
    }),
}

function orElse(fallback: Value, run: () => Value): Value {
  try {
    return run()
  } catch (error) {
    if (error instanceof BuiltinFailure && error.code === 'eval_builtin_error') return fallback
    throw error
  }
}

function readQuery(m: Machine, value: Value): DocumentNode {
  if (typeof value === 'string') return parseText(m, value, true)
  if (isObject(value)) return parseText(m, queryText(value), true)
  throw wrongType(0, value, 'string', 'object')
}

function readSchema(m: Machine, value: Value): DocumentNode {
  if (typeof value === 'string') return parseText(m, value, false)
  if (isObject(value)) return parseText(m, schemaText(value), false)
  throw wrongType(1, value, 'string', 'object')
}

/** An empty text is a document without definitions; a query holds no types, and a schema no operations. */
function parseText(m: Machine, text: string, isQuery: boolean): DocumentNode {
  spend(m, text.length)
  const { Kind, parse } = graphqlPackage()
  if (/^(?:[\s,\uFEFF]|#[^\n\r]*)*$/.test(text)) return { kind: Kind.DOCUMENT, definitions: [] }
  return guarded(() => {
    const document = parse(text, { allowLegacyFragmentVariables: true, maxTokens: 200_000 })
    for (const definition of document.definitions) {
      const executable =
        definition.kind === 'OperationDefinition' || definition.kind === 'FragmentDefinition'
      if (executable === isQuery) continue
      const token = definition.loc?.startToken
      const reason = `Unexpected ${token?.kind ?? ''} ${JSON.stringify(token?.value ?? '')}`
      throw failure(place(reason, token?.line, token?.column))
    }
    return document
  })
}

function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof graphqlPackage().GraphQLError) throw failure(describe(error))
    if (error instanceof RangeError) throw failure('GraphQL document is nested too deeply')
    throw error
  }
}

function describe({ message, locations }: GraphQLError): string {
  const reason = message
    .replace(/^Syntax Error: /, '')
    .replace(/\.$/, '')
    .replace(/"([^\w"\s]+)"/g, '$1')
  const [at] = locations ?? []
  return place(reason, at?.line, at?.column)
}

function place(reason: string, line: number | undefined, column: number | undefined): string {
  if (line === undefined) return reason
  return `${reason} in GraphQL string at location ${line}:${column ?? 0}`
}

function buildSchema(document: DocumentNode): GraphQLSchema {
  const { buildASTSchema, validateSchema } = graphqlPackage()
  return guarded(() => {
    const complete = completeSchema(document)
    const [problem] = validateSchema(checkedSchema(complete)).filter(
      ({ message }) => !message.startsWith('Query root type must be provided'),
    )
    if (problem !== undefined) throw failure(describe(problem))
    // A schema without a query type would be refused again.
    return buildASTSchema(complete, { assumeValid: true })
  })
}

function checkedSchema(document: DocumentNode): GraphQLSchema {
  const { buildASTSchema, GraphQLError } = graphqlPackage()
  try {
    return buildASTSchema(document)
  } catch (error) {
    if (error instanceof GraphQLError || !(error instanceof Error)) throw error
    throw failure(error.message)
  }
}

function checkQuery(query: DocumentNode, schema: GraphQLSchema): void {
  guarded(() => {
    const [problem] = graphqlPackage().validate(schema, query)
    if (problem !== undefined) throw failure(describe(problem))
  })
}
