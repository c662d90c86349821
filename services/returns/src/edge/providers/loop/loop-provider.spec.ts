import type { ReturnsProviderMessage } from '@cartage/contracts';
import { systemClock } from '@cartage/eventsourcing';
import { changed, providerContract, returnable, type ProviderOnTrial } from '../provider.contract';
import { loopProvider } from './loop-provider';
import { loopKey, LoopServer } from './loop-server.fixture';

let server: LoopServer;
let trial: ProviderOnTrial;

beforeEach(async () => {
  server = new LoopServer();
  const terms = { provider: 'loop', adapter: 'loop', channels: ['shop'], endpoint: await server.start() };
  const adapter = loopProvider(systemClock)({ ...terms, secrets: ['of the webhook'], apiKey: loopKey });
  for (const id of ['1673', '1674', '1675']) server.states.set(id, 'open');
  const seen = async () => server.done.map(({ id, action }) => ({ messageId: id, type: action, lines: [] }));
  trial = { adapter, seen, strike: (fault) => server.strike(fault) };
});
afterEach(() => server.stop());

const over = (reference: string, status: string, n: number): ReturnsProviderMessage => ({
  ...changed,
  messageId: `0199a3c4-7b1e-7c3d-9f2a-0000000000${n}`,
  ...(changed.return ? { return: { ...changed.return, reference, status, isOver: true } } : {}),
});
const closed = over('1673', 'closed', 51);

providerContract('Loop', () => trial, ['strike'], {
  told: [returnable, changed, closed, over('1674', 'cancelled', 52), over('1675', 'expired', 53)],
  seen: [
    { messageId: '1673', type: 'close', lines: [] },
    { messageId: '1674', type: 'cancel', lines: [] },
    { messageId: '1675', type: 'cancel', lines: [] },
  ],
  struck: closed,
  refusal: { field: 'reference', code: 'REFERENCE_REFUSED' },
});

describe('a return that Loop', () => {
  it('is done with itself is not touched again', async () => {
    server.states.set('1673', 'closed');
    await trial.adapter.tell(closed);
    expect(server.done).toEqual([]);
  });
  it('has closed though its answer got lost is not closed twice', async () => {
    const lost = trial.adapter.tell(closed);
    await lost;
    await trial.adapter.tell(closed);
    expect(server.done).toEqual([{ id: '1673', action: 'close' }]);
  });
  it('does not know is refused in its words, for a person', () =>
    expect(trial.adapter.tell(over('9', 'closed', 54))).rejects.toMatchObject({
      code: 'PROVIDER_REFUSED',
      errors: [{ field: 'reference', message: 'No return found with this ID.' }],
    }));
  it('never had, because it began elsewhere, is none of its business', async () => {
    const { reference: _, ...elsewhere } = { ...closed.return };
    await trial.adapter.tell({ ...closed, return: elsewhere as NonNullable<ReturnsProviderMessage['return']> });
    expect(server.done).toEqual([]);
  });
});
