/** What the page shows of a finding that does not pass, the most urgent first. */
export const states = ['fail', 'unknown', 'baseline', 'muted'] as const
export type State = (typeof states)[number]
