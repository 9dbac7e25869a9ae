import { expect, test } from 'vitest'
import { Absent } from '../../resource.ts'
import { loadTree, resourceIn } from './testing.ts'

const known = {
  sid: 'Read',
  effect: null,
  actions: ['s3:GetObject'],
  resources: [null, null],
  principals: [{ type: 'AWS', identifiers: ['*'] }],
  condition: [{ test: 'StringEquals', variable: 'aws:SourceVpce', values: [null] }],
}
const unknown = {
  actions: [false],
  resources: [true, true],
  principals: [{ identifiers: [false] }],
  condition: [{ values: [true] }],
}

/** A bucket policy that the references make, beside two documents of the name `d`. */
async function policyOf(references: readonly string[], more: object = {}) {
  const document = (index: number) => ({
    address: `data.aws_iam_policy_document.d[${index}]`,
    mode: 'data',
    type: 'aws_iam_policy_document',
    name: 'd',
    index,
    change: {
      actions: ['read'],
      after: { statement: [index === 0 ? known : { ...known, sid: 'Other' }], ...more },
      after_unknown: { json: true, statement: [unknown] },
    },
  })
  const text = JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      {
        address: 'aws_s3_bucket_policy.p[1]',
        mode: 'managed',
        type: 'aws_s3_bucket_policy',
        name: 'p',
        index: 1,
        change: { actions: ['create'], after: {}, after_unknown: { policy: true } },
      },
      document(0),
      document(1),
    ],
    configuration: {
      root_module: {
        resources: [{ address: 'aws_s3_bucket_policy.p', expressions: { policy: { references } } }],
      },
    },
  })
  const { attributes } = resourceIn(await loadTree({ 'p.json': text }), 'aws_s3_bucket_policy.p[1]')
  return attributes.policy
}

const its = ['data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d', 'count.index']

test('a policy of which the plan lacks an ARN keeps what it says', async () => {
  expect(await policyOf(its)).toMatchObject({
    Statement: [
      {
        Sid: 'Other',
        Effect: 'Allow',
        Principal: { AWS: ['*'] },
        Action: ['s3:GetObject'],
        Condition: [{ operator: 'StringEquals', key: 'aws:sourcevpce' }],
      },
    ],
  })
})

test('no two unknown texts in it are the same', async () => {
  const policy = JSON.stringify(await policyOf(its))
  const reasons = policy.match(/\.resources\[\d\] is known after apply/g)
  expect(new Set(reasons).size).toBe(2)
})

test('what other documents add is not known', async () => {
  const policy = await policyOf(its, { source_policy_documents: ['{}'] })
  expect(policy).toMatchObject({ Statement: [{ Sid: 'Other' }, { many: true }] })
})

test.each([
  ['two documents', [...its, 'data.aws_iam_policy_document.e.json']],
  ['something else', [...its, 'var.policy']],
  ['nothing', []],
])('made of %s it is unknown', async (_, references) => {
  expect(await policyOf(references)).toBeInstanceOf(Absent)
})
