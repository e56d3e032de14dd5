/** Who sees what goods cost: purchase prices, stock values, margins' basis. */
export const COST_SENSITIVITY = 'purchase-price';

/** The kinds of place; the general ledger derives its accounts from the pair of kinds. */
export type PlaceKind = 'storage' | 'supplier' | 'customer' | 'transit' | 'loss' | 'opening' | 'van' | 'consignment' | 'destruction';

/** Quality states of goods (domain 1.9). Only `acceptable` may be reserved. */
export type QualityState =
  | 'in_transit_inbound'
  | 'received_pending'
  | 'awaiting_acceptance'
  | 'acceptable'
  | 'quarantined'
  | 'rejected'
  | 'reserved'
  | 'picked'
  | 'checked'
  | 'shipped'
  | 'expired'
  | 'destruction_pending'
  | 'destroyed';

/** Where goods are, whose they are, and in what quality state: the three independent axes of a balance. */
export interface Position {
  readonly placeId: string;
  /** The legal owner: an entity or a party id. */
  readonly ownerId: string;
  readonly qualityState: QualityState;
}

/**
 * The smallest tracked identity of goods. Product, lot number and serial number name it; the other fields must agree
 * wherever the same identity appears again, else the posting is refused.
 */
export interface LotIdentity {
  readonly productId: string;
  readonly lotNo: string | null;
  readonly serialNo: string | null;
  readonly expiryDate: string | null;
  readonly productionDate: string | null;
  /** Registration or filing number in force for this lot. */
  readonly registrationNo: string | null;
}

/**
 * One movement of goods: `quantity` (> 0, decimal string in the product's base unit) of one lot from one position to another.
 * `valueMinor` is the cost that enters with the goods, in minor units of the entity's currency; leave it out where goods leave
 * or change position (the ledger values them from the lot's cost).
 */
export interface StockMove {
  /** Line of the document that caused it, 1-based. */
  readonly line: number;
  readonly lot: LotIdentity | { readonly lotId: string };
  readonly from: Position;
  readonly to: Position;
  readonly quantity: string;
  readonly valueMinor?: bigint;
}

/** A move as stored, handed to contributions (finance) and returned by previews. */
export interface PostedMove {
  readonly moveId: string;
  readonly line: number;
  readonly lotId: string;
  readonly productId: string;
  readonly fromPlaceId: string;
  readonly fromKind: PlaceKind;
  readonly fromState: QualityState;
  readonly toPlaceId: string;
  readonly toKind: PlaceKind;
  readonly toState: QualityState;
  readonly fromOwnerId: string;
  readonly toOwnerId: string;
  /** The owner after the move. */
  readonly ownerId: string;
  readonly quantity: string;
  /** Cost moved with the goods, minor units of the entity's currency; 0 for goods of others. */
  readonly valueMinor: bigint;
}
