/** Terraform's map of tags, from a list as the services answer it; what AWS itself put on is no tag of anybody's. */
export function tagsOf(
  tags:
    | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
    | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (tags ?? []).flatMap(({ Key, Value }) =>
      Key === undefined || Key.startsWith('aws:') ? [] : [[Key, Value ?? '']],
    ),
  )
}
