import { ReturnState, Topics, type ReturnEvent, type StateOf } from '@cartage/contracts';
import { changed, changedEach, kindOf, type Folds } from './kind';

type State = Omit<StateOf<typeof ReturnState>, 'updatedAt'>;
type Line = State['lines'][number];
type Figure = 'requested' | 'authorized' | 'declined' | 'expired' | 'cancelled' | 'received' | 'graded';

interface OfReturn {
  readonly returnId: string;
  readonly orderId: string;
}

interface Units {
  readonly lineId?: string;
  readonly sku: string;
  readonly quantity: number;
}

const nothing = { requested: 0, authorized: 0, declined: 0, expired: 0, cancelled: 0, received: 0, graded: 0 };

const begun = (state: State | undefined, { returnId, orderId }: OfReturn): State =>
  state ?? { returnId, orderId, status: 'requested', lines: [], refunds: [] };

/** What nobody had announced has no line of the order: its SKU names it. */
const nameOf = ({ lineId, sku }: Pick<Line, 'lineId' | 'sku'>): string => JSON.stringify([lineId, sku]);

const counted = (lines: readonly Line[], units: readonly Units[], figure: Figure): readonly Line[] => {
  const told = units.map((each) => [nameOf(each), each] as const);
  const change = (known: Line | undefined, { lineId, sku, quantity }: Units): Line => {
    const line = known ?? { ...(lineId === undefined ? {} : { lineId }), sku, ...nothing };
    return { ...line, [figure]: line[figure] + quantity };
  };
  return changedEach(lines, told, { nameOf, change });
};

interface Said extends OfReturn {
  readonly lines: readonly Units[];
}

const told =
  (status: string, figure: Figure) =>
  (before: State | undefined, data: Said): State => {
    const state = begun(before, data);
    return { ...state, status, lines: counted(state.lines, data.lines, figure) };
  };

const folds: Folds<State, ReturnEvent> = {
  ReturnRequested: (state, data) => ({ ...told('requested', 'requested')(state, data), requestedAt: data.requestedAt }),
  ReturnAuthorized: told('authorized', 'authorized'),
  ReturnDeclined: told('declined', 'declined'),
  ReturnExpired: told('expired', 'expired'),
  ReturnCancelled: told('cancelled', 'cancelled'),
  ReturnReceived: told('received', 'received'),
  ReturnInTransit: (state, data) => ({ ...begun(state, data), status: 'in-transit' }),
  ItemGraded: (state, data) => told('received', 'graded')(state, { ...data, lines: [data] }),
  RefundDue: (before, data) => {
    const state = begun(before, data);
    const { refundId, currency, amount } = data;
    const refunds = changed(
      state.refunds,
      (refund) => refund.refundId === refundId,
      () => ({ refundId, currency, amount }),
    );
    return { ...state, refunds };
  },
  ReturnClosed: (state, data) => ({ ...begun(state, data), status: 'closed', closedAt: data.closedAt }),
};

export const returnStates = kindOf<StateOf<typeof ReturnState>, ReturnEvent>(ReturnState, {
  hears: Topics.returns,
  keyOf: (data) => ('returnId' in data ? data.returnId : undefined),
  folds,
});
