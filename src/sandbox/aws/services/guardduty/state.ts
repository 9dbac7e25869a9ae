export interface GuardDutyEstate {
  readonly detectors?: readonly DetectorEstate[]
}

export interface DetectorEstate {
  readonly DetectorId: string
  Status: 'ENABLED' | 'DISABLED'
}

export interface GuardDutyState {
  detectors: DetectorEstate[]
}

export function guarddutyState(estate: GuardDutyEstate): GuardDutyState {
  return { detectors: structuredClone([...(estate.detectors ?? [])]) }
}
