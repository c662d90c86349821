import type { Cartage } from '../cartage';
import { inParallel } from '../crowd';
import { awaited } from '../patience';
import { Trouble } from '../problem';
import { sendBack, type Parcel } from '../returning';
import type { Progress } from '../terminal';
import type { Books } from './books';
import type { Source } from './file';
import type { Match } from './matching';
import { CHANNEL, LOCATION } from './order';
import type { Plan } from './plan';
import { Bookkeeper, told } from './reading';

/** What one credit note brings back of one earlier sale. */
export interface Credit {
  readonly key: string;
  readonly sale: string;
  /** Units by line of the sale. */
  readonly units: ReadonlyMap<string, number>;
}

interface Open {
  readonly first: string;
  readonly bySale: Map<string, Map<string, number>>;
}

const add = ({ bySale }: Open, { invoice, lineId, quantity }: Match): void => {
  const units = bySale.get(invoice) ?? new Map<string, number>();
  units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  bySale.set(invoice, units);
};

/** What was called off was never sold: nothing of it comes back. */
const addAll = (open: Open, matches: readonly Match[], { calledOff }: Plan): void => {
  for (const match of matches) if (!calledOff.has(match.invoice)) add(open, match);
};

const creditsOf = (invoice: string, { first, bySale }: Open): readonly Credit[] =>
  [...bySale].map(([sale, units]) => ({ key: `uci-return-${invoice}-${first}-${sale}`, sale, units }));

/** The file's credits, each note's as soon as it is read; the books are kept by the way. */
export async function* creditsIn(source: Source, plan: Plan, keeper: Bookkeeper): AsyncGenerator<Credit> {
  let [invoice, open]: [string, Open | undefined] = ['', undefined];
  for await (const line of told(source, plan.credited)) {
    keeper.note(line);
    if (line.row.invoice !== invoice && open) {
      yield* creditsOf(invoice, open);
      open = undefined;
    }
    invoice = line.row.invoice;
    if (line.as !== 'returned') continue;
    open ??= { first: line.row.lineId, bySale: new Map() };
    addAll(open, line.matches, plan);
  }
  if (open) yield* creditsOf(invoice, open);
}

export interface Crediting {
  readonly cartage: Cartage;
  readonly source: Source;
  readonly plan: Plan;
  readonly progress: (what: string, total: number) => Progress;
}

/** What came back by Cartage's own word. */
export interface Credited {
  readonly books: Books;
  readonly returns: number;
  /** Pence. */
  readonly refunded: number;
  /** Units by SKU. */
  readonly restocked: ReadonlyMap<string, number>;
}

const AT_ONCE = 16;

const parcelOf = ({ key, units }: Credit, orderId: string): Parcel => ({
  key,
  orderId,
  location: LOCATION,
  lines: [...units].map(([lineId, quantity]) => ({ lineId, quantity, reason: 'credited', grade: 'A' })),
});

const settled = async (
  { cartage }: Crediting,
  credit: Credit,
): Promise<{ refunded: number; lines: readonly { sku: string; units: number }[] }> => {
  const { orderId } = await cartage.order(CHANNEL, credit.sale);
  const { returnId, status, reason } = await sendBack(cartage, parcelOf(credit, orderId));
  if (status === 'declined') throw new Trouble(`Cartage declined return ${credit.key}: ${reason ?? 'it does not say why'}.`);
  const closed = await awaited(`return ${credit.key} to be refunded`, async () => {
    const now = await cartage.return(returnId);
    return now.status === 'closed' ? now : undefined;
  });
  return { refunded: closed.refunded, lines: closed.lines.map(({ sku, graded }) => ({ sku, units: graded })) };
};

const howMany = async ({ source, plan }: Crediting): Promise<number> => {
  let count = 0;
  for await (const _ of creditsIn(source, plan, new Bookkeeper(plan.calledOff))) count += 1;
  return count;
};

/** Every credit that matches a sale goes back through Cartage: asked for, received, graded as new, refunded. */
export const bringBack = async (crediting: Crediting): Promise<Credited> => {
  const { source, plan, progress } = crediting;
  const keeper = new Bookkeeper(plan.calledOff);
  const restocked = new Map<string, number>();
  let [returns, refunded] = [0, 0];
  const shown = progress('returns settled', await howMany(crediting));
  await inParallel(creditsIn(source, plan, keeper), AT_ONCE, async (credit) => {
    const done = await settled(crediting, credit);
    returns += 1;
    refunded += done.refunded;
    for (const { sku, units } of done.lines) restocked.set(sku, (restocked.get(sku) ?? 0) + units);
    shown.advance();
  }).finally(() => shown.stop());
  return { books: keeper.books(), returns, refunded, restocked };
};
