import type { Tags } from '../action.ts'
import type { Settings } from '../settings.ts'

/** The stack or the code that declares the resource, by its tags or by what the settings say; null: none is known. */
export function ownerOf(
  resource: string,
  tags: Tags | null,
  { owners, codeTags }: Settings,
): string | null {
  const place = owners.get(resource)
  if (place !== undefined) return place
  for (const [key, value] of Object.entries(tags ?? {})) {
    const name = key.toLowerCase()
    const isMark = codeTags.some(mark => mark === name || mark === `${name}=${value.toLowerCase()}`)
    if (!isMark) continue
    if (name === 'aws:cloudformation:stack-name') return `the stack ${value}`
    return name === 'terraform' && /^(false|no|0)$/i.test(value) ? null : 'infrastructure as code'
  }
  return null
}
