import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const top = resolve(import.meta.dirname, '..')
const pages = pagesIn(top)

test('every relative link of every page leads somewhere', () => {
  const dead = pages.flatMap(page =>
    [...page.text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter(target => !/^[a-z]+:/.test(target) && !leads(page, target))
      .map(target => `${page.name}: ${target}`),
  )
  expect(pages.length).toBeGreaterThan(20)
  expect(dead).toEqual([])
})

test('every file and script that a page names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'))
  const missing = pages.flatMap(({ name, text }) => {
    const files = [
      ...text.matchAll(/`((?:src|test|scripts|bench|docs|deploy|examples)\/[\w./-]+)`/g),
    ]
      .map(([, file = '']) => file)
      .filter(file => !existsSync(join(top, file)))
    const runs = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)]
      .map(([, script = '']) => script)
      .filter(script => !Object.hasOwn(scripts, script))
    return [...files, ...runs].map(each => `${name}: ${each}`)
  })
  expect(missing).toEqual([])
})

interface Page {
  readonly file: string
  readonly name: string
  readonly text: string
}

function pagesIn(folder: string): readonly Page[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = join(folder, entry.name)
    if (entry.isDirectory()) return isOurs(entry.name) ? pagesIn(file) : []
    if (!entry.name.endsWith('.md')) return []
    return [{ file, name: relative(top, file), text: readFileSync(file, 'utf8') }]
  })
}

function isOurs(folder: string): boolean {
  return !/^\.|^node_modules$|^dist|^output$|^coverage$/.test(folder)
}

function leads(page: Page, target: string): boolean {
  const [path = '', heading] = target.split('#')
  const file = path === '' ? page.file : resolve(dirname(page.file), decodeURI(path))
  if (!existsSync(file)) return false
  return heading === undefined || headings(readFileSync(file, 'utf8')).includes(heading)
}

/** As GitHub names them. */
function headings(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
}
