import type { BranchId, CentreId } from '../../shared/domain/ids.ts'
import type { Directory } from '../adapters/directory.ts'

/** How the keys of a list begin for a branch or a centre; null where the filters leave nothing. */
export const keyPrefix = async (
  directory: Directory,
  { branchId, centreId }: { readonly branchId?: BranchId | undefined; readonly centreId?: CentreId | undefined },
): Promise<string | null> => {
  if (centreId === undefined) return branchId === undefined ? '' : `${branchId}#`
  const owner = await directory.branchOf(centreId)
  return owner === null || (branchId !== undefined && branchId !== owner) ? null : `${owner}#${centreId}#`
}
