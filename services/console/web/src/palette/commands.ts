import type { Place } from '../frame/places';
import type { OrdersAddress } from '../orders/address';
import type { Density, Theme } from '../reader/reader';
import type { Language } from '../words/languages';

/** Something that the palette does. */
export type Doing =
  | { readonly kind: 'page'; readonly to: Place['to'] }
  | { readonly kind: 'list'; readonly list: OrdersAddress }
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'item'; readonly sku: string }
  | { readonly kind: 'theme'; readonly theme: Theme }
  | { readonly kind: 'density'; readonly density: Density }
  | { readonly kind: 'language'; readonly language: Language };

export interface Command {
  readonly id: string;
  readonly name: string;
  /** Beside the name. */
  readonly hint?: string;
  readonly does: Doing;
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Commands that have every word of a text in their name, in whatever order. */
export const matching = (commands: readonly Command[], text: string): readonly Command[] => {
  const wanted = folded(text).split(/\s+/).filter(Boolean);
  return commands.filter(({ name }) => wanted.every((word) => folded(name).includes(word)));
};
