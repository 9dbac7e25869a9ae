import type { DataEvaluator } from '../../lang/hcl/module/data-source.ts'
import { policyDocument } from './policy-document.ts'

/** Data sources whose answer needs no cloud. */
export const dataEvaluators: ReadonlyMap<string, DataEvaluator> = new Map([
  ['aws_iam_policy_document', policyDocument],
])
