declare const BATTEN_VERSION: string | undefined

/** The package's version; the build writes it in, a run from source has none. */
export const version = typeof BATTEN_VERSION === 'undefined' ? '0.0.0-source' : BATTEN_VERSION
