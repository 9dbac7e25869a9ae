import type { Finding } from '../../finding.ts'
import type { Tags } from '../action.ts'
import type { Brief } from '../brief.ts'
import type { Case, Ruling } from './guard.ts'

/** A mute that was written after the scan, or that the scanner did not have. */
export async function muted({
  finding,
  action,
  settings,
  tags,
  now,
}: Case): Promise<readonly Ruling[]> {
  if (settings.mutelist === null) return []
  const { parseMutelist } = await import('../../triage/mutelist.ts')
  const { mutesOf } = await import('../../triage/mutes.ts')
  const { checkNames } = await import('../../triage/names.ts')
  const names = checkNames([finding.CheckID, ...action.mends].map(id => ({ id })))
  const mutelist = parseMutelist(settings.mutelist, 'the mutelist')
  const mutes = mutesOf(mutelist, { names, now, selected: () => true })
  const known = mutes.needsTags ? await tags() : null
  const entry = mutes.find(findingOf(finding, known))
  return entry ? [{ refused: `the finding is muted (line ${entry.line} of the mutelist)` }] : []
}

function findingOf(brief: Brief, tags: Tags | null): Finding {
  const { CheckID, AccountId, Region, ResourceId, ResourceType, ResourceName } = brief
  return {
    ...{ CheckID, AccountId, Region, ResourceId, ResourceType, ResourceName },
    ...{ CheckTitle: '', Provider: 'aws', Severity: 'HIGH', Status: 'FAIL', Source: 'aws' },
    StatusExtended: brief.StatusExtended,
    Fingerprint: brief.Fingerprint,
    ResourceTags: tags,
    UnknownReason: null,
    ...{ File: null, StartLine: null, StartColumn: null, EndLine: null, EndColumn: null },
    ...{ Address: null, FaultAddress: null, Evidence: [], Compliance: {} },
    Remediation: { Recommendation: '', Code: { CLI: null, Terraform: null }, Url: null },
    ...{ Muted: false, MuteReason: null, New: null, FirstSeen: null },
  }
}
