import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { NumberField, TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { instantIn } from '../../forms/instants';
import { Mark, Time } from '../../marks/Mark';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { shortOf } from '../short';

type ListedWave = Schemas['ListedWave'];

/** As many as a cart usually has totes. */
const TOTES = 20;
const MOST = 500;

interface Filled {
  readonly shipments?: number | undefined;
  readonly unitsEach?: number | undefined;
  readonly shipBefore: string;
  readonly picker: string;
}

const waveOf = (location: string, { shipments, unitsEach, shipBefore, picker }: Filled): Schemas['WaveDto'] => {
  const before = instantIn(shipBefore);
  return {
    location,
    ...(shipments === undefined ? {} : { shipments }),
    ...(unitsEach === undefined ? {} : { unitsEach }),
    ...(before === undefined ? {} : { shipBefore: before }),
    ...(picker.trim() === '' ? {} : { picker: picker.trim() }),
  };
};

const WaveFields = ({ filled, fill }: { readonly filled: Filled; readonly fill: (filled: Filled) => void }): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="fields">
      <NumberField
        label={say('warehouse.totes')}
        value={filled.shipments}
        onChange={(shipments) => fill({ ...filled, shipments })}
        least={1}
        most={MOST}
      />
      <NumberField
        label={say('warehouse.units-each')}
        hint={say('warehouse.units-each.hint')}
        value={filled.unitsEach}
        onChange={(unitsEach) => fill({ ...filled, unitsEach })}
        least={1}
      />
      <TextField
        label={say('warehouse.ship-before')}
        kind="datetime-local"
        value={filled.shipBefore}
        onChange={(shipBefore) => fill({ ...filled, shipBefore })}
      />
      <TextField
        label={say('warehouse.picker')}
        hint={say('warehouse.picker.hint')}
        value={filled.picker}
        onChange={(picker) => fill({ ...filled, picker })}
        longest={64}
      />
    </div>
  );
};

const WaveForm = ({ location, onClose }: { readonly location: string; readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const navigate = useNavigate();
  const [filled, fill] = useState<Filled>({ shipments: TOTES, shipBefore: '', picker: '' });
  const send = async (key: string): Promise<void> => {
    const params = { header: { 'Idempotency-Key': key } };
    const { waveId } = await bodyOf(api.POST('/shipping/waves', { params, body: waveOf(location, filled) }));
    await navigate({ to: '/warehouse/waves/$waveId', params: { waveId } });
  };
  return (
    <FormDialog title={say('warehouse.make')} deed={say('warehouse.make')} send={send} onClose={onClose}>
      <WaveFields filled={filled} fill={fill} />
    </FormDialog>
  );
};

const WaveLink = ({ of: { waveId, status } }: { readonly of: ListedWave }): ReactNode => {
  const { say } = useSpeech();
  return (
    <span className="marks">
      <Link to="/warehouse/waves/$waveId" params={{ waveId }} data-row className="work-link">
        {say('warehouse.wave', { number: shortOf(waveId) })}
      </Link>
      <Mark tone={status === 'open' ? 'going' : 'calm'}>{say(`warehouse.wave.is.${status}`)}</Mark>
    </span>
  );
};

const columns: Columns<ListedWave> = {
  list: 'warehouse-waves',
  rowId: ({ waveId }) => waveId,
  of: [
    { id: 'wave', heading: 'warehouse.waves', show: (wave) => <WaveLink of={wave} /> },
    {
      id: 'shipments',
      heading: 'warehouse.shipments',
      show: ({ shipments }) => <span className="number">{shipments}</span>,
      isAmount: true,
    },
    { id: 'picker', heading: 'warehouse.picker', show: ({ picker }) => <bdi>{picker}</bdi> },
    { id: 'released', heading: 'warehouse.released', show: ({ releasedAt }) => <Time at={releasedAt} as="since" /> },
  ],
};

/** Work that is released together, the newest first. */
export const Waves = ({ location }: { readonly location: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isMaking, make] = useState(false);
  const pages = usePages<ListedWave>(['warehouse', 'waves', location], (page) =>
    bodyOf(api.GET('/shipping/waves', { params: { query: { location, ...page } } })),
  );
  return (
    <>
      <p className="steps">
        <button type="button" className="button main" onClick={() => make(true)}>
          {say('warehouse.make')}
        </button>
      </p>
      {isMaking && <WaveForm location={location} onClose={() => make(false)} />}
      <Listed
        pages={pages}
        columns={columns}
        label={say('warehouse.waves')}
        none={{ title: say('warehouse.waves.none'), hint: say('warehouse.waves.none.hint') }}
        counted={(count) => say('stock.shown', { count })}
      />
    </>
  );
};
