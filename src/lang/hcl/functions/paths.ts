import { string, unknown } from '../make.ts'
import { type Functions, param, plain, textOf } from './define.ts'

export const paths: Functions = {
  abspath: {
    params: [param('path', 'string')],
    returns: 'string',
    call: ([path], { files }) => {
      const text = textOf(path)
      if (text.startsWith('/')) return string(clean(text))
      if (files === undefined) return unknown('string', 'abspath() depends on the working folder')
      return string(clean(`${files.paths.cwd}/${text}`))
    },
  },
  basename: plain({ path: 'string' }, 'string', ({ path }) => {
    const parts = path.split('/').filter(part => part !== '')
    return parts.at(-1) ?? (path === '' ? '.' : '/')
  }),
  dirname: plain({ path: 'string' }, 'string', ({ path }) =>
    clean(path.slice(0, path.lastIndexOf('/') + 1)),
  ),
  pathexpand: {
    params: [param('path', 'string')],
    returns: 'string',
    call: ([path]) => {
      const text = textOf(path)
      if (!text.startsWith('~')) return string(text)
      return unknown('string', 'pathexpand() depends on the home folder')
    },
  },
}

/** The shortest path of the same meaning, with slashes on every platform. */
function clean(path: string): string {
  const isRooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isRooted) kept.push(part)
  }
  return `${isRooted ? '/' : ''}${kept.join('/')}` || '.'
}
