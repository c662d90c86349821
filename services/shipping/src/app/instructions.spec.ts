import { memoryDeadlines, memoryStore, type Meta } from '@cartage/eventsourcing';
import { carriersOf } from '../edge/carriers';
import { carrierSettings, person } from '../edge/shipping.fixture';
import { instructionsOf } from '../domain/beside';
import { dispatched, now as start, recordScan, ref } from '../domain/shipment.fixture';
import type { Carrier, DeliveryInstruction } from './carrier';
import { createInstructions, type InstructionWish, type Policy } from './instructions';
import { createShipmentLog } from './shipment-log';

const { shipmentId, orderId, fulfillmentId, location } = ref;
const reason = { code: 'instructed', by: 'operator' };
const hour = 3_600_000;

interface Setting {
  readonly does?: Partial<Carrier>;
  readonly policy?: Partial<Policy>;
  readonly opened?: object | undefined;
  readonly isTold?: boolean;
  /** What our own log does with the carrier's answers. */
  readonly recording?: () => Promise<never>;
  /** What happens when an instruction has been written down. */
  readonly written?: () => void;
}

/** A shipment that could not be delivered. */
const setUp = async ({ does = {}, policy = {}, isTold = true, ...setting }: Setting = {}) => {
  let time = Date.parse(start);
  const now = () => new Date(time);
  let ids = 0;
  const newId = () => `id${(ids += 1)}`;
  const meta = (commandId = newId()): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const store = memoryStore();
  const log = createShipmentLog({ store, newId, isPublic: () => true });
  const events = dispatched.map((event, n) => ({ ...event, id: `s${n}`, meta: meta() }));
  await store.appendMany([{ stream: `shipment-${shipmentId}`, expected: 0, events }]);
  const asked: DeliveryInstruction[] = [];
  const [real] = carriersOf(carrierSettings).values();
  if (!real) throw new Error('There is no simulated carrier.');
  const { instruct = async () => ({ status: 'accepted' as const }), ...carrier } = { ...real, ...does };
  const noting: Required<Carrier>['instruct'] = (instruction) => (asked.push(instruction), instruct(instruction));
  const deadlines = memoryDeadlines();
  const sealed: object[] = [];
  const instructions = createInstructions({
    ...{ deadlines, now },
    log: {
      ...log,
      send: async (id, command, ...how) => {
        if (command.type === 'AcceptInstruction' && setting.recording) return setting.recording();
        const handled = await log.send(id, command, ...how);
        if (command.type === 'InstructDelivery') setting.written?.();
        return handled;
      },
    },
    carriers: new Map<string, Carrier>([['simulated', isTold ? { ...carrier, instruct: noting } : carrier]]),
    vault: {
      open: async <Content extends object>({ box }: { readonly box: string }) =>
        (box === 'corrected' ? sealed.at(-1) : 'opened' in setting ? setting.opened : person) as Content,
      seal: async (key, content) => (sealed.push(content), { key, box: 'corrected' }),
    },
    instructionIdOf: (...named) => named.join('/'),
    policy: { waitMs: 48 * hour, then: 'reattempt', mostAttempts: 3, ...policy },
  });
  const fail = async (at: number): Promise<void> => {
    await log.send(shipmentId, recordScan('attempt-failed', at), meta());
    const scan = { carrier: 'simulated', parcelId: '1', trackingNumber: 'CTG1', recordedAt: now().toISOString() };
    const occurredAt = `2026-11-24T${String(at).padStart(2, '0')}:00:00.000Z`;
    await instructions.await({ shipmentId, orderId, fulfillmentId, location, ...scan, occurredAt, reason });
  };
  const pass = async (ms: number): Promise<void> => {
    time += ms;
    for (const due of await deadlines.take({ now: now(), until: now(), limit: 10 })) {
      await instructions.onDue(due, meta());
      await deadlines.settle([due.id]);
    }
  };
  const standing = async () => instructionsOf((await log.read(shipmentId)).shipment);
  const tell = (wish: Partial<InstructionWish> = {}, commandId = newId()) =>
    instructions.instruct(shipmentId, { instruction: 'reattempt', reason, ...wish }, meta(commandId));
  return { asked, fail, pass, standing, tell, log, meta };
};

