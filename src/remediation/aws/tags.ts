import type { Tags } from '../action.ts'

/** The list of pairs that most services tell tags in; no list is no tags. */
export function tagsOf(
  pairs:
    | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
    | undefined,
): Tags {
  return Object.fromEntries((pairs ?? []).map(({ Key = '', Value = '' }) => [Key, Value]))
}
