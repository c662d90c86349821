import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { instantIn } from '../../forms/instants';
import { Part } from '../../frame/Part';
import { Mark, Time } from '../../marks/Mark';
import type { Tone } from '../../marks/tones';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import type { CarrierAt } from './Manifests';

type Pickup = Schemas['CarrierPickup'];

const tones: Readonly<Record<string, Tone>> = { missed: 'bad', refused: 'bad', requested: 'wary', cancelled: 'calm' };
const canBeCancelled: ReadonlySet<string> = new Set(['requested', 'booked']);

const CancelForm = ({ of: { pickupId }, onClose }: { readonly of: Pickup; readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={say('warehouse.pickup.cancel')}
      deed={say('warehouse.pickup.cancel')}
      isReady={reason.trim() !== ''}
      send={(key) =>
        bodyOf(
          api.POST('/shipping/pickups/{pickupId}/cancel', {
            params: { path: { pickupId }, header: { 'Idempotency-Key': key } },
            body: { reason: reason.trim() },
          }),
        )
      }
      onClose={onClose}
    >
      <TextField label={say('stock.cause')} value={reason} onChange={setReason} isRequired />
    </FormDialog>
  );
};

const Standing = ({ of }: { readonly of: Pickup }): ReactNode => {
  const { say, name } = useSpeech();
  const [isCancelling, cancel] = useState(false);
  return (
    <span className="marks">
      <Mark tone={tones[of.status] ?? 'going'}>{name('warehouse.pickup', of.status)}</Mark>
      {of.reason?.detail !== undefined && <bdi className="quiet">{of.reason.detail}</bdi>}
      {canBeCancelled.has(of.status) && (
        <button type="button" className="button" onClick={() => cancel(true)}>
          {say('warehouse.pickup.cancel')}
        </button>
      )}
      {isCancelling && <CancelForm of={of} onClose={() => cancel(false)} />}
    </span>
  );
};

const columns: Columns<Pickup> = {
  list: 'warehouse-pickups',
  rowId: ({ pickupId }) => pickupId,
  of: [
    { id: 'carrier', heading: 'warehouse.carrier', show: ({ carrier }) => <bdi>{carrier}</bdi> },
    { id: 'from', heading: 'warehouse.pickup.from', show: ({ from }) => <Time at={from} /> },
    { id: 'until', heading: 'warehouse.pickup.until', show: ({ until }) => <Time at={until} /> },
    { id: 'status', heading: 'column.status', show: (pickup) => <Standing of={pickup} /> },
  ],
};

interface Filled {
  readonly carrier: string;
  readonly from: string;
  readonly until: string;
  readonly instructions: string;
}

const bookingOf = (location: string, { carrier, from, until, instructions }: Filled): Schemas['BookPickupDto'] | undefined => {
  const [begins, ends] = [instantIn(from), instantIn(until)];
  if (carrier.trim() === '' || begins === undefined || ends === undefined) return undefined;
  const said = instructions.trim();
  return { carrier: carrier.trim(), location, from: begins, until: ends, ...(said === '' ? {} : { instructions: said }) };
};

const PickupForm = ({ location, carrier, onClose }: CarrierAt & { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [filled, fill] = useState<Filled>({ carrier, from: '', until: '', instructions: '' });
  const body = bookingOf(location, filled);
  const fields = [
    ['carrier', 'warehouse.carrier', 'text'],
    ['from', 'warehouse.pickup.from', 'datetime-local'],
    ['until', 'warehouse.pickup.until', 'datetime-local'],
  ] as const;
  return (
    <FormDialog
      title={say('warehouse.pickup.book')}
      deed={say('warehouse.pickup.book')}
      isReady={body !== undefined}
      send={async (key) => body && bodyOf(api.POST('/shipping/pickups', { params: { header: { 'Idempotency-Key': key } }, body }))}
      onClose={onClose}
    >
      <div className="fields">
        {fields.map(([id, label, kind]) => (
          <TextField
            key={id}
            label={say(label)}
            kind={kind}
            value={filled[id]}
            onChange={(text) => fill({ ...filled, [id]: text })}
            isRequired
          />
        ))}
      </div>
      <TextField
        label={say('warehouse.pickup.instructions')}
        value={filled.instructions}
        onChange={(instructions) => fill({ ...filled, instructions })}
        longest={300}
      />
    </FormDialog>
  );
};

/** When carriers come, the latest first. */
export const Pickups = ({ location, carrier }: CarrierAt): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isBooking, book] = useState(false);
  const pages = usePages<Pickup>(['warehouse', 'pickups', location], (page) =>
    bodyOf(api.GET('/shipping/pickups', { params: { query: { location, ...page } } })),
  );
  const button = (
    <button type="button" className="button" onClick={() => book(true)}>
      {say('warehouse.pickup.book')}
    </button>
  );
  return (
    <Part title={say('warehouse.pickups')} aside={button}>
      {isBooking && <PickupForm location={location} carrier={carrier} onClose={() => book(false)} />}
      <Listed
        pages={pages}
        columns={columns}
        label={say('warehouse.pickups')}
        none={{ title: say('warehouse.pickups.none') }}
        counted={(count) => say('stock.shown', { count })}
      />
    </Part>
  );
};
