import type { Schemas } from '../api/client';
import type { Speech } from '../words/words';

type Terms = Schemas['RoutingFork']['terms'];

/** So many more are told with their sign. */
const more = (locale: string, units: number): string => new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(units);

/** What is otherwise in a fork beside the rules, in words: nothing where it is played with what there was. */
export const otherwiseIn = (
  { say, count, locale }: Pick<Speech, 'say' | 'count' | 'locale'>,
  { stock, capacity, opened, closed }: Pick<Terms, 'stock' | 'capacity' | 'opened' | 'closed'>,
): readonly string[] => [
  ...stock.map(({ sku, location, units }) => say('rules.fork.stock', { units: more(locale, units), sku, location })),
  ...capacity.map(({ location, perDay }) =>
    perDay === undefined ? say('rules.fork.no-limit', { location }) : say('rules.fork.capacity', { location, perDay: count(perDay) }),
  ),
  ...opened.map((location) => say('rules.fork.opened', { location })),
  ...closed.map((location) => say('rules.fork.closed', { location })),
];
