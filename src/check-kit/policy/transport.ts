import type { Condition, PolicyDocument, Statement } from '../../vocabulary/policy-document.ts'
import { both, either } from '../decide.ts'
import { contains, equals, filled, type Text } from '../text.ts'
import { parse } from './condition.ts'
import { holdsEveryone } from './principal.ts'
import { isAboutAction, isDeny, isEmpty } from './statement.ts'
import { anything } from './wildcard.ts'

/** Whether a bucket's policy denies everyone every request on its objects that comes without TLS. */
export function requiresTls(document: PolicyDocument): boolean {
  return document.Statement.some(statement =>
    both(
      () => isDeny(statement),
      () => statement.Principal !== undefined && holdsEveryone(statement.Principal),
      () => isAboutAction(statement, `s3:${anything}`),
      () => isAboutAllObjects(statement),
      () => !isEmpty(statement.Condition) && statement.Condition.every(asksForPlainHttp),
    ),
  )
}

function isAboutAllObjects(statement: Statement): boolean {
  return statement.Resource.some(isAllObjects)
}

/** `*`, `arn:aws:s3:::logs/*`, `${aws_s3_bucket.logs.arn}/*`; a prefix within the bucket is not all. */
function isAllObjects(resource: Text): boolean {
  if (/^(?:arn:[^:]*:s3:::)?[^/]*\/\*$/.test(filled(resource, '-') ?? '')) return true
  return equals(resource, '*') || contains(resource, /^arn:[^:]*:s3:::\*+$/)
}

function asksForPlainHttp(test: Condition): boolean {
  return both(
    () => equals(test.key, 'aws:securetransport'),
    () =>
      either(
        () => asks(test, affirming, 'false'),
        () => asks(test, negating, 'true'),
      ),
  )
}

const affirming = new Set(['bool', 'stringequals', 'stringequalsignorecase', 'stringlike'])
const negating = new Set(['stringnotequals', 'stringnotequalsignorecase', 'stringnotlike'])

function asks(test: Condition, operators: ReadonlySet<string>, wanted: string): boolean {
  return both(
    () => operators.has(parse(test.operator).base),
    () => test.values.some(value => equals(value, wanted)),
  )
}
