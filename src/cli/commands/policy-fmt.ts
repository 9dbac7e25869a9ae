export default async function x(_: readonly string[]): Promise<number> {
  return 0
}
