import type { Sql } from '@cartage/views';
import type { AskedCall, CallMemory, RememberedCall } from './simulated';

/** Remembers for as long as the process lives: for specs. */
export const memoryOfProcess = (): CallMemory => {
  const calls = new Map<string, AskedCall>();
  return {
    remember: async (asked) =>
      asked.map((call) => {
        const before = calls.get(call.key);
        const kept = { ...(before ?? call), times: (before?.times ?? 0) + 1 };
        calls.set(call.key, kept);
        return kept;
      }),
  };
};

/** Keys in one order: two batches with keys in common wait for each other instead of locking each other out. */
const inOrder = (calls: readonly RememberedCall[]): readonly RememberedCall[] => calls.toSorted((a, b) => (a.key < b.key ? -1 : 1));

const statement = `
  insert into simulated_provider_call as kept (key, operation, order_id, currency, amount, answer)
  select * from json_to_recordset($1) as asked (key text, operation text, "orderId" uuid, currency text, amount bigint, answer jsonb)
  on conflict (key) do update set times = kept.times + 1
  returning json_build_object('key', key, 'operation', operation, 'orderId', order_id, 'currency', currency, 'amount', amount,
    'answer', answer, 'times', times) as call`;

/** Remembers in a table, so that a repeat is known after a restart and in another replica too. */
export const memoryInTable = (sql: Sql): CallMemory => ({
  remember: async (calls) => {
    const { rows } = await sql.query<{ call: AskedCall }>(statement, [JSON.stringify(inOrder(calls))]);
    return rows.map(({ call }) => call);
  },
});
