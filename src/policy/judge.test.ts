import { expect, test } from 'vitest'
import type { Resource } from '../resource.ts'
import { loadVocabulary } from '../vocabulary/load.ts'
import { compilePolicies } from './index.ts'
import { judge } from './judge.ts'
import { scopesOf } from './scope.ts'

const text = `package p

import rego.v1

ns := numbers.range(1, 1000)

deny contains sprintf("%d and %d", [a, b]) if {
	some a in ns
	some b in ns
}
`

test('48 more denials than anybody reads end a rule; what was found is kept', async () => {
  const bucket: Resource = {
    type: 'aws_s3_bucket',
    id: 'aws_s3_bucket.a',
    name: 'a',
    account: null,
    region: null,
    attributes: {},
    origin: { source: 'terraform', address: 'aws_s3_bucket.a', span: null, root: '' },
    partial: false,
  }
  const { rules, policy, data } = compilePolicies({
    policies: [{ name: 'p.rego', path: 'p.rego', folders: [], text }],
    tests: [],
    sidecars: [],
    data: [],
    passedOver: [],
    problems: [],
  })
  const [rule] = rules
  const [scope] = scopesOf([bucket], { tables: await loadVocabulary([]), accountTags: {} })
  if (rule === undefined || scope === undefined) throw new Error('no rule')
  const budget = { violations: 100 }
  const { violations, error } = judge(rule, scope, { policy, data, now: new Date(0), budget })
  expect(violations).toHaveLength(101)
  expect(error?.message).toBe('p.rego:7: eval_budget_error: deny denies more than 100 times')
})
