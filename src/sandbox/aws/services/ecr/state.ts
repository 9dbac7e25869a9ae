import type { Repository, Tag } from '@aws-sdk/client-ecr'

export interface EcrEstate {
  readonly repositories?: readonly RepositoryEstate[]
}

export interface RepositoryEstate extends Repository {
  repositoryName: string
  /** The text of a document; left out: none. */
  policy?: string
  tags?: Tag[]
}

export interface EcrState {
  readonly repositories: RepositoryEstate[]
}

export function ecrState(estate: EcrEstate): EcrState {
  return { repositories: structuredClone([...(estate.repositories ?? [])]) }
}
