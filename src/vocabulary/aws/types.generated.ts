// Placeholder until the generator has run.
export interface Aws {
  readonly aws_ebs_volume: { readonly encrypted: boolean }
}
