import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { TextField } from '../forms/fields';
import { useAnnounce } from '../frame/announcing';
import { unguessable } from '../session/pkce';
import { Fault } from '../states/states';
import { useSpeech } from '../words/words';
import { Grading } from './Grading';
import { ScanField, type Scanner } from './ScanField';
import { countUnits, receivedOf, toGrade, toReceive, uncount, type Return, type Scan, type Tally } from './scanning';
import { ScanMark, Tallies } from './Tallies';
import { useReading } from './useReading';

const KEPT = 'cartage.location';

/** Done once, however often its answer is lost; afterwards the screen shows it. */
const useSending = <Sent,>(send: (sent: Sent, key: string) => Promise<unknown>, onSent: (sent: Sent) => void) => {
  const client = useQueryClient();
  const key = useRef(unguessable());
  return useMutation({
    mutationFn: (sent: Sent) => send(sent, key.current),
    onSuccess: async (_, sent) => {
      key.current = unguessable();
      onSent(sent);
      await client.invalidateQueries();
    },
    // What is asked for after a refusal is another request.
    onError: () => {
      key.current = unguessable();
    },
  });
};

const useReceiving = (rma: Return) => {
  const { say } = useSpeech();
  const { api } = useServices();
  const announce = useAnnounce();
  const [place, setPlace] = useState(() => localStorage.getItem(KEPT) ?? rma.sendBack?.to ?? '');
  const [read, setRead] = useState<{ readonly tallies: readonly Tally[]; readonly scan?: Scan }>(() => ({ tallies: toReceive(rma) }));
  const sending = useSending<readonly Tally[]>(
    (tallies, key) =>
      bodyOf(
        api.POST('/returns/{returnId}/receive', {
          params: { path: { returnId: rma.returnId }, header: { 'Idempotency-Key': key } },
          body: { location: place.trim(), lines: receivedOf(tallies) },
        }),
      ),
    () => {
      localStorage.setItem(KEPT, place.trim());
      setRead({ tallies: [] });
      announce(say('done', { what: say('queues.scan.receive') }));
    },
  );
  return { place, setPlace, read, setRead, sending };
};

/** Units are counted as they are read, then received at once. */
const Receiving = ({ rma }: { readonly rma: Return }): ReactNode => {
  const { say } = useSpeech();
  const scanner = useRef<Scanner>(null);
  const { place, setPlace, read, setRead, sending } = useReceiving(rma);
  const reading = useReading(rma.returnId, read.tallies, (scanned) => setRead(({ tallies }) => countUnits(tallies, scanned)));
  const isReady = receivedOf(read.tallies).length > 0 && place.trim() !== '' && !sending.isPending && !reading.isPending;
  const less = (sku: string): void => {
    setRead(({ tallies }) => ({ tallies: uncount(tallies, sku) }));
    scanner.current?.focus();
  };
  return (
    <section className="queue-part queue-scan" aria-label={say('queues.scan.receive')}>
      <h3>{say('queues.scan.receive')}</h3>
      <ScanField
        ref={scanner}
        label={say('queues.scan.unit')}
        hint={say('queues.scan.unit.hint')}
        isOfItems
        onRead={(text) => reading.mutate(text)}
        onEmpty={() => isReady && sending.mutate(read.tallies)}
      />
      <ScanMark scan={read.scan} />
      <Tallies tallies={read.tallies} onLess={less} />
      <TextField label={say('queues.scan.location')} value={place} onChange={setPlace} longest={64} isRequired />
      {reading.error && <Fault fault={reading.error} />}
      {sending.error && <Fault fault={sending.error} />}
      <p className="choices">
        <button type="button" className="button main" disabled={!isReady} onClick={() => sending.mutate(read.tallies)}>
          {say('queues.scan.receive')}
        </button>
      </p>
    </section>
  );
};

/** What came is counted, then looked at, unit by unit, by the scanner and the keyboard alone. */
export const ScanReturn = ({ rma }: { readonly rma: Return }): ReactNode => (
  <>
    {toGrade(rma).length > 0 && <Grading rma={rma} />}
    {toReceive(rma).length > 0 && rma.status !== 'awaiting-review' && <Receiving rma={rma} />}
  </>
);
