import { useQueryClient } from '@tanstack/react-query';
import { bodyOf } from '../../api/client';
import { useServices } from '../../api/services';
import { scannedThing } from '../../items/scanned';
import { unguessable } from '../../session/pkce';
import { useSpeech, type Speech } from '../../words/words';
import { carriedOut } from '../scanning/carried-out';
import type { Said } from '../scanning/ScanField';
import { useScans } from '../scanning/useScans';
import { goodsIn, scannedIn, type Fetch, type Wave, type WaveScan } from './picking';

export const waveKey = (waveId: string) => ['warehouse', 'wave', waveId] as const;

interface Read {
  readonly code: string;
  readonly units: number;
}

const refusalOf = ({ say }: Speech, { code, units }: Read, scan: Exclude<WaveScan, { readonly is: 'take' }>): Said => {
  if (scan.is === 'part') return { tone: 'bad', text: say('warehouse.scan.part', { code, kit: scan.kit }) };
  return {
    tone: 'bad',
    text: scan.is === 'over' ? say('warehouse.scan.over', { code, units }) : say(`warehouse.scan.${scan.is}`, { code }),
  };
};

const takenOf = ({ say }: Speech, { sku, tote }: Fetch, units: number): Said => ({
  tone: 'good',
  text:
    units === 1 ? say('warehouse.scan.taken', { sku, tote: tote.tote }) : say('warehouse.scan.taken.case', { sku, units, tote: tote.tote }),
});

/** What is scanned counts against the pick list as the scan before has left it: by SKU, or by barcode, a case for all of its units. */
export const usePicking = (waveId: string) => {
  const { api } = useServices();
  const client = useQueryClient();
  const speech = useSpeech();
  return useScans(async (code) => {
    const wave = client.getQueryData<Wave>(waveKey(waveId));
    if (!wave) return { tone: 'bad', text: speech.say('loading') };
    const thing = await scannedThing(api, goodsIn(wave), code);
    const scan = scannedIn(wave, thing);
    if (scan.is !== 'take') return refusalOf(speech, { code, units: thing.units }, scan);
    const { sku, tote } = scan.fetch;
    const params = { path: { waveId }, header: { 'Idempotency-Key': unguessable() } };
    const body = { tote: tote.tote, sku, quantity: thing.units };
    await carriedOut(() => bodyOf(api.POST('/shipping/waves/{waveId}/scans', { params, body })));
    await client.refetchQueries({ queryKey: waveKey(waveId) });
    return takenOf(speech, scan.fetch, thing.units);
  });
};
