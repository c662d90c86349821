import type { KitPart, StockLevel } from '@cartage/contracts';

/** Stock of a SKU at one location, in units. */
export interface Stock {
  readonly sku: string;
  readonly location: string;
  /** Whether the location is open, so that its stock counts towards what the network can promise. */
  readonly active: boolean;
  readonly revision: number;
  /** There, and fit to be sold. */
  readonly onHand: number;
  /** Claimed here by placed orders. */
  readonly allocated: number;
  /** To be held back, as far as it is there. */
  readonly safetyStock: number;
  /** There, but not fit to be sold: damaged, in quarantine, to be refurbished. */
  readonly unavailable: number;
}

/** Stock of a SKU over all active locations. Claims that name no location yet are `reserved` here. */
export interface NetworkStock {
  readonly sku: string;
  readonly onHand: number;
  readonly allocated: number;
  readonly reserved: number;
  /** Sum of what the locations hold back now. */
  readonly safetyStock: number;
  /** What it is made of, if it is a kit: it has no stock of its own then. */
  readonly kit?: readonly KitPart[] | null;
}

/** A SKU, at a location or over the network. */
export interface Cell {
  readonly sku: string;
  readonly location?: string;
}

/** More than any row may hold, so that no sum of a few rows leaves the range of the columns. */
export const MAX_UNITS = 1_000_000_000;

/**
 * What a location really holds back: never more than is there and unclaimed. Were safety stock counted whole, an empty location would
 * lessen what another one can promise (X3).
 */
export const heldBack = ({ safetyStock, onHand, allocated }: Pick<Stock, 'safetyStock' | 'onHand' | 'allocated'>): number =>
  Math.min(safetyStock, onHand - allocated);

/** What may still be claimed at a location. */
export const availableAt = (stock: Stock): number => stock.onHand - stock.allocated - heldBack(stock);

/**
 * Available to promise. Below zero when stock was lost, or more is to be held back, after units had been promised: promises then eat into the
 * safety stock, never into more than that (a loss beyond it takes claims back), and nothing more is promised until it is above zero again.
 */
export const atpOf = ({ onHand, allocated, reserved, safetyStock }: Omit<NetworkStock, 'sku'>): number =>
  onHand - allocated - reserved - safetyStock;

export const levelOf = (stock: Stock): StockLevel => ({
  sku: stock.sku,
  location: stock.location,
  revision: stock.revision,
  onHand: stock.onHand,
  allocated: stock.allocated,
  safetyStock: heldBack(stock),
  available: availableAt(stock),
});
