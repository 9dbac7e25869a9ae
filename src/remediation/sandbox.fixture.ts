process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

import { actions } from './aws/actions.ts'
import type { Cloud } from './aws/cloud.ts'
import { openCloud } from './aws/open-cloud.ts'
import type { Brief } from './brief.ts'
import type { Json } from './json.ts'
import type { Job } from './record/job.ts'
import { memoryStore } from './record/memory-store.ts'
import type { Notice } from './record/store.ts'
import { registryOf } from './registry.ts'
import { defaults, type Settings } from './settings.ts'
import type { Tools } from './tools.ts'

export const account = '123456789012'

/** Tools for a test against a sandbox: everything switched on, in a development account. */
export function testTools(
  url: string,
  more: Partial<Tools> & { readonly settings?: Settings } = {},
) {
  useSandbox(url)
  let made = 0
  const lines: Readonly<Record<string, Json>>[] = []
  const told: { readonly notice: Notice; readonly job: Job }[] = []
  const tools: Tools = {
    settings: switchedOn(),
    registry: registryOf(actions),
    store: memoryStore(),
    counts: new Map(),
    cloud: async target => sandboxCloud(url, target.region),
    freeze: async () => false,
    channels: ['slack'],
    notify: async (notice, job) => {
      told.push({ notice, job })
    },
    now: () => new Date('2026-11-24T12:00:00Z'),
    random: () => String(++made).padStart(32, '0'),
    remaining: () => 60_000,
    pauseMs: 1,
    log: line => lines.push(line),
    ...more,
  }
  return { tools, lines, told }
}

export function switchedOn(more: Partial<Settings> = {}): Settings {
  return {
    ...defaults,
    actions: new Map(actions.map(action => [action.id, 'auto'])),
    accounts: new Map([[account, 'dev']]),
    ...more,
  }
}

/** Clients of this process go there. */
export function useSandbox(url: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
  })
}

export function sandboxCloud(url: string, region: string, maxAttempts = 1): Cloud {
  useSandbox(url)
  const credentials = async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' })
  return openCloud({ region, credentials, remaining: () => 60_000, maxAttempts })
}

export function finding(fields: Partial<Brief> & Pick<Brief, 'CheckID' | 'ResourceId'>): Brief {
  return {
    Status: 'FAIL',
    Muted: false,
    Provider: 'aws',
    Source: 'aws',
    AccountId: account,
    Region: 'us-east-1',
    Severity: 'HIGH',
    StatusExtended: '',
    ResourceType: '',
    ResourceName: fields.ResourceId,
    Fingerprint: `${fields.CheckID} ${fields.ResourceId}`,
    Terraform: null,
    ...fields,
  }
}

let events = 0

/** As EventBridge delivers it, with the finding as a string of JSON. */
export function eventOf(brief: Brief, more: Readonly<Record<string, unknown>> = {}) {
  return {
    version: '0',
    id: `event-${++events}`,
    source: 'batten',
    'detail-type': 'Batten Finding',
    account,
    region: brief.Region,
    detail: { finding: JSON.stringify(brief) },
    ...more,
  }
}
