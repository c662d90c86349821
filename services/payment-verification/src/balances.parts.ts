import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import { Balances } from './app/balances/balances';
import { balanceList, listBalances } from './app/views/balance-list';
import { balanceMovement, listBalanceMovements } from './app/views/balance-movement';
import { BALANCE_ROWS, BALANCES, BalancesController, type BalanceRows } from './edge/balances/balances.controller';

type BalanceKit = Kit<{ readonly BALANCE_REFUND_DAYS: number }>;

const rowsOf = ({ pool, viewReached }: BalanceKit): BalanceRows => ({
  list: async (filter, slice, minPosition) => {
    if (minPosition !== undefined) await viewReached(balanceList, minPosition);
    return listBalances(pool, filter, slice);
  },
  movements: async (balanceId, slice, minPosition) => {
    if (minPosition !== undefined) await viewReached(balanceMovement, minPosition);
    return listBalanceMovements(pool, balanceId, slice);
  },
});

export interface BalanceParts extends Required<Pick<Parts, 'controllers' | 'providers'>> {
  /** The payments of orders are paid with them. */
  readonly balances: Balances;
}

/** Gift cards and store credit. */
export const balanceParts = (kit: BalanceKit): BalanceParts => {
  const { people, settings } = kit;
  const balances = new Balances({
    ...kit,
    idFor,
    hashOf: (kind, value) => people.hashOf(kind, value),
    refundDays: settings.BALANCE_REFUND_DAYS,
  });
  return {
    balances,
    controllers: [BalancesController],
    providers: [
      { provide: BALANCES, useValue: balances },
      { provide: BALANCE_ROWS, useValue: rowsOf(kit) },
    ],
  };
};

export const balanceViews = [balanceList, balanceMovement] as const;
