/** What somebody put in as text, or as bytes that are none: Terraform has an attribute for each. */
export function decodedText(base64: string | undefined): {
  readonly text: string | null
  readonly base64: string | null
} {
  if (base64 === undefined || base64 === '') return { text: null, base64: null }
  const bytes = Buffer.from(base64, 'base64')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), base64: null }
  } catch {
    return { text: null, base64 }
  }
}

/** IAM answers its documents percent-encoded. */
export function decodedPolicy(document: string | undefined): string | undefined {
  if (document === undefined || !document.includes('%')) return document
  try {
    return decodeURIComponent(document)
  } catch {
    return document
  }
}
