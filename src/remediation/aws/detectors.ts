import { action } from '../action.ts'
import { type Cloud, call, given, pages } from './cloud.ts'

interface Detectors {
  readonly detectors: readonly { readonly id: string; readonly status: string }[]
}

/** Costs by what it watches. */
export const guarddutyEnable = action<Detectors>({
  id: 'guardduty_enable',
  title: 'Watch the region with GuardDuty',
  mends: ['guardduty_is_enabled'],
  blast: 'B0',
  mode: 'approve',
  scope: 'region',
  permissions: {
    read: ['guardduty:ListDetectors', 'guardduty:GetDetector'],
    write: ['guardduty:CreateDetector', 'guardduty:UpdateDetector', 'iam:CreateServiceLinkedRole'],
    undo: ['guardduty:DeleteDetector', 'guardduty:UpdateDetector'],
  },
  resources: () => ['*'],
  async read(cloud) {
    const ids = await listDetectors(cloud)
    const detectors = []
    for (const id of ids) {
      const { Status } = await cloud.ask('guardduty', 'GetDetector', { DetectorId: id })
      detectors.push({ id, status: given(Status, 'Status') })
    }
    return { detectors }
  },
  isGood: ({ detectors }) => detectors.some(({ status }) => status === 'ENABLED'),
  mend: ({ detectors: [first] }) => [
    first
      ? call('guardduty', 'UpdateDetector', { DetectorId: first.id, Enable: true })
      : call('guardduty', 'CreateDetector', { Enable: true }),
  ],
  undo: (before, now) =>
    now.detectors.flatMap(({ id, status }) => {
      const was = before.detectors.find(each => each.id === id)
      if (!was) return [call('guardduty', 'DeleteDetector', { DetectorId: id })]
      if (was.status === status) return []
      return [
        call('guardduty', 'UpdateDetector', { DetectorId: id, Enable: was.status === 'ENABLED' }),
      ]
    }),
})

interface Analyzers {
  readonly analyzers: readonly { readonly name: string; readonly status: string }[]
}

const ours = 'batten'

export const accessAnalyzerEnable = action<Analyzers>({
  id: 'accessanalyzer_enable',
  title: 'Analyse access from outside the account',
  mends: ['accessanalyzer_enabled'],
  blast: 'B0',
  mode: 'auto',
  scope: 'region',
  permissions: {
    read: ['access-analyzer:ListAnalyzers'],
    write: ['access-analyzer:CreateAnalyzer', 'iam:CreateServiceLinkedRole'],
    undo: ['access-analyzer:DeleteAnalyzer'],
  },
  resources: () => ['*'],
  patience: 5,
  async read(cloud) {
    const found = await pages(
      nextToken => cloud.ask('accessanalyzer', 'ListAnalyzers', { nextToken }),
      page => given(page.analyzers, 'analyzers'),
      page => page.nextToken,
    )
    return {
      analyzers: found
        .filter(({ type }) => type === 'ACCOUNT' || type === 'ORGANIZATION')
        .map(({ name, status }) => ({
          name: given(name, 'name'),
          status: given(status, 'status'),
        })),
    }
  },
  isGood: ({ analyzers }) => analyzers.some(({ status }) => status === 'ACTIVE'),
  mend: () => [call('accessanalyzer', 'CreateAnalyzer', { analyzerName: ours, type: 'ACCOUNT' })],
  undo: (before, now) =>
    now.analyzers
      .filter(({ name }) => name === ours && !before.analyzers.some(each => each.name === ours))
      .map(({ name }) => call('accessanalyzer', 'DeleteAnalyzer', { analyzerName: name })),
})

async function listDetectors(cloud: Cloud): Promise<readonly string[]> {
  return pages(
    NextToken => cloud.ask('guardduty', 'ListDetectors', { NextToken }),
    page => given(page.DetectorIds, 'DetectorIds'),
    page => page.NextToken,
  )
}
