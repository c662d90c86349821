import type { ReactNode } from 'react';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import type { ListedShipment } from '../pack/PackQueue';
import { ScanField } from '../scanning/ScanField';
import { Link } from '@tanstack/react-router';
import { shortOf } from '../short';
import { Manifests } from './Manifests';
import { Pickups } from './Pickups';
import { useHandover } from './useHandover';

const columns: Columns<ListedShipment> = {
  list: 'warehouse-handover',
  rowId: ({ shipmentId }) => shipmentId,
  of: [
    {
      id: 'shipment',
      heading: 'warehouse.shipments',
      show: ({ shipmentId }) => (
        <Link to="/warehouse/pack/$shipmentId" params={{ shipmentId }} data-row className="code work-link" dir="ltr">
          {shortOf(shipmentId)}
        </Link>
      ),
    },
    {
      id: 'numbers',
      heading: 'warehouse.numbers',
      show: ({ trackingNumbers }) => <bdi className="code">{trackingNumbers?.join(', ')}</bdi>,
    },
    { id: 'carrier', heading: 'warehouse.carrier', show: ({ carrier }) => <bdi>{carrier}</bdi> },
  ],
};

/** What the carrier fetches: parcels by scan, the day's list, and when it comes. */
export const Handover = ({ location }: { readonly location: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const { said, scan } = useHandover(location);
  const pages = usePages<ListedShipment>(['warehouse', 'labelled', location], (page) =>
    bodyOf(api.GET('/shipping/shipments', { params: { query: { location, status: 'labelled', ...page } } })),
  );
  const carrier = pages.data?.pages[0]?.items.find((item) => item.carrier !== null)?.carrier ?? '';
  return (
    <div className="work">
      <ScanField label={say('warehouse.gate.scan')} hint={say('warehouse.gate.hint')} said={said} onScan={scan} />
      <Listed
        pages={pages}
        columns={columns}
        label={say('warehouse.view.handover')}
        none={{ title: say('warehouse.gate.none'), hint: say('warehouse.gate.none.hint') }}
        counted={(count) => say('stock.shown', { count })}
      />
      <Manifests location={location} carrier={carrier} />
      <Pickups location={location} carrier={carrier} />
    </div>
  );
};
