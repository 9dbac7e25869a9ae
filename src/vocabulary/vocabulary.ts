import type { Aws } from './aws/types.generated.ts'

/** Every resource type that a check may name → the attributes that a check may read. */
export interface Vocabulary extends Aws {}
