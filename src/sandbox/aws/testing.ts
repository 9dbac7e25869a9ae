import type { Estate } from './estate.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from './index.ts'

/** A sandbox for one test, and what a client of the SDK needs to talk to it. */
export async function open(estate: Estate, options?: SandboxOptions) {
  const sandbox = await startSandbox(estate, options)
  return { sandbox, config: clientConfig(sandbox) }
}

export function clientConfig({ url }: Sandbox, region = 'us-east-1') {
  return {
    endpoint: url,
    region,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' },
    maxAttempts: 1,
  }
}
