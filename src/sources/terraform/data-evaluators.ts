import type { DataEvaluator } from '../../lang/hcl/module/data-source.ts'
import { awsData } from './aws-data.ts'
import { policyDocument } from './policy-document.ts'
import { templateFile } from './template-data.ts'

/** Data sources whose answer needs no cloud. */
export const dataEvaluators: ReadonlyMap<string, DataEvaluator> = new Map([
  ...awsData,
  ['aws_iam_policy_document', policyDocument],
  ['template_file', templateFile],
])
