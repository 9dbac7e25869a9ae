import { approvals } from './approval/approvals.ts'
import type { HttpResponse } from './approval/http.ts'
import type { Swept } from './deliver.ts'
import { type Context, lambdaRuntime } from './lambda-tools.ts'
import { remediate } from './remediate.ts'
import type { Result } from './run.ts'

export type { Result, Swept }

const runtime = lambdaRuntime(process.env)
// A function whose configuration is broken fails when it starts; a library that is only imported does not.
if (process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined) await runtime.config()

/** Takes findings from EventBridge, approved jobs, and the sweep's schedule. */
export async function handler(event: unknown, context: Context): Promise<Result | Swept> {
  const tools = await runtime.tools(context)
  try {
    return await remediate(event, tools)
  } finally {
    tools.close()
  }
}

/** Takes the approval endpoint's requests: clicks in Slack, and the page. */
export async function approval(event: unknown, context: Context): Promise<HttpResponse> {
  const tools = await runtime.tools(context)
  try {
    return await approvals(event, runtime.approvalTools(tools))
  } finally {
    tools.close()
  }
}
