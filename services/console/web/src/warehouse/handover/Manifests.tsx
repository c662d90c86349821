import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { Time } from '../../marks/Mark';
import { Part } from '../../frame/Part';
import type { Columns } from '../../tables/columns';
import { Listed, usePages } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { DownloadButton } from '../../downloads/DownloadButton';

type ListedManifest = Schemas['ListedManifest'];

const Print = ({ of: { manifestId, carrier, day } }: { readonly of: ListedManifest }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const asked = { params: { path: { manifestId } }, parseAs: 'blob' } as const;
  return (
    <DownloadButton
      fileName={`manifest-${carrier}-${day}.pdf`}
      fetchFile={() => bodyOf<Blob>(api.GET('/shipping/manifests/{manifestId}/manifest.pdf', asked))}
    >
      {say('warehouse.print.manifest')}
    </DownloadButton>
  );
};

const columns: Columns<ListedManifest> = {
  list: 'warehouse-manifests',
  rowId: ({ manifestId }) => manifestId,
  of: [
    { id: 'carrier', heading: 'warehouse.carrier', show: ({ carrier }) => <bdi>{carrier}</bdi> },
    { id: 'day', heading: 'warehouse.day', show: ({ day }) => <bdi>{day}</bdi> },
    { id: 'parcels', heading: 'warehouse.parcels', show: ({ parcels }) => <span className="number">{parcels}</span>, isAmount: true },
    { id: 'closed', heading: 'warehouse.closed', show: ({ closedAt }) => <Time at={closedAt} as="since" /> },
    { id: 'print', heading: 'stock.next', show: (manifest) => <Print of={manifest} /> },
  ],
};

export interface CarrierAt {
  readonly location: string;
  /** The one whose parcels stand here. */
  readonly carrier: string;
}

const ManifestForm = ({ location, carrier: usual, onClose }: CarrierAt & { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [carrier, setCarrier] = useState(usual);
  const body = { carrier: carrier.trim(), location };
  return (
    <FormDialog
      title={say('warehouse.manifest.close')}
      deed={say('warehouse.manifest.close')}
      isReady={body.carrier !== ''}
      send={(key) => bodyOf(api.POST('/shipping/manifests', { params: { header: { 'Idempotency-Key': key } }, body }))}
      onClose={onClose}
    >
      <p className="quiet">{say('warehouse.manifest.hint')}</p>
      <TextField label={say('warehouse.carrier')} value={carrier} onChange={setCarrier} longest={64} isRequired />
    </FormDialog>
  );
};

/** What a carrier was handed over on a day: the list that its driver signs. */
export const Manifests = ({ location, carrier }: CarrierAt): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isClosing, close] = useState(false);
  const pages = usePages<ListedManifest>(['warehouse', 'manifests', location], (page) =>
    bodyOf(api.GET('/shipping/manifests', { params: { query: { location, ...page } } })),
  );
  const button = (
    <button type="button" className="button" onClick={() => close(true)}>
      {say('warehouse.manifest.close')}
    </button>
  );
  return (
    <Part title={say('warehouse.manifests')} aside={button}>
      {isClosing && <ManifestForm location={location} carrier={carrier} onClose={() => close(false)} />}
      <Listed
        pages={pages}
        columns={columns}
        label={say('warehouse.manifests')}
        none={{ title: say('warehouse.manifests.none') }}
        counted={(count) => say('stock.shown', { count })}
      />
    </Part>
  );
};
