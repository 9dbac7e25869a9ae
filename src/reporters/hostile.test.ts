import { expect, test } from 'vitest'
import { formats, loadReporter } from './index.ts'
import {
  hostileFinding,
  hostileFindings,
  hostileSummary,
  hostileText,
  sampleReport,
} from './sample.ts'

async function output(format: (typeof formats)[number]): Promise<string> {
  const { render } = await loadReporter(format)
  const report = sampleReport(hostileFindings, hostileSummary)
  return [...render({ ...report, why: () => hostileText, directory: '../..' })].join('')
}

test.each(formats)('%s passes no control character, escape or override on', async format => {
  const allowed = format === 'csv' ? /[\t\r\n]/g : /\n/g
  const text = (await output(format)).replace(allowed, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const found = text.match(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g)
  expect(found).toBeNull()
  expect(text.isWellFormed?.() ?? true).toBe(true)
})

test('json and ndjson lose nothing', async () => {
  expect(JSON.parse(await output('json'))).toEqual(hostileFindings)
  const lines = (await output('ndjson')).trimEnd().split('\n')
  expect(lines.map(line => JSON.parse(line))).toEqual(hostileFindings)
})

test('csv: no cell starts a formula, at any separator', async () => {
  const text = await output('csv')
  expect(text.split('\n').filter(line => /(^|[,;\t])"?[=@+]/.test(line))).toEqual([])
  const cells = parseCsv(text)
  expect(new Set(cells.map(row => row.length)).size).toBe(1)
  expect(cells).toHaveLength(hostileFindings.length + 1)
  expect(cells.flat().filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([])
})

test('html: no markup but its own', async () => {
  const html = await output('html')
  const own = [...html.matchAll(/<(script|img|iframe|object|link|base|textarea)\b/gi)]
  expect(own.map(([, tag]) => tag)).toEqual(['script'])
  const page = html.replace(/<(style|script)>.*?<\/\1>/gs, '')
  const tags = page.replace(/"[^"<>]*"/g, '""').match(/<[^>]*>/g) ?? []
  expect(tags.length).toBeGreaterThan(100)
  expect(tags.filter(tag => /\s(?:on\w+|style|src)=|[&']/i.test(tag))).toEqual([])
  expect(page.match(/href="(?!https?:)/g)).toBeNull()
  // Each quote of a value is escaped, so no attribute ends early.
  for (const [, value] of html.matchAll(/data-service="([^"]*)"/g))
    expect(value).not.toMatch(/[<>']/)
})

test('junit: well-formed XML 1.0', async () => {
  const xml = await output('junit')
  expect(xml).not.toContain(']]>')
  const open: string[] = []
  const rest = xml
    .replace(/<\?xml [^>]*\?>/, '')
    .replace(
      /<(\/?)([\w]+)((?:\s[\w]+="[^"<>&]*(?:&(?:amp|lt|gt|quot|#39);[^"<>&]*)*")*)(\/?)>/g,
      (_, close, name, _attributes, empty) => {
        if (close) expect(open.pop()).toBe(name)
        else if (!empty) open.push(name)
        return ''
      },
    )
  expect(open).toEqual([])
  expect(rest.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<&]/)
})

test('markdown: no HTML, link, image, mention or reference', async () => {
  const text = await output('markdown')
  const tags = [...text.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag)
  expect(new Set(tags)).toEqual(new Set(['details', 'summary', 'code']))
  const ownBold = /\*\*\d+ \w+\*\*/g
  const outsideCode = text.replace(/<code>.*?<\/code>|(?<!\\)`[^`\n]*`/g, '').replace(ownBold, '')
  expect(outsideCode).not.toMatch(/@\w|(?<!&)#\d|https?:\/\/|www\./)
  expect(outsideCode).not.toMatch(/(?<!\\)\]\(/)
  expect(outsideCode).not.toMatch(/(?<!\\)[*|]/)
  const inCode = [...text.matchAll(/<code>(.*?)<\/code>/g)].map(([, inner]) => inner ?? '')
  expect(inCode.length).toBeGreaterThan(3)
  for (const inner of inCode) expect(inner).toMatch(/^(?:[^!-,.:-@[-`{-~]|&#\d+;)*$/)
})

test('sarif: no link in a message, no address but a path', async () => {
  const above = [...hostileFindings, hostileFinding({ File: null, ResourceName: '..', Region: '' })]
  const { render } = await loadReporter('sarif')
  const log: unknown = JSON.parse([...render(sampleReport(above, hostileSummary))].join(''))
  const texts: string[] = []
  const addresses: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') walk(inner)
      else if (key === 'text') texts.push(inner)
      else if (/uri$/i.test(key)) addresses.push(inner)
    }
  }
  walk(log)
  expect(texts.length).toBeGreaterThan(10)
  for (const text of texts) expect(text).not.toMatch(/\]\(|\{\d+\}/)
  expect(addresses.length).toBeGreaterThan(5)
  for (const uri of addresses)
    expect(uri).not.toMatch(/^[a-z]+:|^\/|(?:^|\/)\.{0,2}(?:\/|$)|[\s<>"\\^`{|}]/)
})

test('the table keeps to its lines', async () => {
  const lines = (await output('table')).split('\n')
  expect(lines.filter(line => line.startsWith('lines'))).toEqual([])
})

/** RFC 4180, as a reader of the file would take it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g,
  )) {
    if (quoted === undefined && bare === '' && end === '') break
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.filter(row => row.length > 0)
}
