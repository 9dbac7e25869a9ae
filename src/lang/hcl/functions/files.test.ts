// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the text is HCL, where they mean the same.
import { describe, expect, test } from 'vitest'
import { string, unknown } from '../make.ts'
import { type FileAccess, Refused } from '../scope.ts'
import { errorOf, hole, json, value } from './test-scope.ts'

const texts: Readonly<Record<string, string | Uint8Array>> = {
  'hello.txt': 'hé\n',
  'latin.bin': Uint8Array.of(0x68, 0xe9),
  'greet.tftpl': '%{ for n in names ~}\nhi ${n}\n%{ endfor ~}',
  'number.tftpl': '${n}',
  'again.tftpl': '${templatefile("greet.tftpl", { names = [] })}',
}

const files: FileAccess = {
  read(path) {
    if (path.startsWith('/')) throw new Refused(`${path} lies outside the repository`)
    const content = Object.hasOwn(texts, path) ? texts[path] : undefined
    if (content === undefined) return null
    return typeof content === 'string' ? Buffer.from(content) : content
  },
  list: (folder, pattern) => [`${folder}/${pattern}/b`, 'a'],
  paths: { module: 'modules/x', root: '.', cwd: '/work' },
}
const given = { files, names: { id: unknown('string', 'a.b.id is known after apply') } }

describe('files', () => {
  test.each([
    ['file("hello.txt")', '"hé\\n"'],
    ['filebase64("latin.bin")', '"aOk="'],
    ['filemd5("hello.txt") == md5(file("hello.txt"))', 'true'],
    ['filesha1("hello.txt") == sha1(file("hello.txt"))', 'true'],
    ['filesha256("hello.txt") == sha256(file("hello.txt"))', 'true'],
    ['filesha512("hello.txt") == sha512(file("hello.txt"))', 'true'],
    ['filebase64sha256("hello.txt") == base64sha256(file("hello.txt"))', 'true'],
    ['filebase64sha512("hello.txt") == base64sha512(file("hello.txt"))', 'true'],
    ['fileexists("hello.txt")', 'true'],
    ['fileexists("__proto__")', 'false'],
    ['fileset("d", "*")', '["a","d/*/b"]'],
    ['templatefile("greet.tftpl", { names = ["a", "b"] })', '"hi a\\nhi b\\n"'],
    ['templatefile("number.tftpl", { n = 5 })', '5'],
    ['templatefile("number.tftpl", tomap({ n = "x" }))', '"x"'],
    ['abspath("a/../b")', '"/work/b"'],
    ['abspath("/a/./b/")', '"/a/b"'],
    ['pathexpand("a/b")', '"a/b"'],
  ])('%s is %s', (text, expected) => {
    expect(json(text, given)).toBe(expected)
  })

  test.each([
    'file("nope")',
    'file("latin.bin")',
    'filemd5("nope")',
    'templatefile("nope", {})',
    'templatefile("number.tftpl", {})',
    'templatefile("number.tftpl", "x")',
    'templatefile("number.tftpl", { "a b" = 1 })',
    'templatefile("again.tftpl", {})',
  ])('%s is an error', text => {
    expect(errorOf(text, given)).not.toBe('')
  })

  test.each([
    'file("/etc/passwd")',
    'fileexists("/etc/passwd")',
    'filesha256("/etc/passwd")',
    'templatefile("/etc/passwd", {})',
  ])('%s is refused, so it is unknown', text => {
    expect(hole(text, given).reason).toBe('/etc/passwd lies outside the repository')
  })

  test('a template knows what surrounds a hole', () => {
    const { parts } = hole('templatefile("greet.tftpl", { names = ["a", id] })', given)
    expect(parts?.[0]).toBe('hi a\nhi ')
  })

  test('a template carries the marks of what it reads', () => {
    const names = { secret: { ...string('s'), marks: { sensitive: true } } }
    expect(value('templatefile("number.tftpl", { n = secret })', { files, names }).marks).toEqual({
      sensitive: true,
    })
  })

  test('without files there are none', () => {
    expect(errorOf('file("hello.txt")')).toContain('no file')
    expect(json('fileset("d", "*")')).toBe('[]')
    expect(json('fileexists("hello.txt")')).toBe('false')
    expect(hole('abspath("x")').reason).toContain('working folder')
    expect(hole('pathexpand("~/x")').reason).toContain('home folder')
  })
})
