import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { bodyOf, Refusal } from '../../api/client';
import { useServices } from '../../api/services';
import { unguessable } from '../../session/pkce';
import { useSpeech, type Speech } from '../../words/words';
import { carriedOut } from '../scanning/carried-out';
import type { Said } from '../scanning/ScanField';
import { scannedIn, type Fetch, type Wave, type WaveScan } from './picking';

export const waveKey = (waveId: string) => ['warehouse', 'wave', waveId] as const;

const refusalOf = ({ say }: Speech, code: string, scan: Exclude<WaveScan, { readonly is: 'take' }>): Said => ({
  tone: 'bad',
  text: scan.is === 'part' ? say('warehouse.scan.part', { code, kit: scan.kit }) : say(`warehouse.scan.${scan.is}`, { code }),
});

const takenOf = ({ say }: Speech, { sku, tote }: Fetch): Said => ({
  tone: 'good',
  text: say('warehouse.scan.taken', { sku, tote: tote.tote }),
});

/** Scans are counted one after the other, each against the pick list as the one before has left it. */
export const usePicking = (waveId: string) => {
  const { api } = useServices();
  const client = useQueryClient();
  const speech = useSpeech();
  const [said, tell] = useState<Said>();
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const count = async (code: string): Promise<Said> => {
    const wave = client.getQueryData<Wave>(waveKey(waveId));
    if (!wave) return { tone: 'bad', text: speech.say('loading') };
    const scan = scannedIn(wave, code);
    if (scan.is !== 'take') return refusalOf(speech, code, scan);
    const { sku, tote } = scan.fetch;
    const params = { path: { waveId }, header: { 'Idempotency-Key': unguessable() } };
    await carriedOut(() => bodyOf(api.POST('/shipping/waves/{waveId}/scans', { params, body: { tote: tote.tote, sku } })));
    await client.refetchQueries({ queryKey: waveKey(waveId) });
    return takenOf(speech, scan.fetch);
  };
  const scan = (code: string): void => {
    const next = before.current
      .then(() => count(code))
      .catch((fault: unknown): Said => ({
        tone: 'bad',
        text: speech.say('warehouse.scan.refused', { code, why: fault instanceof Refusal ? fault.message : '' }),
      }));
    before.current = next.then(tell);
  };
  return { said, scan };
};