describe('a delivery that failed', () => {
  it('is told the carrier as somebody says it, by a reference of ours, once', async () => {
    const { asked, fail, tell, standing } = await setUp();
    await fail(9);
    await tell({ instruction: 'reschedule', day: '2026-11-26' }, 'k');
    await tell({ instruction: 'reschedule', day: '2026-11-26' }, 'k');
    expect(asked).toMatchObject([
      { instruction: 'reschedule', day: '2026-11-26', reference: `${shipmentId}/k/1`, parcel: { trackingNumber: 'CTG1' } },
    ]);
    expect(await standing()).toMatchObject([{ day: '2026-11-26', outcome: { accepted: true } }]);
  });

  it('is told with the corrected address, whole, which is kept sealed', async () => {
    const { asked, fail, tell, standing } = await setUp();
    await fail(9);
    const address = { lines: ['2 High Street'], city: 'London', postalCode: 'SW1A 2AA', country: 'GB' };
    await tell({ instruction: 'address', address });
    expect(asked).toMatchObject([{ recipient: { name: person.name, address } }]);
    expect(JSON.stringify(await standing())).not.toContain('High Street');
  });

  it('is told again by the same reference when the carrier gave no answer', async () => {
    let calls = 0;
    const instruct = async () => {
      calls += 1;
      if (calls < 3) throw new Error('timeout');
      return { status: 'accepted' as const };
    };
    const { asked, fail, tell, standing, pass } = await setUp({ does: { instruct } });
    await fail(9);
    await tell();
    expect(await standing()).not.toMatchObject([{ outcome: expect.anything() }]);
    await pass(hour);
    await pass(hour);
    await pass(hour);
    expect(await standing()).toMatchObject([{ outcome: { accepted: true } }]);
    expect(new Set(asked.map(({ reference }) => reference)).size).toBe(1);
    expect(asked).toHaveLength(3);
  });

  it('is not taken for untold by the carrier when it is we who cannot record its answer', async () => {
    const { fail, tell } = await setUp({ recording: () => Promise.reject(new Error('The database is away.')) });
    await fail(9);
    await expect(tell()).rejects.toThrow('The database is away.');
  });

  it('is told though the connection is lost once it was written down, said by a person or by the policy', async () => {
    const lost = { isLost: true };
    const written = (): void => {
      if (lost.isLost) throw new Error('the connection was lost');
    };
    const said = await setUp({ written });
    await said.fail(9);
    await expect(said.tell()).rejects.toThrow('the connection was lost');
    await said.pass(hour);
    expect(await said.standing()).toMatchObject([{ outcome: { accepted: true } }]);
    const decided = await setUp({ written });
    await decided.fail(9);
    await expect(decided.pass(49 * hour)).rejects.toThrow('the connection was lost');
    lost.isLost = false;
    for (const _ of [1, 2]) await decided.pass(hour);
    expect(await decided.standing()).toMatchObject([{ reason: { by: 'policy' }, outcome: { accepted: true } }]);
  });

  it('is told no more when the parcel arrived meanwhile', async () => {
    const { asked, fail, tell, standing, pass, log, meta } = await setUp({ does: { instruct: () => Promise.reject(new Error('503')) } });
    await fail(9);
    await tell();
    await log.send(shipmentId, recordScan('delivered', 11), meta());
    await pass(hour);
    expect(await standing()).toMatchObject([{ outcome: { accepted: false, reason: { code: 'overtaken' } } }]);
    expect(asked).toHaveLength(1);
    await expect(tell()).rejects.toMatchObject({ code: 'PARCEL_DELIVERED' });
  });

  it('shows the carrier’s “no”, and who has to be told by a person', async () => {
    const no = { code: 'too-late', detail: 'On the van.', by: 'carrier' };
    const refusing = await setUp({ does: { instruct: async () => ({ status: 'refused', reason: no }) } });
    await refusing.fail(9);
    await refusing.tell();
    expect(await refusing.standing()).toMatchObject([{ outcome: { accepted: false, reason: no } }]);
    const mute = await setUp({ isTold: false });
    await mute.fail(9);
    await mute.tell();
    expect(await mute.standing()).toMatchObject([{ outcome: { accepted: false, reason: { code: 'by-hand' } } }]);
  });

  it.each([
    [{ instruction: 'reschedule' }, 'DAY_MISSING', 'day'],
    [{ instruction: 'reattempt', day: '2026-11-26' }, 'DAY_NEEDLESS', 'day'],
    [{ instruction: 'reschedule', day: '2026-11-23' }, 'DAY_NOT_AHEAD', 'day'],
    [{ instruction: 'reschedule', day: '2027-11-23' }, 'DAY_NOT_AHEAD', 'day'],
    [{ instruction: 'address' }, 'ADDRESS_MISSING', 'address'],
    [{ instruction: 'return', address: person.address }, 'ADDRESS_NEEDLESS', 'address'],
  ] as const)('with %j is refused by its field', async (wish, code, field) => {
    const { fail, tell, asked } = await setUp();
    await fail(9);
    await expect(tell(wish as Partial<InstructionWish>)).rejects.toMatchObject({ code, kind: 'invalid', errors: [{ field }] });
    expect(asked).toEqual([]);
  });

  it('of somebody who was erased goes to no other address', async () => {
    const { fail, tell } = await setUp({ opened: undefined });
    await fail(9);
    await expect(tell({ instruction: 'address', address: person.address })).rejects.toMatchObject({ code: 'PERSONAL_ERASED' });
  });
});

describe('when nobody says what is to be done', () => {
  it('the policy does, after its time; somebody who says it before is heard', async () => {
    const { asked, fail, pass, standing } = await setUp();
    await fail(9);
    await pass(47 * hour);
    expect(asked).toEqual([]);
    await pass(2 * hour);
    expect(await standing()).toMatchObject([{ instruction: 'reattempt', reason: { by: 'policy', code: 'no-answer' } }]);
    const heard = await setUp();
    await heard.fail(9);
    await heard.pass(21 * hour + 1);
    await heard.tell();
    await heard.pass(48 * hour);
    expect(await heard.standing()).toMatchObject([{ reason: { by: 'operator' } }]);
  });

  it('it is brought back after as many attempts as are enough', async () => {
    const { asked, fail, pass } = await setUp();
    for (const at of [9, 10, 11]) await fail(at);
    await pass(49 * hour);
    expect(asked.map(({ instruction }) => instruction)).toEqual(['return']);
  });

  it('nothing is said where that is the policy, nor of what arrived', async () => {
    const nothing = await setUp({ policy: { then: 'nothing' } });
    await nothing.fail(9);
    await nothing.pass(49 * hour);
    expect(nothing.asked).toEqual([]);
    const arrived = await setUp();
    await arrived.fail(9);
    await arrived.log.send(shipmentId, recordScan('delivered', 10), arrived.meta());
    await arrived.pass(49 * hour);
    expect(arrived.asked).toEqual([]);
  });
});
