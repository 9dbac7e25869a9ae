import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const allowed = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'])

/** The licences of every package that went into a bundle, as those licences ask; packages with one text share it. */
export function licencesOf(...metafiles) {
  const folders = new Set(
    metafiles
      .flatMap(({ inputs }) => Object.keys(inputs))
      .flatMap(file => {
        const [folder] =
          /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/')) ?? []
        return folder ?? []
      }),
  )
  const byText = new Map()
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    )
    if (!allowed.has(license)) throw new Error(`${name} ${version} has the licence ${license}`)
    const texts = readdirSync(folder)
      .filter(file => /^(?:licen[cs]e|notice|copying)/i.test(file))
      .sort()
      .map(file => readFileSync(join(folder, file), 'utf8').trim())
    const text =
      texts.join('\n\n') || `Published under the licence ${license}, without a text of it.`
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`])
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
  return `Batten's bundles contain these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
