/** What a YAML or JSON file holds that a scan of code is about; null for everything else. */
export type Format = 'cloudformation' | 'plan' | 'state' | 'binary plan'

/** Looks at the text alone: to parse a hostile document only to find out what it is would cost what it asks for. */
export function formatOf(name: string, text: string): Format | null {
  // A saved plan is a zip archive.
  if (text.startsWith('PK\u0003\u0004')) return 'binary plan'
  if (/\.(ya?ml|json|template)$/.test(name) && isTemplate(text)) return 'cloudformation'
  if (!/\.(json|tfstate)$/.test(name) || !/^\s*\{/.test(text)) return null
  if (/"format_version"\s*:/.test(text) && /"(planned_values|resource_changes)"\s*:/.test(text))
    return 'plan'
  return /"terraform_version"\s*:/.test(text) && /"lineage"\s*:/.test(text) ? 'state' : null
}

function isTemplate(text: string): boolean {
  if (/^["']?AWSTemplateFormatVersion["']?[ \t]*:/m.test(text)) return true
  if (/"AWSTemplateFormatVersion"[ \t]*:/.test(text)) return true
  const hasResources =
    /^["']?Resources["']?[ \t]*:/m.test(text) || /"Resources"\s*:\s*\{/.test(text)
  return hasResources && /["']?Type["']?[ \t]*:[ \t]*["']?(AWS|Alexa|Custom)::/.test(text)
}

export function mayHoldOther(name: string): boolean {
  return /\.(ya?ml|json|template|tfstate)$/.test(name) && !/\.tf\.json$|\.tfvars\.json$/.test(name)
}
