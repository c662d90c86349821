import { orderCancelled, orderEnded } from './order-rules';
import { eachLine, PROMPTLY, theseLines, type Following } from './rule';

interface EditedLine {
  readonly lineId: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const added = (lines: readonly EditedLine[]): readonly EditedLine[] =>
  lines.filter(({ before, after }) => before === undefined && after !== undefined);

const takenAway = (lines: readonly EditedLine[]): readonly EditedLine[] => lines.filter(({ after }) => after === undefined);

export const stockIsAnswered: Following = {
  name: 'stock-is-answered',
  says: 'Each line that is ordered is reserved, or is short and waits.',
  whose: 'services',
  after: { OrderPlaced: ({ lines }) => eachLine(lines), OrderEdited: ({ lines }) => eachLine(added(lines)) },
  comes: {
    StockReserved: ({ lines }) => theseLines(lines),
    StockShort: ({ short }) => theseLines(short),
    StockHandedOver: ({ lines }) => theseLines(lines),
  },
  unless: {
    ...orderCancelled,
    LineCancelled: ({ lines }) => theseLines(lines),
    OrderEdited: ({ lines }) => theseLines(takenAway(lines)),
  },
  within: PROMPTLY,
};

/** No date: goods come when they come, and who waits for them is on a list of its own. */
export const shortLineIsFilled: Following = {
  name: 'short-line-is-filled',
  says: 'A line that is short waits until it is reserved, cancelled or edited away.',
  whose: 'partners',
  after: { StockShort: ({ short }) => eachLine(short) },
  comes: { StockReserved: ({ lines }) => theseLines(lines) },
  unless: {
    ...orderCancelled,
    LineCancelled: ({ lines }) => theseLines(lines),
    OrderEdited: ({ lines }) => theseLines(takenAway(lines)),
  },
};

/** What is there of such a line is reserved, and the rest waits without a word of its own, for as long as it takes. */
export const restOfLineComes: Following = {
  name: 'rest-of-line-comes',
  says: 'Of a line that goes ahead in parts the rest comes, or is cancelled or edited away, before the order ends.',
  whose: 'partners',
  after: { ShortageResolved: ({ choice, lines }) => (choice === 'split' ? eachLine(lines) : []) },
  comes: orderEnded,
  unless: { LineCancelled: ({ lines }) => theseLines(lines), OrderEdited: ({ lines }) => theseLines(takenAway(lines)) },
};

export const stockRules: readonly Following[] = [stockIsAnswered, shortLineIsFilled, restOfLineComes];
