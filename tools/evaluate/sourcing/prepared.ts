import { Trouble } from '../../client/client';
import { dateOf, dayNumber } from '../input/cells';
import type { Judging } from '../kind';
import { destinationsFile, locationsFile, stockFile, tariffsFile } from './files';
import { gathered, usualTariff, type OrderLine, type Place, type Town } from './reading';
import { assumedStock, ordersOf, stockOf, type PlacedOrder, type World } from './world';

/* Orders of a file, those before and those that are judged, and the world that they are sent from. */

const [MOST_LINES, MOST_ROWS] = [2_000_000, 500_000];
export const LEAST_PAST = 50;

/** As many as are wanted, evenly through the file. */
const evenly = <Item>(items: readonly Item[], wanted: number): readonly Item[] =>
  items.length <= wanted ? items : Array.from({ length: wanted }, (_, n) => items[Math.floor((n * items.length) / wanted)] as Item);

export interface Split {
  readonly past: readonly PlacedOrder[];
  readonly judged: readonly PlacedOrder[];
}

const splitOf = (orders: readonly PlacedOrder[], wanted: number): Split => {
  const from = Math.max(orders.length - wanted, Math.ceil(orders.length / 2));
  if (from < LEAST_PAST)
    throw new Trouble(`${orders.length} orders are too few: half of them are learned from, and ${LEAST_PAST} are the least for that.`);
  return { past: orders.slice(0, from), judged: orders.slice(from) };
};

const worldOf = async ({ file, option, seed }: Judging<OrderLine>, judged: readonly PlacedOrder[]): Promise<World> => {
  const all = await gathered(file(locationsFile) ?? none<Place>(), MOST_ROWS);
  if (all.length === 0) throw new Trouble('The file of locations has no row that can be used.');
  const places = evenly(all, option('locations-used'));
  const [shelves, rates] = [file(stockFile), file(tariffsFile)];
  const tariff = rates === undefined ? usualTariff : await gathered(rates, MOST_ROWS);
  const assumption = { share: option('stock-share'), keptAt: option('kept-at'), seed };
  const stock = shelves === undefined ? assumedStock(judged, places, assumption) : stockOf(await gathered(shelves, MOST_LINES));
  return { places, tariff, stock, maxSplit: option('max-split') };
};

async function* none<Row>(): AsyncGenerator<Row> {
  // A file that is required is always there.
}

/** What a report says of it. */
export const spanOf = ({ past, judged }: Split, { places, stock }: World) => ({
  ...{
    from: dateOf(dayNumber(past[0]?.at ?? 0)),
    judgedFrom: dateOf(dayNumber(judged[0]?.at ?? 0)),
    to: dateOf(dayNumber(judged.at(-1)?.at ?? 0)),
  },
  ...{ ordersBefore: past.length, ordersJudged: judged.length, locations: places.length },
  linesJudged: judged.reduce((sum, { lines }) => sum + lines.length, 0),
  unitsInStock: [...stock.values()].reduce((sum, shelf) => sum + [...shelf.values()].reduce((all, units) => all + units, 0), 0),
  unitsAskedFor: judged.reduce((sum, { lines }) => sum + lines.reduce((all, { quantity }) => all + quantity, 0), 0),
});

export const preparedFor = async (judging: Judging<OrderLine>): Promise<Split & { readonly world: World }> => {
  const { rows, seed, option, file } = judging;
  const lines = await gathered(rows, MOST_LINES);
  const towns = await gathered(file(destinationsFile) ?? none<Town>(), MOST_ROWS);
  const split = splitOf(ordersOf(lines, towns, seed), option('judged'));
  return { ...split, world: await worldOf(judging, split.judged) };
};
