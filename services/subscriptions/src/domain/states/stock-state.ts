import { StockState, Topics, type Envelope, type StateOf, type StockLevel } from '@cartage/contracts';
import { stamped, type StateKind, type Touch } from './kind';

type State = StateOf<typeof StockState>;

const levelsIn = ({ data }: Envelope): readonly StockLevel[] =>
  typeof data === 'object' && data !== null && 'levels' in data && Array.isArray(data.levels) ? (data.levels as readonly StockLevel[]) : [];

/** Events about one SKU at one location come under different keys, and so in any order: the highest revision is the newest. */
const touchOf = (level: StockLevel, fact: Envelope): Touch => ({
  key: `${level.location}/${level.sku}`,
  apply: (state) => {
    const before = state as State | undefined;
    const { sku, location, revision, onHand, allocated, safetyStock, available } = level;
    if (before && before.revision >= revision) return before;
    return stamped(before, { sku, location, revision, onHand, allocated, safetyStock, available }, fact);
  },
});

export const stockStates: StateKind = {
  contract: StockState,
  hears: Topics.inventory,
  ofOrders: false,
  touches: (fact) => levelsIn(fact).map((level) => touchOf(level, fact)),
};
