import type { PlaceKind } from '#kernel/ledger/stock/move.ts';
import { unreachable } from '#kernel/unreachable.ts';
import type { AccountPurpose } from './account/account.ts';

/** The account that holds, receives or gives the value of goods at a kind of place. */
function accountOf(kind: PlaceKind): AccountPurpose {
  switch (kind) {
    case 'storage':
    case 'van':
      return 'inventory';
    case 'transit':
      return 'goodsInTransit';
    case 'consignment':
      return 'goodsShipped';
    case 'supplier':
      return 'goodsReceivedEstimate';
    case 'customer':
      return 'costOfSales';
    case 'loss':
    case 'destruction':
      return 'stockDifference';
    case 'opening':
      return 'openingBalance';
    default:
      return unreachable(kind);
  }
}

/**
 * Debit and credit of a goods movement, from the pair of place kinds alone (domain 1.16): the account of where the goods go is debited,
 * that of where they come from credited; nothing is booked where both are the same.
 */
export function accountsOfMove(
  from: PlaceKind,
  to: PlaceKind,
): { readonly debit: AccountPurpose; readonly credit: AccountPurpose } | undefined {
  const [debit, credit] = [accountOf(to), accountOf(from)];
  return debit === credit ? undefined : { debit, credit };
}
