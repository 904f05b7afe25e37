import type { BranchId, CentreId } from '../../shared/domain/ids.ts'
import type { Directory } from '../adapters/directory.ts'

/** How the keys of a list begin for a branch or a centre: one way for each branch that the centre has belonged to. */
export const keyPrefixes = async (
  directory: Directory,
  { branchId, centreId }: { readonly branchId?: BranchId | undefined; readonly centreId?: CentreId | undefined },
): Promise<readonly string[]> => {
  if (centreId === undefined) return [branchId === undefined ? '' : `${branchId}#`]
  const branches = branchId === undefined ? await directory.branchesOf(centreId) : [branchId]
  return branches.map((branch) => `${branch}#${centreId}#`)
}
