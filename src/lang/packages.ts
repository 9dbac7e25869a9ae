import { createRequire } from 'node:module'

declare const BATTEN_VERSION: string | undefined

/**
 * Large packages that few runs need, and what Node itself takes a while to load. They are read when somebody first asks for them, and not when the program
 * starts; the build lays each of them beside its bundle, as a CommonJS file: only such a file loads within a function.
 */
export const cryptoModule = (): typeof import('node:crypto') => load('node:crypto')
export const graphqlPackage = (): typeof import('graphql') => load(fileOf('graphql'))
export const re2Package = (): typeof import('re2js') => load(fileOf('re2js'))
export const yamlPackage = (): typeof import('yaml') => load(fileOf('yaml'))

const load = createRequire(import.meta.url)

function fileOf(name: string): string {
  return typeof BATTEN_VERSION === 'undefined' ? name : `./${name}.cjs`
}
