import type { Condition, PolicyDocument, Statement } from '../../vocabulary/policy-document.ts'
import { both, either, every, some } from '../decide.ts'
import { equals, isOneOf, startsWith, type Text } from '../text.ts'
import { parse } from './condition.ts'
import { speaksOfStrangers } from './principal.ts'
import { isAboutAction, isAllow, isDeny } from './statement.ts'

/** Whether the policy asks enclaves to prove what they are at all. */
export function speaksOfAttestation(document: PolicyDocument): boolean {
  return document.Statement.some(statement =>
    statement.Condition.some(test => startsWith(test.key, attestation)),
  )
}

/** Grants of what an enclave uses its key for. */
export function grantsOfSecrets(document: PolicyDocument): readonly Statement[] {
  return document.Statement.filter(statement =>
    both(
      () => isAllow(statement),
      () => some(secretActions, action => isAboutAction(statement, action)),
    ),
  )
}

/** Whether the grant is for enclaves that prove to be a certain one. */
export function asksForAttestation(statement: Statement): boolean {
  return statement.Condition.some(test =>
    both(
      () => startsWith(test.key, attestation),
      () => isNarrow(test, statement.Condition),
    ),
  )
}

/** Whether a Deny keeps out whoever proves nothing, whatever the grant says. */
export function isTakenBack(document: PolicyDocument, grant: Statement): boolean {
  return every(secretActions, action =>
    either(
      () => !isAboutAction(grant, action),
      () => document.Statement.some(deny => deniesUnproved(deny, action)),
    ),
  )
}

/** Whether the grant says where the enclave has to run, and not only what it has to be. */
export function bindsDeployment(statement: Statement): boolean {
  return statement.Condition.some(test =>
    both(
      () =>
        either(
          () => isOneOf(test.key, placed),
          () => isOneOf(test.key, accounts),
        ),
      () => isNarrow(test, statement.Condition),
    ),
  )
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-nitro-enclaves.html */
const secretActions = [
  'kms:Decrypt',
  'kms:DeriveSharedSecret',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
]
const attestation = 'kms:recipientattestation:'
/** The parent's role, the parent itself, and who signed the image; the others travel with the image. */
const placed = ['pcr3', 'pcr4', 'pcr8'].map(register => `${attestation}${register}`)
const accounts = [
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:resourceaccount',
  'aws:sourceaccount',
]

function isNarrow(test: Condition, beside: readonly Condition[]): boolean {
  const { base, quantifier, passesWithoutKey } = parse(test.operator)
  return both(
    () => ['stringequals', 'stringequalsignorecase', 'stringlike'].includes(base),
    () => !passesWithoutKey || (quantifier === 'forallvalues' && isPresent(test.key, beside)),
    () => test.values.some(() => true),
    () => test.values.every(value => !isOneOf(value, ['*', ''])),
  )
}

/** `Null: false` of the same key. */
function isPresent(key: Text, beside: readonly Condition[]): boolean {
  return beside.some(test =>
    both(
      () => parse(test.operator).base === 'null',
      () => typeof key === 'string' && equals(test.key, key),
      () => test.values.every(value => equals(value, 'false')),
    ),
  )
}

function deniesUnproved(deny: Statement, action: string): boolean {
  return both(
    () => isDeny(deny),
    () => speaksOfStrangers(deny),
    () => isAboutAction(deny, action),
    () => deny.Condition.every(hitsUnproved),
  )
}

/** A test of a Deny that holds for every request without the proof. */
function hitsUnproved(test: Condition): boolean {
  const { base, quantifier } = parse(test.operator)
  return both(
    () => startsWith(test.key, attestation),
    () =>
      either(
        () => base === 'null' && test.values.every(value => equals(value, 'true')),
        () => /^stringnot(?:equals|like)/.test(base) && quantifier === null,
      ),
  )
}
