import { useMemo } from 'react';
import { places } from '../frame/places';
import type { Item } from '../items/useItemsFound';
import { orderStatuses } from '../orders/address';
import { numberOf } from '../orders/numbers';
import type { Found } from '../orders/finding';
import { densities, themes } from '../reader/reader';
import { languages, type Language } from '../words/languages';
import { useSpeech, type Speech } from '../words/words';
import { matching, type Command } from './commands';

const toPages = ({ say }: Speech): readonly Command[] =>
  places.map(({ id, to, name }) => ({ id, name: say('palette.go', { page: say(name) }), does: { kind: 'page', to } }));

const toLists = ({ say, name }: Speech): readonly Command[] => [
  ...orderStatuses.map((status): Command => ({
    id: status,
    name: say('palette.show', { filter: name('status', status) }),
    does: { kind: 'list', list: { status } },
  })),
  { id: 'late', name: say('palette.show', { filter: say('queue.late') }), does: { kind: 'list', list: { late: true } } },
  { id: 'at-risk', name: say('palette.show', { filter: say('queue.at-risk') }), does: { kind: 'list', list: { atRisk: true } } },
  { id: 'special', name: say('palette.show', { filter: say('orders.special') }), does: { kind: 'list', list: { special: true } } },
];

const toChoices = ({ say }: Speech): readonly Command[] => [
  ...themes.map((theme): Command => ({
    id: theme,
    name: say('palette.theme', { theme: say(`theme.${theme}`) }),
    does: { kind: 'theme', theme },
  })),
  ...densities.map((density): Command => ({
    id: density,
    name: say('palette.density', { density: say(`density.${density}`) }),
    does: { kind: 'density', density },
  })),
  ...Object.entries(languages).map(([language, name]): Command => ({
    id: language,
    name: say('palette.language', { language: name }),
    does: { kind: 'language', language: language as Language },
  })),
];

const foundCommand = ({ say, name }: Speech, { by, order }: Found): Command => ({
  id: order.orderId,
  name: numberOf(order),
  hint: [name('status', order.status), order.channel, by === 'id' ? undefined : say(`palette.by.${by}`)].filter(Boolean).join(' · '),
  does: { kind: 'order', orderId: order.orderId },
});

const itemCommand = ({ say }: Speech, { sku, title }: Item): Command => ({
  id: `item-${sku}`,
  name: title,
  hint: say('palette.item', { sku }),
  does: { kind: 'item', sku },
});

interface Offered {
  readonly orders: readonly Command[];
  readonly items: readonly Command[];
  readonly others: readonly Command[];
}

/** What the palette offers for what is typed: what was found first, then what can be done. */
export const useCommands = (text: string, found: readonly Found[], items: readonly Item[]): Offered => {
  const speech = useSpeech();
  const all = useMemo(() => [...toPages(speech), ...toLists(speech), ...toChoices(speech)], [speech]);
  return {
    orders: found.map((each) => foundCommand(speech, each)),
    items: items.map((each) => itemCommand(speech, each)),
    others: matching(all, text),
  };
};
