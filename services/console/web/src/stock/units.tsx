import type { ReactNode } from 'react';
import type { WordId } from '../words/languages';
import { useSpeech } from '../words/words';

/** The figures of stock, and what they are called. */
export const figures = ['onHand', 'reserved', 'allocated', 'safetyStock', 'unavailable'] as const;
export type Figure = (typeof figures)[number];

export const figureNames: Readonly<Record<Figure, WordId>> = {
  onHand: 'stock.on-hand',
  reserved: 'stock.reserved',
  allocated: 'stock.allocated',
  safetyStock: 'stock.held-back',
  unavailable: 'stock.unavailable',
};

export const Units = ({ of }: { readonly of: number }): ReactNode => <span className="number">{useSpeech().count(of)}</span>;

/** By how many units something changed; nothing where it did not. */
export const Change = ({ by }: { readonly by: number }): ReactNode => {
  const { locale } = useSpeech();
  return by === 0 ? null : <span className="number">{new Intl.NumberFormat(locale, { signDisplay: 'always' }).format(by)}</span>;
};
