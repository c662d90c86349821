import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import type { ManifestEvent } from './events';

export type ClosedManifest = DataOf<ManifestEvent, 'ManifestClosed'>;
export type Manifest = { readonly status: 'none' } | ({ readonly status: 'closed' } & ClosedManifest);

export type ManifestCommand = Named<'CloseManifest', ClosedManifest>;

export const unknownManifest = (): Refused => new Refused('MANIFEST_UNKNOWN', 'There is no such manifest.', 'unknown');

/** Closed once: what is handed over after that stands on the next one. */
export const manifest: Decider<ManifestCommand, Manifest, ManifestEvent> = {
  initial: { status: 'none' },
  evolve: evolving<Manifest, ManifestEvent>({ ManifestClosed: (_, data) => ({ status: 'closed', ...data }) }),
  decide: deciding<ManifestCommand, Manifest, ManifestEvent>({
    CloseManifest: (data, { status }) => (status === 'closed' ? [] : [{ type: 'ManifestClosed', data }]),
  }),
};
